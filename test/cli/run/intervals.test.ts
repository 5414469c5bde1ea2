import { describe, expect, it } from 'vitest';
import { mcnemar, wilson } from '../../../cli/run/intervals.ts';

describe('Wilson’s interval', () => {
  it('gives the published values', () => {
    // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    const table = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [successes, trials, low, high] of table) {
      const [from, to] = wilson(successes, trials);
      expect(from).toBeCloseTo(low, 4);
      expect(to).toBeCloseTo(high, 4);
    }
  });

  it('knows nothing without trials', () => {
    expect(wilson(0, 0)).toEqual([0, 1]);
  });
});

describe('the exact McNemar test', () => {
  it('equals a sum over the binomial distribution', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    for (const [gained, lost] of [
      [1, 5],
      [0, 6],
      [10, 2],
      [3, 3],
      [12, 25],
    ] as const) {
      const trials = gained + lost;
      let tail = 0;
      for (let k = 0; k <= Math.min(gained, lost); k++) tail += choose(trials, k) / 2 ** trials;
      expect(mcnemar(gained, lost)).toBeCloseTo(Math.min(1, 2 * tail), 10);
    }
  });

  it('sees no difference where nothing differs', () => {
    expect(mcnemar(0, 0)).toBe(1);
  });
});
