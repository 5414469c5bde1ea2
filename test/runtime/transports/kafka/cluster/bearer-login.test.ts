import { expect, it } from 'vitest';
import { bearerLogin } from '../../../../../runtime/transports/kafka/cluster/bearer-login.ts';

const token = 'invalid.token-of-somebody';

/** Logs in at a broker that answers so; what it was sent, and how that ended. */
const login = async (refusal: string) => {
  let sent = '';
  const ended = await bearerLogin(async () => token)({
    saslAuthenticate: async ({ request, response }) => {
      const bytes = await request.encode();
      sent = bytes.subarray(4).toString();
      await response.parse(await response.decode(Buffer.concat([Buffer.alloc(4), Buffer.from(refusal)])));
    },
  })
    .authenticate()
    .then(
      () => 'taken',
      (error) => `${error.code}: ${error.message}`,
    );
  return { sent, ended };
};

it('sends the token as RFC 7628 has it, and is in where the broker has nothing to say', async () => {
  expect(await login('')).toEqual({ sent: `n,,\u0001auth=Bearer ${token}\u0001\u0001`, ended: 'taken' });
});

it.each([
  ['{"status":"invalid_token"}', 'broker-refused: the broker does not take the token: invalid_token'],
  [
    '{"status":"insufficient_scope","scope":"kafka"}',
    'broker-refused: the broker does not take the token: insufficient_scope',
  ],
  [`{"status":"no, ${token} is nobody's"}`, 'broker-refused: the broker does not take the token'],
  [Buffer.from(token).toString('base64'), 'broker-refused: the broker does not take the token'],
])('tells of %s the reason alone, in which no token can be', async (refusal, said) => {
  expect((await login(refusal)).ended).toBe(said);
});
