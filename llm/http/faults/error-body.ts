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
export const refuseErrorBody = (value: unknown): void => {
  if (!isObject(value)) return;
  if (isError(value.error)) throw bodyOf(value.error);
  if (value.object === 'error') throw bodyOf(value);
  const choice: unknown = Array.isArray(value.choices) ? value.choices[0] : undefined;
  if (isObject(choice) && isError(choice.error)) throw bodyOf(choice.error);
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

const bodyOf = (error: unknown): ErrorBody => {
  const kinds = kindsOf(error);
  const numbers = isObject(error) ? [error.code, error.status, error.http_status, error.status_code].map(Number) : [];
  const status = numbers.find(isStatus) ?? kinds.map((kind) => named[kind]).find((one) => one !== undefined) ?? 500;
  return new ErrorBody(status, kinds, `an error in a 200: ${shown(error)}`);
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isStatus = (number: number): boolean => Number.isInteger(number) && number >= 400 && number <= 599;

/** Some send the field always, and leave it empty. */
const isError = (error: unknown): boolean =>
  error !== undefined && error !== null && error !== '' && error !== false && error !== 0 && !isEmpty(error);

const isEmpty = (error: unknown): boolean => isObject(error) && Object.keys(error).length === 0;

const shown = (error: unknown): string => (JSON.stringify(error) ?? '').slice(0, 300);

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
