/** Longest wait that an endpoint is granted: a hostile or mistaken header must not stop a run for days. */
const longest = 600_000;

/**
 * How long an endpoint asks to be left alone, in milliseconds from `now` (epoch milliseconds): `retry-after-ms`, or
 * `Retry-After` as seconds or as an HTTP date (RFC 9110, 10.2.3). Null where it does not say or cannot be read.
 */
export const retryAfterMilliseconds = (headers: Headers | undefined, now: number): number | null => {
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (Number.isFinite(exact)) return bounded(exact);
  const text = headers?.get('retry-after')?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return bounded(Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : bounded(date - now);
};

const bounded = (milliseconds: number): number => Math.min(longest, Math.max(0, milliseconds));
