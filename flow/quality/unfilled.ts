import type { SamplerState } from '../../processors/sample.ts';
import { isClosed } from '../../processors/sampling/admissible.ts';
import { count } from '../../processors/sampling/counts.ts';

/** A level that cannot get what the target wants of it. */
export interface Unfilled {
  readonly level: string;
  readonly emitted: number;
  readonly wanted: number;
  /** Its problems have run out, or its teacher failed too often in a row. */
  readonly why: 'no-more-problems' | 'closed';
}

/** The levels of a target that will not be full, as far as that is decided; none of a continuous or natural one. */
export const unfilledLevels = (state: SamplerState): Unfilled[] => {
  const { target, drained, emitted, open, parked } = state;
  if (!target || target.records === null || target.natural) return [];
  return target.queues.flatMap(({ queue: level, quota }): Unfilled[] => {
    const one = { level, emitted: count(emitted, level), wanted: quota };
    if (one.emitted + count(open, level) >= quota) return [];
    if (isClosed(state, level)) return [{ ...one, why: 'closed' }];
    return drained && count(parked, level) === 0 ? [{ ...one, why: 'no-more-problems' }] : [];
  });
};
