import { levelOf } from '../../processors/level.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import type { Config } from '../settings/schema.ts';

/**
 * The levels that a problem can never get by the share of right attempts, because there are too few of them: with four
 * attempts the shares are 0, 1/4, 1/2, 3/4 and 1. None where levels rest on scores.
 */
export const unreachableLevels = ({ by, thresholds }: Config['levels'], attempts: number): readonly Level[] => {
  if (by !== 'pass-rate' || thresholds === 'quantiles') return [];
  const reached = new Set<Level>();
  for (let right = 0; right <= attempts; right++) {
    const grade = { right, attempts, verdict: 'wrong' } as const;
    reached.add(levelOf({ grade, score: null }, { by, thresholds }));
  }
  return levels.filter((one) => !reached.has(one));
};

/** The same as a sentence for whoever starts the run; null where every level can be reached. */
export const unreachableSentence = (config: Pick<Config, 'levels' | 'student'>): string | null => {
  const never = unreachableLevels(config.levels, config.student.attempts);
  if (never.length === 0) return null;
  return `levels.by: pass-rate with ${config.student.attempts} attempts can never give ${never.join(', ')}: raise student.attempts, or set other levels.thresholds`;
};
