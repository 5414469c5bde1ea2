/** The status of HTTP that the name of an error's kind stands for; null where it is not known. Names are in lower case. */
export const statusNamed = (kind: string): number | null => {
  const name = kind.replace(/[\s.-]/g, '_');
  if (Object.hasOwn(named, name)) return named[name]!;
  if (/throttl|rate_?limit|limit_?exceeded/.test(name)) return 429;
  return /^auth_?failure/.test(name) ? 401 : null;
};

/** The status that a text hands on: `Error code: 429 - …`, as proxies do; null where it has none. */
export const statusSaid = (text: string): number | null => {
  const said = /\b(?:code|status|http(?:\/[\d.]{1,3})?)[\s:=]{0,3}([45]\d\d)\b|^([45]\d\d)\b/i.exec(
    text.slice(0, 1000),
  );
  if (said) return Number(said[1] ?? said[2]);
  // LM Studio's word for a path that it does not know.
  return /^unexpected endpoint/i.test(text) ? 404 : null;
};

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

/** MiniMax's own numbers, which it sends with 200 as `base_resp.status_code`. */
export const minimax: Readonly<Record<number, number>> = {
  1002: 429,
  1004: 401,
  1008: 402,
  1026: 400,
  1027: 400,
  1039: 429,
  2013: 400,
};

/** Qianfan's own numbers, which it sends with 200 as `error_code`. */
export const qianfan: Readonly<Record<number, number>> = {
  4: 429,
  6: 403,
  17: 402,
  18: 429,
  19: 402,
  110: 401,
  111: 401,
  336003: 400,
  336006: 400,
  336007: 400,
  336100: 503,
  336103: 400,
  336501: 429,
  336502: 429,
};
