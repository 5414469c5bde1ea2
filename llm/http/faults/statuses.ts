import { EndpointFault } from '../../endpoint-fault.ts';
import { LlmError, type LlmErrorCode } from '../../errors.ts';
import { statusNamed } from './named-statuses.ts';

/** What an endpoint said when it did not answer, wherever it said it: in the status line or in the body of a 200. */
export interface Refused {
  readonly status: number;
  /** The error's own words for its kind (`code`, `type`), as far as it gives any. */
  readonly kinds: readonly string[];
  /** One line: endpoint, what it said, model. */
  readonly said: string;
  /** Milliseconds; null where it says nothing. */
  readonly retryAfter: number | null;
}

/** What follows from a status: an error of the record or of the settings, or a fault to wait out. */
export const meaningOf = ({ status, kinds, said, retryAfter }: Refused): EndpointFault | LlmError => {
  if ((status === 429 || status === 403 || status === 400) && kinds.some((kind) => outOfMoney.has(kind)))
    return stopOf(402, said, status)!;
  if (((status === 429 || status === 412) && noBalance.test(said)) || (status === 400 && noCredit.test(said)))
    return stopOf(402, said, status)!;
  // AWS and some proxies say in the body alone that it is too much at once.
  if (status === 400 && kinds.some((kind) => kind === '429' || statusNamed(kind) === 429))
    return new EndpointFault('shed', said, { retryAfter, status });
  const stop = stopOf(status, said);
  if (status === 403 || status === 404 || status === 412 || status === 451) {
    // Moderation of one prompt, or of all of them: a missing right, a missing model.
    const ifEverybody = noBalance.test(said) ? stopOf(402, said, status)! : (stop ?? stopOf(403, said, status)!);
    return new LlmError('request-refused', said, { status, ifEverybody });
  }
  if (stop !== null) return stop;
  const refusal = refusals[status];
  if (refusal !== undefined) return new LlmError(refusal, said, { status });
  return new EndpointFault(sheds.has(status) ? 'shed' : 'server-error', said, { retryAfter, status });
};

/** Too many requests, in the words of several: 498 is Groq's, 529 Anthropic's. */
const sheds: ReadonlySet<number> = new Set([420, 429, 498, 503, 529]);

const stops: Readonly<Record<number, readonly [LlmErrorCode, string]>> = {
  401: ['unauthorized', 'the API key is missing or wrong: set apiKey by reference to the environment'],
  402: [
    'payment-required',
    'the account has no balance or quota left: see to its billing, then give the same command again',
  ],
  403: ['forbidden', 'the key may not use this model: ask for access or name another model'],
  404: ['not-found', 'no such model or path there: check model and baseUrl (with or without /v1)'],
  407: ['unauthorized', 'the proxy wants a login: see HTTP_PROXY and HTTPS_PROXY'],
  405: ['not-found', 'the path does not take requests: check baseUrl (with or without /v1)'],
  410: ['not-found', 'the model or path is there no more: name another model'],
  426: ['endpoint-invalid', 'the server wants another protocol: check baseUrl (http or https)'],
  415: ['endpoint-invalid', 'it takes no JSON there: check baseUrl (with or without /v1)'],
  501: ['endpoint-invalid', 'the server cannot do this: check baseUrl and model'],
};

/** @param answered the status that came, where another tells better what it means */
const stopOf = (status: number, said: string, answered = status): LlmError | null => {
  const stop = stops[status];
  return stop === undefined ? null : new LlmError(stop[0], `${said}: ${stop[1]}`, { status: answered });
};

const refusals: Readonly<Record<number, LlmErrorCode>> = {
  400: 'request-refused',
  413: 'request-too-large',
  414: 'request-too-large',
  422: 'request-refused',
};

/** Under a 429 too: waiting brings no money. */
const outOfMoney: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'exceeded_current_quota_error',
  'insufficient_user_quota',
  'insufficient_balance',
  'insufficient_credits',
  'billing_hard_limit_reached',
  'billing_not_active',
  'billing_error',
  'payment_required',
  'arrearage',
  'accountoverdueerror',
]);

/** Zhipu has a number of its own for it, others none. */
const noBalance =
  /insufficient (?:account )?balance|balance is insufficient|please recharge|spending limit|payment method|欠费|余额不足|请充值|额度(?:不足|已用)/i;
/** Anthropic's words. A 400 may repeat a prompt, so no others count in it. */
const noCredit = /credit balance is too low to access/i;
