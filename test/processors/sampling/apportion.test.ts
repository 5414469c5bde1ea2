import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion } from '../../../processors/sampling/apportion.ts';

/** Largest remainder in whole numbers, from its definition: no quotient is rounded. */
const oracle = (total: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((all, one) => all + one, 0);
  if (sum === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => Math.floor((total * weight) / sum));
  const left = total - parts.reduce((all, one) => all + one, 0);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => b.remainder - a.remainder || b.index - a.index);
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] as number) + 1;
  return parts;
};

const entries = (weights: readonly number[]) => weights.map((weight, index) => [`k${index}`, weight] as const);

describe('apportion', () => {
  it('gives the largest remainders, ties to the later', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), weights, (total, all) => {
        const parts = [...apportion(total, entries(all)).values()];
        expect(parts).toEqual(oracle(total, all));
        if (all.some((weight) => weight > 0)) expect(parts.reduce((sum, one) => sum + one, 0)).toBe(total);
      }),
      { numRuns: 2000 },
    );
  });

  it('gives a larger weight no less than a smaller one, and nothing to none', () => {
    const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), weights, (total, all) => {
        const parts = [...apportion(total, entries(all)).values()];
        return all.every((weight, a) =>
          all.every((other, b) => {
            if (weight === 0) return parts[a] === 0;
            // What differs by less than rounding may is a tie, which goes to the later.
            return weight - other < 1e-6 || (parts[a] as number) >= (parts[b] as number);
          }),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('takes 0.1 + 0.2 for 0.3', () => {
    expect([...apportion(10, entries([0.1, 0.2, 0.7])).values()]).toEqual([1, 2, 7]);
    expect([...apportion(10, entries([0.1 + 0.2, 0.7])).values()]).toEqual([3, 7]);
  });
});
