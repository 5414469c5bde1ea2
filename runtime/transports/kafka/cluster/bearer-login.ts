import { TransportError } from '../../../errors.ts';

/** What kafkajs calls to log in by a mechanism. */
interface Login {
  saslAuthenticate(exchange: {
    readonly request: { readonly encode: () => Promise<Buffer> };
    readonly response: {
      readonly decode: (bytes: Buffer | null) => Promise<string>;
      readonly parse: (refusal: string) => Promise<void>;
    };
  }): Promise<void>;
}

/**
 * SASL/OAUTHBEARER (RFC 7628). The one of kafkajs does not look at what the broker answers, which is where it says that
 * it does not take the token: whatever is sent next would only be cut off.
 */
export const bearerLogin =
  (token: () => Promise<string>) =>
  ({ saslAuthenticate }: Login) => ({
    authenticate: async (): Promise<void> => {
      const value = await token();
      await saslAuthenticate({
        request: { encode: async () => sized(`n,,\u0001auth=Bearer ${value}\u0001\u0001`) },
        response: {
          // The length comes first, here too.
          decode: async (bytes) => bytes?.subarray(4).toString() ?? '',
          parse: async (refusal) => {
            if (refusal === '') return;
            throw new TransportError('broker-refused', `the broker does not take the token${reasonIn(refusal)}`);
          },
        },
      });
    },
  });

/** The reasons that there are (RFC 6750, section 3.1): of what else it says, the token may be a part. */
const reasonIn = (refusal: string): string => {
  const reason = ['invalid_request', 'invalid_token', 'insufficient_scope'].find((one) => refusal.includes(one));
  return reason === undefined ? '' : `: ${reason}`;
};

/** As kafkajs wants it: its length comes first. */
const sized = (text: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(Buffer.byteLength(text));
  return Buffer.concat([length, Buffer.from(text)]);
};
