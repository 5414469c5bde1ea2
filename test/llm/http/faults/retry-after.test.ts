import { describe, expect, it } from 'vitest';
import { retryAfterMilliseconds, retryAfterSaid } from '../../../../llm/http/faults/retry-after.ts';

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
    ['an ISO duration', { 'retry-after': 'PT1M30S' }, 90_000],
    ['a sentence', { 'retry-after': 'in 1 minute, 5 seconds' }, 65_000],
    ['quotes', { 'retry-after': '"7"' }, 7000],
    ['a parameter behind it', { 'retry-after': '5;comment=busy' }, 5000],
    ['a date of RFC 850', { 'retry-after': 'Thursday, 01-Jan-26 00:00:10 GMT' }, 10_000],
    ['a date of asctime, which is Greenwich’s', { 'retry-after': 'Thu Jan  1 00:00:10 2026' }, 10_000],
    ['an ISO date without a zone', { 'retry-after': '2026-01-01T00:00:10' }, 10_000],
    ['an epoch in milliseconds', { 'retry-after': String(now + 4000) }, 4000],
    ['a number below zero', { 'retry-after': '-5' }, null],
    ['the draft’s rates', { 'ratelimit-remaining': '0', 'ratelimit-reset': '12' }, 12_000],
    [
      'Anthropic’s rates',
      {
        'anthropic-ratelimit-output-tokens-remaining': '0',
        'anthropic-ratelimit-output-tokens-reset': '2026-01-01T00:00:20Z',
      },
      20_000,
    ],
    ['nothing', {}, null],
    ['nonsense', { 'retry-after': 'soon' }, null],
  ])('%s', (_what, headers, expected) => {
    expect(read(headers)).toBe(expected);
  });
});

describe('how long an endpoint asks for in words', () => {
  it.each([
    ['Rate limit reached for m on tokens per day: Limit 200, Used 200. Please try again in 7m12s.', 432_000],
    ['Please retry in 37.7s.', 37_700],
    ['Rate limit is exceeded. Try again in 24 seconds.', 24_000],
    ['reached max RPM: 3, please try again after 1 seconds', 1000],
    ['please try again in 20ms', 20],
    ['[{"error":{"details":[{"retryDelay":"47s"}]}}]', 47_000],
    ['try again in 10 days', 600_000],
    ['please try again later', null],
    ['retry after 3 attempts', null],
  ])('%s', (said, expected) => {
    expect(retryAfterSaid(said)).toBe(expected);
  });
});
