import type { APIError } from 'openai';
import { EndpointFault } from '../../endpoint-fault.ts';
import { LlmError } from '../../errors.ts';
import type { Mask } from '../../mask.ts';
import type { EndpointSettings } from '../../settings.ts';
import { ErrorBody, kindsIn } from './error-body.ts';
import { misconnected } from './misconnected.ts';
import { retryAfterMilliseconds, retryAfterSaid } from './retry-after.ts';
import { meaningOf } from './statuses.ts';

/** Reads any error that a call can end in as a fault to wait out or as an LlmError to pass on, without secrets. */
export const faultOf = (error: unknown, settings: EndpointSettings, mask: Mask): EndpointFault | LlmError => {
  const known = ownIn(error);
  const fault = known ?? (hasStatus(error) ? ofStatus(error, settings, mask) : ofConnection(error, settings));
  for (const one of fault instanceof LlmError ? [fault, fault.ifEverybody] : [fault])
    if (one !== null) one.message = mask(one.message);
  return fault;
};

const ofConnection = (error: unknown, settings: EndpointSettings): EndpointFault | LlmError => {
  const root = rootOf(error);
  return misconnected(root, settings) ?? new EndpointFault('connection', wordsOf(root), { cause: error });
};

/** The SDK wraps what its `fetch` throws. */
const ownIn = (error: unknown): EndpointFault | LlmError | null => {
  for (let one = error, depth = 0; depth < 10 && one instanceof Error; one = one.cause, depth++)
    if (one instanceof EndpointFault || one instanceof LlmError) return one;
  return null;
};

/** By its looks: the class itself would load the SDK. */
const hasStatus = (error: unknown): error is Answered =>
  error instanceof Error && typeof (error as Partial<APIError>).status === 'number';

type Answered = Error & Pick<APIError<number>, 'status'> & { readonly headers?: Headers; readonly error?: unknown };

const ofStatus = (error: Answered, settings: EndpointSettings, mask: Mask): EndpointFault | LlmError =>
  meaningOf({
    status: error.status,
    kinds: error instanceof ErrorBody ? error.kinds : kindsIn(error.error),
    said: `${settings.baseUrl} answered ${mask(error.message).slice(0, 500)} (model ${settings.model})`,
    retryAfter: retryAfterMilliseconds(error.headers, Date.now()) ?? retryAfterSaid(error.message),
  });

const rootOf = (error: unknown): unknown => {
  let root = error;
  for (let depth = 0; depth < 10 && root instanceof Error && root.cause !== undefined; depth++) root = root.cause;
  return root;
};

/** The innermost message: `fetch failed` alone helps nobody. */
const wordsOf = (root: unknown): string => {
  if (!(root instanceof Error)) return String(root);
  const { code } = root as { code?: unknown };
  return root.message === '' && typeof code === 'string' ? code : root.message;
};
