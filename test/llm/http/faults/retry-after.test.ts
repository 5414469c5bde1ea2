import { describe, expect, it } from 'vitest';
import { retryAfterMilliseconds } from '../../../../llm/http/faults/retry-after.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const read = (headers: Record<string, string>) => retryAfterMilliseconds(new Headers(headers), now);

describe('how long an endpoint asks to be left alone', () => {
  it.each([
    ['seconds', { 'retry-after': '3' }, 3000],
    ['fractions of a second', { 'retry-after': '0.5' }, 500],
    ['a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' }, 10_000],
    ['a date in the past', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
    ['milliseconds, which win', { 'retry-after': '3', 'retry-after-ms': '250' }, 250],
    ['ten minutes at most', { 'retry-after': '99999999999' }, 600_000],
    ['a duration', { 'retry-after': '1m30s' }, 90_000],
    ['words', { 'retry-after': '2 seconds' }, 2000],
    ['the first of two', { 'retry-after': '2, 5' }, 2000],
    [
      'the reset of a rate that is used up',
      { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '6m0s', 'x-ratelimit-reset-requests': '1s' },
      360_000,
    ],
    ['no reset of a rate that is left', { 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '60' }, null],
    ['an epoch', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now + 4000) }, 4000],
    ['nothing', {}, null],
    ['nonsense', { 'retry-after': 'soon' }, null],
  ])('%s', (_what, headers, expected) => {
    expect(read(headers)).toBe(expected);
  });
});
