/** Longest wait that an endpoint is granted: a hostile or mistaken header must not stop a run for days. */
const longest = 600_000;

/**
 * How long an endpoint asks to be left alone, in milliseconds from `now` (epoch milliseconds): `retry-after-ms`;
 * `Retry-After` as seconds, as an HTTP date (RFC 9110, 10.2.3) or as a duration (`1m30s`); else, where a rate is used
 * up, when it is full again (`x-ratelimit-reset…`). Null where it does not say or cannot be read.
 */
export const retryAfterMilliseconds = (headers: Pick<Headers, 'get'> | undefined, now: number): number | null => {
  if (headers === undefined) return null;
  const exact = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (Number.isFinite(exact)) return bounded(exact);
  const asked = waitIn(headers.get('retry-after') ?? headers.get('x-retry-after'), now) ?? usedUp(headers, now);
  return asked === null ? null : bounded(asked);
};

/** The same of an error's own words (`Please try again in 7m12s`, Google's `retryDelay`). */
export const retryAfterSaid = (text: string): number | null => {
  const said =
    /\b(?:try|retry)(?: your request)?(?: again)? (?:in|after) (\d[\d.]{0,12}\s?[a-z]{1,12}(?:[\s\d.]{1,12}[smhd]\w{0,10}){0,3})/i.exec(
      text,
    ) ?? /"retryDelay":\s?"([\d.]{1,12}s)"/.exec(text);
  const wait = said ? durationIn(said[1]!) : null;
  return wait === null ? null : bounded(wait);
};

/** The longest of the waits for what is used up, by request and by token. */
const usedUp = (headers: Pick<Headers, 'get'>, now: number): number | null => {
  const waits = rates
    .filter(([remaining]) => Number(headers.get(remaining) ?? Number.NaN) <= 0)
    .map(([, reset]) => waitIn(headers.get(reset), now))
    .filter((wait) => wait !== null);
  return waits.length === 0 ? null : Math.max(...waits);
};

const whats = ['requests', 'tokens', 'input-tokens', 'output-tokens'];

/** As OpenAI and others name them, the IETF's draft, and Anthropic. */
const rates = [
  ...['', ...whats.map((what) => `-${what}`)].map((what) => [
    `x-ratelimit-remaining${what}`,
    `x-ratelimit-reset${what}`,
  ]),
  ['ratelimit-remaining', 'ratelimit-reset'],
  ['x-rate-limit-remaining', 'x-rate-limit-reset'],
  ...whats.map((what) => [`anthropic-ratelimit-${what}-remaining`, `anthropic-ratelimit-${what}-reset`]),
] as [remaining: string, reset: string][];

/** Seconds, a duration, a moment in epoch seconds or milliseconds, or a date. */
const waitIn = (value: string | null, now: number): number | null => {
  const text = (value ?? '').slice(0, 100).replace(/;.*/s, '').replaceAll('"', '').trim();
  if (text === '') return null;
  const number = Number(/^\d+(?:\.\d+)?(?=,|$)/.exec(text)?.[0] ?? Number.NaN);
  if (Number.isFinite(number)) return number > 1e11 ? number - now : number > 1e9 ? number * 1000 - now : number * 1000;
  const duration = durationIn(text);
  if (duration !== null) return duration;
  // A date without a zone is Greenwich's, as an `asctime` one is by RFC 9110; a lone number is none.
  const zoned = /[A-Z]$|[+-]\d\d:?\d\d$/i.test(text) ? text : `${text}Z`;
  const date = /[a-z]|\d-\d/i.test(text) ? Date.parse(zoned) : Number.NaN;
  return Number.isNaN(date) ? null : date - now;
};

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const durationPart = /(\d{1,9}(?:\.\d{1,9})?)\s?(ms|[smhd])[a-z]{0,10}/g;

/** `1h2m3.5s`, `20ms`, `2 seconds`, `in 1 minute, 5 seconds`, `PT1M30S` (ISO 8601). */
const durationIn = (text: string): number | null => {
  const lower = text.toLowerCase();
  if (lower.replace(durationPart, '').replace(/retry|after|and|in|[\s,pt]/g, '') !== '') return null;
  if (!/\d/.test(lower)) return null;
  let total = 0;
  for (const [, number, unit] of lower.matchAll(durationPart)) total += Number(number) * units[unit!]!;
  return total;
};

const bounded = (milliseconds: number): number => Math.min(longest, Math.max(0, milliseconds));
