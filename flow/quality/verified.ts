import { levels } from '../../schemas/hardness.ts';
import type { Level, TeacherAttempt } from '../../schemas/types.ts';

/** What the teacher made of the problems of a level. */
export interface Verified {
  readonly problems: number;
  /** How many of them had a verified answer by the first sample, by the second, and so on. */
  readonly bySample: readonly number[];
}

/** Counts which sample of the teacher was the first verified one: whether more samples pay. */
export const verifiedCounter = () => {
  const found = new Map<Level, { problems: number; at: number[] }>();
  return {
    take: ({ level, attempts }: { readonly level: Level; readonly attempts: readonly TeacherAttempt[] }): void => {
      const ofLevel = found.get(level) ?? { problems: 0, at: [] };
      found.set(level, ofLevel);
      ofLevel.problems++;
      const first = attempts.findIndex(({ outcome }) => outcome === 'verified');
      for (const [sample] of attempts.entries()) ofLevel.at[sample] ??= 0;
      if (first >= 0) ofLevel.at[first] = (ofLevel.at[first] ?? 0) + 1;
    },
    now: (): Partial<Record<Level, Verified>> =>
      Object.fromEntries(
        levels.flatMap((level) => {
          const ofLevel = found.get(level);
          if (!ofLevel) return [];
          let sum = 0;
          return [[level, { problems: ofLevel.problems, bySample: ofLevel.at.map((one) => (sum += one)) }]];
        }),
      ),
  };
};
