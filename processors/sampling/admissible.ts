import { hardness, levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import { apportion } from './apportion.ts';
import { type Counts, count, sum } from './counts.ts';
import { FAILURES_IN_A_ROW, type Fifties, haveFailed, heldPlaces } from './failure-windows.ts';
import type { Target } from './target.ts';

/** What the decision rests on; counts are by level. */
export interface Standing {
  readonly target: Target | null;
  readonly parked: Counts;
  readonly open: Counts;
  readonly emitted: Counts;
  /** Failures in a row, in the order of the answers. */
  readonly streak: Counts;
  /** After grading: the admissions in theirs, by `orderedBy`. */
  readonly fifties: Readonly<Record<string, Fifties>>;
  readonly drained: boolean;
  readonly halted: string | null;
  /** What was redistributed at the end of a round, after grading; null: the target's own quotas. */
  readonly quotas: Counts | null;
}

/**
 * The level whose first record is to be let through next, or null where none may be.
 * @param earliest of several levels, the one whose first record comes before the others' (for a natural target)
 */
export const admissible = (
  standing: Standing,
  earliest: (supplied: readonly Level[]) => Level | null,
): Level | null => {
  const { target, halted, drained } = standing;
  if (!target || halted || (target.admit === 'after-grading' && !drained) || isFull(standing)) return null;
  const supplied = levels.filter((level) => count(standing.parked, level) > 0 && !isClosed(standing, level));
  if (supplied.length === 0) return null;
  if (target.natural) return earliest(supplied);
  return target.records === null ? mostBehind(standing, target, supplied) : belowQuota(standing, target, supplied);
};

/** The teacher has failed so often in a row that nothing more of this level is let through. */
export const isClosed = (standing: Pick<Standing, 'target' | 'streak' | 'fifties'>, level: string): boolean => {
  const order = orderedBy(standing.target, level);
  return order === null
    ? count(standing.streak, level) >= FAILURES_IN_A_ROW
    : haveFailed(standing.fifties[order] ?? []);
};

/**
 * Whose admissions a level's belong to, where a given number is let through in the order of the seed: its own, or those
 * of all levels in one order. Null where they are let through as they come.
 */
export const orderedBy = (target: Target | null, level: string): string | null => {
  if (target?.admit !== 'after-grading' || target.records === null) return null;
  return target.natural ? 'all' : level;
};

const held = ({ target, fifties }: Pick<Standing, 'target' | 'fifties'>, level: string): number => {
  const order = orderedBy(target, level);
  return order === null ? 0 : heldPlaces(fifties[order] ?? []);
};

/** Open and emitted together: what counts against the target. */
export const live = ({ open, emitted }: Pick<Standing, 'open' | 'emitted'>, level: string): number =>
  count(open, level) + count(emitted, level);

/** As many are emitted or on their way as the target wants in all. */
export const isFull = (standing: Pick<Standing, 'target' | 'open' | 'emitted' | 'fifties'>): boolean => {
  const { target, open, emitted } = standing;
  if (target === null || target.records === null) return false;
  return sum(open) + sum(emitted) + (target.natural ? held(standing, 'all') : 0) >= target.records;
};

/**
 * What the levels without supply leave open, given to the others by their shares. A level that has more than its part
 * keeps what it has, as the dry ones do: the quotas never sum to more than the target, so who is served first does not
 * decide who is served.
 */
export const redistributed = (standing: Standing, target: Target): Counts => {
  const isSupplied = (level: string) => count(standing.parked, level) > 0 && !isClosed(standing, level);
  let growing = target.queues.filter(({ queue }) => isSupplied(queue));
  for (;;) {
    const kept = target.queues.filter((one) => !growing.includes(one));
    const taken = kept.reduce((all, { queue }) => all + live(standing, queue), 0);
    const shares = growing.map(({ queue, share }) => [queue, share] as const);
    const parts = apportion(Math.max(0, (target.records ?? 0) - taken), shares);
    const below = growing.filter(({ queue }) => live(standing, queue) <= (parts.get(queue) ?? 0));
    if (below.length === growing.length)
      return {
        ...Object.fromEntries(kept.map(({ queue }) => [queue, live(standing, queue)])),
        ...Object.fromEntries(parts),
      };
    growing = below;
  }
};

/** Shares are quotients: what differs by less is equal. */
const EPSILON = 1e-9;

/** Continuous: with a live admissions of this level and A of all, only while a < share · (A + 1). Ties to the harder. */
const mostBehind = (standing: Standing, target: Target, supplied: readonly Level[]): Level | null => {
  const all = sum(standing.open) + sum(standing.emitted);
  const shareOf = (level: Level) => target.queues[hardness[level]]?.share ?? 0;
  const shares = target.onShortfall === 'redistribute' ? supplied.reduce((total, one) => total + shareOf(one), 0) : 1;
  let best: Level | null = null;
  let most = EPSILON;
  for (const level of supplied) {
    const behind = (shareOf(level) / (shares || 1)) * (all + 1) - live(standing, level);
    if (behind > EPSILON && behind >= most - EPSILON) {
      best = level;
      most = Math.max(most, behind);
    }
  }
  return best;
};

/** Bounded: the mildest level that has not reached its quota. */
const belowQuota = (standing: Standing, target: Target, supplied: readonly Level[]): Level | null => {
  const moves = target.onShortfall === 'redistribute' && target.admit === 'streaming' && standing.drained;
  const quotas = moves ? redistributed(standing, target) : standing.quotas;
  const quotaOf = (level: Level) => (quotas ? count(quotas, level) : (target.queues[hardness[level]]?.quota ?? 0));
  return supplied.find((level) => live(standing, level) + held(standing, level) < quotaOf(level)) ?? null;
};
