import type { Level } from './types.ts';

/**
 * Hardness of every level, by which weights, quotas and plots go. The paper numbers its levels the other way round:
 * its level 1 is the hardest. So nothing is ever indexed by a level's number.
 */
export const hardness = {
  easy: 0,
  level_5: 1,
  level_4: 2,
  level_3: 3,
  level_2: 4,
  level_1: 5,
} as const satisfies Record<Level, number>;

/** The levels by rising hardness. */
export const levels = Object.keys(hardness) as readonly Level[];
