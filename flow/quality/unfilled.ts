import { isClosed, isSpent } from '../../processors/sampling/admissible.ts';
import { ofQueue, placesOf } from '../../processors/sampling/places.ts';
import type { SamplerState } from '../../processors/sampling/state.ts';

/** A level that cannot get what the target wants of it. */
export interface Unfilled {
  /** With the part that it lacks, where the target has parts. */
  readonly level: string;
  readonly emitted: number;
  readonly wanted: number;
  /** Its problems have run out, its teacher failed too often in a row, or the money of its part ended. */
  readonly why: 'no-more-problems' | 'closed' | 'budget';
}

/** The levels of a target that are not full at the end of a run; none of a continuous one, or of one that takes the whole supply as it comes. */
export const unfilledLevels = (state: SamplerState): Unfilled[] => {
  const { target, emitted } = state;
  if (!target || target.records === null || (target.natural && !target.parts)) return [];
  return target.queues.flatMap(({ queue: level, quota }): Unfilled[] => {
    const one = { level, emitted: ofQueue(emitted, level), wanted: quota };
    if (one.emitted >= quota) return [];
    const places = placesOf(level);
    if (places.every((place) => isSpent(state, place))) return [{ ...one, why: 'budget' }];
    return [{ ...one, why: places.every((place) => isClosed(state, place)) ? 'closed' : 'no-more-problems' }];
  });
};
