import type { APIError } from 'openai';
import { EndpointFault } from '../../endpoint-fault.ts';
import { LlmError } from '../../errors.ts';
import type { EndpointSettings } from '../../settings.ts';
import { ErrorBody, kindsOf } from './error-body.ts';
import { retryAfterMilliseconds } from './retry-after.ts';
import { meaningOf } from './statuses.ts';

/** Reads any error that a call can end in as a fault to wait out or as an LlmError to pass on. */
export const faultOf = (error: unknown, settings: EndpointSettings): EndpointFault | LlmError => {
  if (error instanceof EndpointFault || error instanceof LlmError) return error;
  if (hasStatus(error)) return ofStatus(error, settings);
  if (error instanceof SyntaxError)
    return new EndpointFault('malformed', `not JSON: ${withoutSecrets(error.message, settings)}`);
  return new EndpointFault('connection', rootOf(error), { cause: error });
};

/** By its looks: the class itself would load the SDK. */
const hasStatus = (error: unknown): error is Answered =>
  error instanceof Error && typeof (error as Partial<APIError>).status === 'number';

type Answered = Error & Pick<APIError<number>, 'status'> & { readonly headers?: Headers; readonly error?: unknown };

const ofStatus = (error: Answered, settings: EndpointSettings): EndpointFault | LlmError =>
  meaningOf({
    status: error.status,
    kinds: error instanceof ErrorBody ? error.kinds : kindsOf(error.error),
    said: `${settings.baseUrl} answered ${withoutSecrets(error.message, settings)} (model ${settings.model})`,
    retryAfter: retryAfterMilliseconds(error.headers, Date.now()),
  });

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
