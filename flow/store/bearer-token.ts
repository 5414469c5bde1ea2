import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { TransportError } from '../../runtime/errors.ts';
import { type BearerToken, sharedToken, TokenUnavailable } from '../../runtime/transports/kafka/cluster/token.ts';
import { objectIn } from '../answered-object.ts';

/** How a token is had: from a program that prints one, or from a server by client credentials (RFC 6749, section 4.4). */
export interface TokenSource {
  readonly command?: readonly string[] | undefined;
  readonly tokenUrl?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly scope?: string | undefined;
}

export const bearerToken = (source: TokenSource): (() => Promise<string>) =>
  sharedToken(() => (source.command ? fromCommand(source.command) : fromServer(source)));

const fromCommand = async ([program = '', ...args]: readonly string[]): Promise<BearerToken> => {
  try {
    const { stdout } = await run(program, args, { timeout: PATIENCE, maxBuffer: 1 << 20 });
    const value = stdout.trim();
    if (value === '') throw new Error('it printed nothing');
    return { value, seconds: null };
  } catch (error) {
    // What the program printed may be the token: it is not told.
    const { code } = error as NodeJS.ErrnoException;
    throw new TokenUnavailable(`transport.sasl.command: ${program} gave no token (${code ?? 'it printed nothing'})`);
  }
};

const fromServer = async ({ tokenUrl = '', clientId, clientSecret, scope }: TokenSource): Promise<BearerToken> => {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...(scope !== undefined && { scope }) });
  const login = [clientId, clientSecret].map((one) => encodeURIComponent(one ?? '')).join(':');
  const headers = { authorization: `Basic ${Buffer.from(login).toString('base64')}` };
  const signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(tokenUrl, { method: 'POST', headers, body, signal, redirect: 'error' }).catch((error) => {
    throw new TokenUnavailable(`transport.sasl.tokenUrl: ${tokenUrl} does not answer`, { cause: error });
  });
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 429)
    throw new TransportError(
      'broker-refused',
      `transport.sasl.tokenUrl: ${tokenUrl} refuses the client with ${answer.status}: see clientId and clientSecret`,
    );
  const { access_token: value, expires_in: seconds } = await objectIn(answer);
  if (!answer.ok || typeof value !== 'string')
    throw new TokenUnavailable(`transport.sasl.tokenUrl: ${tokenUrl} gave no token (${answer.status})`);
  return { value, seconds: typeof seconds === 'number' ? seconds : null };
};

const run = promisify(execFile);
const PATIENCE = 10_000;
