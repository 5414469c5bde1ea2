import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceInterval, passInterval, signFlip, wilson } from '../../../flow/evaluation/intervals.ts';

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

describe('the interval of pass@1', () => {
  it('is Wilson’s where each problem has one attempt, or where attempts at one problem tell nothing new', () => {
    const once = [...Array(15).fill(1), ...Array(133).fill(0)];
    expect(passInterval(once, 1)).toEqual(wilson(15, 148).map((bound) => expect.closeTo(bound, 10)));
    expect(passInterval(once, 8)).toEqual(passInterval(once, 1));
  });

  it('is as narrow as that of independent attempts where the problems do not differ', () => {
    expect(passInterval(Array(30).fill(0.5), 4)).toEqual(wilson(60, 120));
    expect(passInterval(Array(30).fill(1), 4)).toEqual(wilson(30, 30));
  });

  it('lies between the two for what is between them', () => {
    // Their variance is 1/8, that of the mean a 240th: as of 60 tosses of a coin.
    const rates = Array.from({ length: 30 }, (_, index) => [0, 0.25, 0.5, 0.75, 1, 0.25, 0.75, 0.5, 0, 1][index % 10]!);
    const [low, high] = passInterval(rates, 4);
    expect([low, high]).toEqual(wilson(30, 60).map((bound) => expect.closeTo(bound, 10)));
    expect(high - low).toBeLessThan(wilson(15, 30)[1] - wilson(15, 30)[0]);
  });

  it('knows nothing without problems', () => {
    expect(passInterval([], 1)).toEqual([0, 1]);
  });
});

describe('the paired test', () => {
  it('is the exact McNemar test for differences of one', () => {
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
      const differences = [...Array(gained).fill(1), ...Array(lost).fill(-1), 0, 0];
      expect(signFlip(differences)).toBeCloseTo(Math.min(1, 2 * tail), 10);
    }
  });

  it('is the share of all ways to set the signs that are as uneven', () => {
    const differences = fc.array(fc.integer({ min: -8, max: 8 }), { maxLength: 10 });
    fc.assert(
      fc.property(differences, (all) => {
        const observed = Math.abs(all.reduce((sum, one) => sum + one, 0));
        let extreme = 0;
        for (let signs = 0; signs < 2 ** all.length; signs++) {
          const sum = all.reduce((total, one, bit) => total + ((signs >> bit) & 1 ? one : -one), 0);
          if (Math.abs(sum) >= observed) extreme++;
        }
        expect(signFlip(all)).toBeCloseTo(extreme / 2 ** all.length, 10);
      }),
      { numRuns: 200 },
    );
  });

  it('sees no difference where nothing differs', () => {
    expect(signFlip([])).toBe(1);
    expect(signFlip([0, 0])).toBe(1);
  });
});

describe('the interval of a paired difference', () => {
  it('is that of Agresti and Min for gains and losses', () => {
    const [low, high] = differenceInterval({ pairs: 100, sum: 10, sumOfSquares: 20 });
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.0121', '0.1840']);
  });

  it('turns with its sign, says something where nothing differs, and nothing where there is no pair', () => {
    const [low, high] = differenceInterval({ pairs: 40, sum: 5, sumOfSquares: 9 });
    const [mirroredLow, mirroredHigh] = differenceInterval({ pairs: 40, sum: -5, sumOfSquares: 9 });
    expect([mirroredLow, mirroredHigh]).toEqual([-high, -low]);
    const [from, to] = differenceInterval({ pairs: 40, sum: 0, sumOfSquares: 0 });
    expect(from).toBe(-to);
    expect(to).toBeGreaterThan(0);
    expect(differenceInterval({ pairs: 0, sum: 0, sumOfSquares: 0 })).toEqual([-1, 1]);
  });
});
