import { expect, it } from 'vitest';
import { latencyBounds, workload } from '../../../llm/endpoint/workload.ts';

const answer = (completionTokens: number) => ({ outcome: 'answered', completionTokens, status: 200 });

it('knows the age of the call that has been out longest', () => {
  const { begin, oldest } = workload();
  expect(oldest(5000)).toBeNull();
  const first = begin(1000);
  const second = begin(3000);
  expect(oldest(5000)).toBe(4000);
  first(5000, answer(7));
  expect(oldest(6000)).toBe(3000);
  second(6000, answer(0));
  expect(oldest(7000)).toBeNull();
});

it('counts the tokens of the last ten seconds', () => {
  const { begin, tokensPerSecond } = workload();
  expect(tokensPerSecond(0)).toBe(0);
  begin(0)(1000, answer(300));
  begin(0)(8500, answer(700));
  expect(tokensPerSecond(9000)).toBe(100);
  expect(tokensPerSecond(12_000)).toBe(70);
  expect(tokensPerSecond(60_000)).toBe(0);
});

it('tells how calls ended, and how long the answered ones took', () => {
  const { begin, ended, statuses, latency } = workload();
  begin(0)(700, answer(1));
  begin(0)(4000, answer(1));
  begin(0)(9_000_000, answer(1));
  begin(0)(100, { outcome: 'shed', completionTokens: 0, status: 429 });
  begin(0)(100, { outcome: 'connection', completionTokens: 0, status: null });
  expect(ended()).toEqual({ answered: 3, shed: 1, connection: 1 });
  expect(statuses()).toEqual({ 200: 3, 429: 1, none: 1 });
  const { counts, count, seconds } = latency();
  expect([count, seconds]).toEqual([3, 9004.7]);
  expect(counts.flatMap((some, bound) => (some > 0 ? [latencyBounds[bound]] : []))).toEqual([1, 5]);
});
