import type { APIError } from 'openai';
import { LlmError, type LlmErrorCode } from './errors.ts';
import { retryAfterMilliseconds } from './retry-after.ts';
import type { EndpointSettings } from './settings.ts';

/** What an endpoint can do wrong without it being the record's fault: waited out behind the port, never seen outside. */
export type FaultKind = 'shed' | 'server-error' | 'connection' | 'hung' | 'malformed';

/** A fault of the endpoint: the same call is made again. */
export class EndpointFault extends Error {
  override readonly name = 'EndpointFault';
  readonly kind: FaultKind;
  /** How long the endpoint asked to be left alone, in milliseconds; null where it said nothing. */
  readonly retryAfter: number | null;

  constructor(kind: FaultKind, message: string, retryAfter: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** Whether the endpoint may have made tokens for the call: only refusals at the door are surely free. */
  get perhapsPaid(): boolean {
    return this.kind !== 'shed' && this.kind !== 'server-error';
  }
}

/** Reads any error that a call can end in as a fault to wait out or as an LlmError to pass on. */
export const faultOf = (error: unknown, settings: EndpointSettings): EndpointFault | LlmError => {
  if (error instanceof EndpointFault || error instanceof LlmError) return error;
  if (hasStatus(error)) return ofStatus(error, settings);
  if (error instanceof SyntaxError)
    return new EndpointFault('malformed', `not JSON: ${withoutSecrets(error.message, settings)}`);
  return new EndpointFault('connection', rootOf(error), null, { cause: error });
};

/** By its looks: the class itself would load the SDK. */
const hasStatus = (error: unknown): error is APIError<number, Headers> =>
  error instanceof Error && typeof (error as Partial<APIError>).status === 'number';

const stops: Readonly<Record<number, readonly [LlmErrorCode, string]>> = {
  401: ['unauthorized', 'the API key is missing or wrong: set apiKey by reference to the environment'],
  402: ['payment-required', 'the account has no balance left: top it up, then give the same command again'],
  403: ['forbidden', 'the key may not use this model: ask for access or name another model'],
  404: ['not-found', 'no such model or path there: check model and baseUrl (with or without /v1)'],
  405: ['not-found', 'the path does not take requests: check baseUrl (with or without /v1)'],
};

const refusals: Readonly<Record<number, LlmErrorCode>> = {
  400: 'request-refused',
  413: 'request-too-large',
  422: 'request-refused',
};

const ofStatus = (error: APIError<number, Headers>, settings: EndpointSettings): EndpointFault | LlmError => {
  const { status } = error;
  const said = `${settings.baseUrl} answered ${withoutSecrets(error.message, settings)} (model ${settings.model})`;
  const stop = stops[status];
  if (stop !== undefined) return new LlmError(stop[0], `${said}: ${stop[1]}`);
  const refusal = refusals[status];
  if (refusal !== undefined) return new LlmError(refusal, said);
  const retryAfter = retryAfterMilliseconds(error.headers, Date.now());
  return new EndpointFault(status === 429 || status === 503 ? 'shed' : 'server-error', said, retryAfter);
};

/** Servers like to quote what they refuse: the key, and what stands in the request. */
const withoutSecrets = (text: string, { apiKey, secrets = [] }: EndpointSettings): string => {
  let plain = text;
  for (const secret of apiKey ? [apiKey, ...secrets] : secrets)
    plain = plain.replaceAll(secret, '***').replaceAll(JSON.stringify(secret).slice(1, -1), '***');
  return plain.slice(0, 500);
};

/** The innermost message: `fetch failed` alone helps nobody. */
const rootOf = (error: unknown): string => {
  let root = error;
  for (let depth = 0; depth < 10 && root instanceof Error && root.cause !== undefined; depth++) root = root.cause;
  if (!(root instanceof Error)) return String(root);
  const { code } = root as { code?: unknown };
  return root.message === '' && typeof code === 'string' ? code : root.message;
};
