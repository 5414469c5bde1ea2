import { type LevelSettings, level } from '../../processors/level.ts';
import { levels } from '../../schemas/hardness.ts';
import type { Grade, Level, Scored } from '../../schemas/types.ts';
import type { Config } from '../settings/schema.ts';

/**
 * The levels that a problem can never get by the share of right attempts, because there are too few of them: with four
 * attempts the shares are 0, 1/4, 1/2, 3/4 and 1. None where levels rest on scores.
 */
export const unreachableLevels = async (
  { by, thresholds }: Config['levels'],
  attempts: number,
): Promise<readonly Level[]> => {
  if (by !== 'pass-rate' || thresholds === 'quantiles') return [];
  const settings: LevelSettings = { by, thresholds };
  const reached = new Set<Level>();
  for (let right = 0; right <= attempts; right++) {
    const { levelled } = await level(settings)({ grade: { right, attempts } as Grade, score: null } as Scored);
    reached.add(levelled.level);
  }
  return levels.filter((one) => !reached.has(one));
};

/** The same as a sentence for whoever starts the run; null where every level can be reached. */
export const unreachableSentence = async (config: Pick<Config, 'levels' | 'student'>): Promise<string | null> => {
  const never = await unreachableLevels(config.levels, config.student.attempts);
  if (never.length === 0) return null;
  return `levels.by: pass-rate with ${config.student.attempts} attempts can never give ${never.join(', ')}: raise student.attempts, or set other levels.thresholds`;
};
