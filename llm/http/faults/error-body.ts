/** An error that came with a status of success; it is judged by the status inside. */
export class ErrorBody extends Error {
  override readonly name = 'ErrorBody';
  readonly status: number;
  readonly kinds: readonly string[];

  constructor(status: number, kinds: readonly string[], message: string) {
    super(message);
    this.status = status;
    this.kinds = kinds;
  }
}

/** Some servers answer 200 and put the error into the body. Throws an ErrorBody where one is there. */
export const refuseErrorBody = (given: unknown): void => {
  // Gemini puts the error into a list of one.
  const value: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
  if (!isObject(value)) return;
  if (isError(value.error)) throw bodyOf(value.error, value);
  if (value.object === 'error' || value.type === 'error') throw bodyOf(value);
  if (Array.isArray(value.errors) && value.errors.some(isError)) throw bodyOf(value.errors.find(isError), value);
  if (isBareError(value)) throw bodyOf(value);
  const choice: unknown = Array.isArray(value.choices) ? value.choices[0] : undefined;
  if (isObject(choice) && isError(choice.error)) throw bodyOf(choice.error, value);
  const { base_resp } = value;
  if (isObject(base_resp) && base_resp.status_code !== 0 && base_resp.status_code !== undefined) {
    const status = minimax[Number(base_resp.status_code)] ?? 500;
    throw new ErrorBody(status, [], `an error in a 200: ${shown(base_resp)}`);
  }
};

/** What kinds an error body names itself: its `code` and `type`, in lower case. */
export const kindsOf = (error: unknown): string[] =>
  isObject(error)
    ? [error.code, error.type, error.status]
        .filter((kind) => typeof kind === 'string')
        .map((kind) => kind.toLowerCase())
    : [];

/** @param around what the error lies in, which may say more of it */
const bodyOf = (error: unknown, around: unknown = null): ErrorBody => {
  const kinds = [...kindsOf(error), ...kindsOf(around)];
  const status =
    numberIn(error) ??
    numberIn(around) ??
    kinds.map((kind) => statusNamed(kind)).find((one) => one !== null) ??
    statusSaid(error) ??
    500;
  return new ErrorBody(status, kinds, `an error in a 200: ${shown(error)}`);
};

/** An error without a wrapping: a status, or the name of one, where an answer would be. */
const isBareError = (value: Record<string, unknown>): boolean =>
  !answers.some((name) => name in value) &&
  (numberIn(value) !== null || kindsOf(value).some((kind) => statusNamed(kind) !== null));

/** What an answer of any kind has. */
const answers = ['choices', 'data', 'usage', 'id'] as const;

const numbered = ['code', 'status', 'http_status', 'status_code', 'statusCode', 'http_code', 'error_code'] as const;

const numberIn = (error: unknown): number | null =>
  isObject(error) ? (numbered.map((name) => Number(error[name])).find(isStatus) ?? null) : null;

const statusNamed = (kind: string): number | null => {
  const name = kind.replace(/[\s.-]/g, '_');
  if (Object.hasOwn(named, name)) return named[name]!;
  return /throttl|rate_?limit/.test(name) ? 429 : null;
};

/** `Error code: 429 - …`, as proxies hand on what another server said. */
const statusSaid = (error: unknown): number | null => {
  const text = typeof error === 'string' ? error : isObject(error) ? error.message : null;
  if (typeof text !== 'string') return null;
  const said = /\b(?:code|status|http(?:\/[\d.]{1,3})?)[\s:=]{0,3}([45]\d\d)\b|^([45]\d\d)\b/i.exec(
    text.slice(0, 1000),
  );
  return said ? Number(said[1] ?? said[2]) : null;
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isStatus = (number: number): boolean => Number.isInteger(number) && number >= 400 && number <= 599;

/** Some send the field always, and leave it empty or say that there is none. */
const isError = (error: unknown): boolean => {
  if (!isObject(error)) return error !== undefined && !saysNothing(error);
  return (
    !Object.values(error).every(saysNothing) && !kindsOf(error).some((kind) => kind === 'ok' || kind === 'success')
  );
};

const saysNothing = (value: unknown): boolean =>
  value === null ||
  value === false ||
  value === 0 ||
  (typeof value === 'string' && /^(?:null|none|0|ok|success|)$/i.test(value.trim()));

const shown = (error: unknown): string => {
  try {
    return (JSON.stringify(error) ?? '').slice(0, 300);
  } catch {
    return 'nested too deep to be shown';
  }
};

/** Statuses of errors that name their kind alone. */
const named: Readonly<Record<string, number>> = {
  invalid_api_key: 401,
  authentication_error: 401,
  insufficient_quota: 402,
  insufficient_user_quota: 402,
  insufficient_balance: 402,
  insufficient_credits: 402,
  permission_error: 403,
  model_not_found: 404,
  not_found_error: 404,
  invalid_request_error: 400,
  badrequesterror: 400,
  context_length_exceeded: 400,
  content_filter: 400,
  content_policy_violation: 400,
  data_inspection_failed: 400,
  rate_limit_exceeded: 429,
  rate_limit_error: 429,
  rate_limit_reached: 429,
  too_many_requests: 429,
  resource_exhausted: 429,
  overloaded_error: 503,
  engine_overloaded: 503,
  unavailable: 503,
  // Google's, and those of the large clouds.
  unauthenticated: 401,
  unauthorized: 401,
  invalidapikey: 401,
  incorrect_api_key: 401,
  payment_required: 402,
  billing_error: 402,
  arrearage: 402,
  accountoverdueerror: 402,
  permission_denied: 403,
  forbidden: 403,
  accessdenied: 403,
  access_denied: 403,
  not_found: 404,
  invalid_argument: 400,
  failed_precondition: 400,
  internal: 500,
  deadline_exceeded: 504,
};

/** MiniMax's own numbers, which it sends with 200. */
const minimax: Readonly<Record<number, number>> = {
  1002: 429,
  1004: 401,
  1008: 402,
  1026: 400,
  1027: 400,
  1039: 429,
  2013: 400,
};
