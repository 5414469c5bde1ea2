import { minimax, qianfan, statusNamed, statusSaid } from './named-statuses.ts';

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
  const value = alone(given);
  if (!isObject(value)) return;
  if (isError(value.error)) throw bodyOf(value.error, value);
  if (value.object === 'error' || value.type === 'error') throw bodyOf(value);
  if (Array.isArray(value.errors) && value.errors.some(isError)) throw bodyOf(value.errors.find(isError), value);
  if (isBareError(value)) throw bodyOf(value);
  const choice: unknown = Array.isArray(value.choices) ? value.choices[0] : undefined;
  if (isObject(choice) && isError(choice.error)) throw bodyOf(choice.error, value);
  const tencent = isObject(value.Response) ? value.Response.Error : undefined;
  if (isError(tencent)) throw bodyOf(tencent);
  const { base_resp, error_code } = value;
  if (typeof error_code === 'number' && error_code !== 0 && 'error_msg' in value)
    throw new ErrorBody(qianfan[error_code] ?? 500, [], `an error in a 200: ${shown(value)}`);
  if (isObject(base_resp) && base_resp.status_code !== 0 && base_resp.status_code !== undefined) {
    const status = minimax[Number(base_resp.status_code)] ?? 500;
    throw new ErrorBody(status, [], `an error in a 200: ${shown(base_resp)}`);
  }
};

/** Gemini puts an error into a list of one. */
const alone = (given: unknown): unknown => (Array.isArray(given) && given.length === 1 ? given[0] : given);

/** The kinds of an error in the body of any status. */
export const kindsIn = (given: unknown): string[] => {
  const value = alone(given);
  return [...kindsOf(isObject(value) ? value.error : null), ...kindsOf(value)];
};

/** What kinds an error body names itself: its `code` and `type`, in lower case. */
const kindsOf = (error: unknown): string[] => {
  if (!isObject(error)) return [];
  // Tencent writes `Code`; AWS has `__type`, with the name behind a namespace.
  return [error.code, error.type, error.status, error.Code, error.__type]
    .filter((kind) => typeof kind === 'string')
    .map((kind) => kind.replace(/^.*#/s, '').toLowerCase());
};

/** @param around what the error lies in, which may say more of it */
const bodyOf = (error: unknown, around: unknown = null): ErrorBody => {
  const kinds = [...kindsOf(error), ...kindsOf(around)];
  const status =
    numberIn(error) ??
    numberIn(around) ??
    kinds.map((kind) => statusNamed(kind)).find((one) => one !== null) ??
    statusSaid(textOf(error)) ??
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

const textOf = (error: unknown): string => {
  const text = isObject(error) ? error.message : error;
  return typeof text === 'string' ? text : '';
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
