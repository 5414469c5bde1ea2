import { expect, it } from 'vitest';
import { workload } from '../../../llm/endpoint/workload.ts';

it('knows the age of the call that has been out longest', () => {
  const { begin, oldest } = workload();
  expect(oldest(5000)).toBeNull();
  const first = begin(1000);
  const second = begin(3000);
  expect(oldest(5000)).toBe(4000);
  first(5000, 7);
  expect(oldest(6000)).toBe(3000);
  second(6000, 0);
  expect(oldest(7000)).toBeNull();
});

it('counts the tokens of the last ten seconds', () => {
  const { begin, tokensPerSecond } = workload();
  expect(tokensPerSecond(0)).toBe(0);
  begin(0)(1000, 300);
  begin(0)(8500, 700);
  expect(tokensPerSecond(9000)).toBe(100);
  expect(tokensPerSecond(12_000)).toBe(70);
  expect(tokensPerSecond(60_000)).toBe(0);
});
