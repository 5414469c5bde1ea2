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

/** The levels of a target that are not full at the end of a run; none of a continuous or natural one. */
export const unfilledLevels = (state: SamplerState): Unfilled[] => {
  const { target, emitted } = state;
  if (!target || target.records === null || target.natural) return [];
  return target.queues.flatMap(({ queue: level, quota }): Unfilled[] => {
    const one = { level, emitted: count(emitted, level), wanted: quota };
    if (one.emitted >= quota) return [];
    return [{ ...one, why: isClosed(state, level) ? 'closed' : 'no-more-problems' }];
  });
};
