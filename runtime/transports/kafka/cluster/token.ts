/** Gives a bearer token for logging in (SASL/OAUTHBEARER, KIP-255), and how long it holds. */
export interface BearerToken {
  readonly value: string;
  /** Seconds; null where it does not say. */
  readonly seconds: number | null;
}

/** A token could not be had, for now: it is tried again as a broker is that is away. */
export class TokenUnavailable extends Error {
  override readonly name = 'Unreachable';
}

/**
 * Asks for a token once for all connections, and for another when four fifths of its time are over.
 * @param now milliseconds of a clock that never steps back
 */
export const sharedToken = (ask: () => Promise<BearerToken>, now = () => performance.now()) => {
  let asked: Promise<BearerToken> | null = null;
  let until = 0;
  return async (): Promise<string> => {
    if (asked === null || now() >= until) {
      until = Number.POSITIVE_INFINITY;
      const asking = ask();
      asked = asking;
      asking.then(
        ({ value, seconds }) => {
          until = now() + LASTING * 1000 * (seconds ?? lifeOf(value));
        },
        () => {
          asked = null;
        },
      );
    }
    return (await asked).value;
  };
};

/** Seconds from when a JSON web token was made to when it ends (RFC 7519); of any other token, none: it is asked for anew. */
const lifeOf = (token: string): number => {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return Math.max(0, claims.exp - claims.iat) || 0;
  } catch {
    return 0;
  }
};

const LASTING = 0.8;
