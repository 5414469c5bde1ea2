import { apportion } from './apportion.ts';
import { type Counts, count } from './counts.ts';
import type { Queue, Target } from './target.ts';

/** What the decision rests on. */
export interface Standing {
  readonly target: Target | null;
  readonly parked: Counts;
  readonly open: Counts;
  readonly emitted: Counts;
  /** Failures in a row, by queue. */
  readonly streak: Counts;
  readonly drained: boolean;
  readonly halted: string | null;
}

/** A teacher that fails this often in a row at one level will go on failing: the level is closed. */
export const FAILURES_IN_A_ROW = 50;

/** The queue whose first record is to be let through next, or null where none may be. */
export const admissible = (standing: Standing): string | null => {
  const { target, halted, drained } = standing;
  if (!target || halted || (target.admit === 'after-grading' && !drained)) return null;
  const supplied = target.queues.filter(({ queue }) => count(standing.parked, queue) > 0 && !isClosed(standing, queue));
  if (supplied.length === 0) return null;
  return target.records === null ? mostBehind(standing, target, supplied) : belowQuota(standing, target, supplied);
};

export const isClosed = ({ streak }: Pick<Standing, 'streak'>, queue: string): boolean =>
  count(streak, queue) >= FAILURES_IN_A_ROW;

/** Open and emitted together: what counts against the target. */
export const live = ({ open, emitted }: Pick<Standing, 'open' | 'emitted'>, queue: string): number =>
  count(open, queue) + count(emitted, queue);

/** Continuous: with a live admissions of this level and A of all, only while a < share · (A + 1). Ties to the harder. */
const mostBehind = (standing: Standing, target: Target, supplied: readonly Queue[]): string | null => {
  const all = target.queues.reduce((sum, { queue }) => sum + live(standing, queue), 0);
  const shares = target.onShortfall === 'redistribute' ? supplied.reduce((sum, { share }) => sum + share, 0) : 1;
  let best: string | null = null;
  let most = 0;
  for (const { queue, share } of supplied) {
    const behind = (share / (shares || 1)) * (all + 1) - live(standing, queue);
    if (behind > 0 && behind >= most) {
      best = queue;
      most = behind;
    }
  }
  return best;
};

/** Bounded: the mildest level that has not reached its quota. */
const belowQuota = (standing: Standing, target: Target, supplied: readonly Queue[]): string | null => {
  const quotas =
    target.onShortfall === 'redistribute' && standing.drained ? redistributed(standing, target, supplied) : null;
  const room = ({ queue, quota }: Queue) => live(standing, queue) < (quotas ? (quotas.get(queue) ?? 0) : quota);
  return supplied.find(room)?.queue ?? null;
};

/** What the levels without supply leave open goes to the others, by their shares. */
const redistributed = (standing: Standing, target: Target, supplied: readonly Queue[]): Map<string, number> => {
  const dry = target.queues.filter((one) => !supplied.includes(one));
  const taken = dry.reduce((sum, { queue }) => sum + live(standing, queue), 0);
  return apportion(
    Math.max(0, (target.records ?? 0) - taken),
    supplied.map(({ queue, share }) => [queue, share] as const),
  );
};
