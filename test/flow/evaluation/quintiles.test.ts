import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quintiles } from '../../../flow/evaluation/quintiles.ts';
import { levelOf } from '../../../processors/level.ts';
import { hardness } from '../../../schemas/hardness.ts';
import { admittedOf } from '../../helpers/flow.ts';

const ofScore = (score: number, thresholds: NonNullable<ReturnType<typeof quintiles>>) => {
  const { grade } = admittedOf('p');
  return levelOf({ grade, score }, { by: 'score', thresholds });
};

describe('quintiles of scores', () => {
  it('calls programs that pass no test the hardest, however many they are', async () => {
    const some = [0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8];
    const thresholds = quintiles([...Array(70).fill(0), ...some.flatMap((score) => [score, score, score])]);
    expect(thresholds).toEqual([0.1, 0.2, 0.25, 0.3]);
    expect(await ofScore(0, thresholds ?? [1, 1, 1, 1])).toBe('level_1');
  });

  it('parts different scores into fifths', () => {
    expect(quintiles(Array.from({ length: 100 }, (_, index) => index / 100))).toEqual([0.2, 0.4, 0.6, 0.8]);
    expect(quintiles([0, 0, 1, 1, 0.5])).toBeNull();
  });

  it('rises strictly, leaves no level empty, and never calls a lower score milder than a higher one', async () => {
    const scores = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(scores, async (tenths) => {
        const all = tenths.map((one) => one / 9).toSorted((a, b) => a - b);
        const thresholds = quintiles(all);
        if (!thresholds) {
          expect(new Set(all).size).toBeLessThan(5);
          return;
        }
        expect(thresholds).toEqual([...new Set(thresholds)].toSorted((a, b) => a - b));
        const hard = await Promise.all(all.map(async (score) => hardness[await ofScore(score, thresholds)]));
        expect(hard).toEqual(hard.toSorted((a, b) => b - a));
        expect(new Set(hard).size).toBe(5);
      }),
    );
  });
});
