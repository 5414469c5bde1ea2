import { describe, expect, it } from 'vitest';
import { paired, spread } from '../../../examples/closed-loop/statistics.ts';

describe('the spread over the seeds', () => {
  it('is Student’s interval', () => {
    // Of 1 … 8: standard deviation 2.449, t(7) 2.365.
    const { mean, interval } = spread([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(mean).toBe(4.5);
    expect(interval![0]).toBeCloseTo(4.5 - (2.365 * 2.44949) / Math.sqrt(8), 3);
    expect(interval![1]).toBeCloseTo(4.5 + (2.365 * 2.44949) / Math.sqrt(8), 3);
  });

  it('of one seed has no interval', () => {
    expect(spread([0.5])).toEqual({ mean: 0.5, interval: null });
  });
});

describe('two arms, seed by seed', () => {
  it('differ as surely as eight seeds can tell where all agree', () => {
    const firsts = [11, 12, 13, 14, 15, 16, 17, 18];
    const { mean, pairs, p } = paired(
      firsts,
      firsts.map((right) => right - 10),
      100,
    );
    expect(mean).toBeCloseTo(0.1);
    expect(pairs).toBe(8);
    expect(p).toBeCloseTo(2 / 2 ** 8);
  });

  it('do not differ where half gain what half lose', () => {
    expect(paired([11, 9], [10, 10], 100)).toMatchObject({ mean: 0, p: 1 });
  });
});
