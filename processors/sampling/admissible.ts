import { apportion } from './apportion.ts';
import { type Counts, count, sum } from './counts.ts';
import { FAILURES_IN_A_ROW, type Fifties, haveFailed, heldPlaces } from './failure-windows.ts';
import { crossed, ofQueue, partIn, placesOf, takesAllLevels } from './places.ts';
import { parkedAt, type Queues } from './queues.ts';
import type { Queue, Target } from './target.ts';

/** What the decision rests on; counts are by place: by level, crossed with the parts of a target that has parts. */
export interface Standing extends Queues {
  readonly open: Counts;
  readonly emitted: Counts;
  /** Failures in a row, in the order of the answers. */
  readonly streak: Counts;
  /** After grading: the admissions in theirs, by `orderedBy`. */
  readonly fifties: Readonly<Record<string, Fifties>>;
  readonly drained: boolean;
  readonly halted: string | null;
  /** Parts whose money has ended: nothing more of them is let through. */
  readonly spent: readonly string[];
  /** What was redistributed at the end of a round, after grading; null: the target's own quotas. */
  readonly quotas: Counts | null;
}

/**
 * The place whose first record is to be let through next, or null where none may be.
 * @param earliest of several places, the one whose first record comes before the others' (for a natural target)
 */
export const admissible = (
  standing: Standing,
  earliest: (supplied: readonly string[]) => string | null,
): string | null => {
  const { target, halted, drained } = standing;
  if (!target || halted || (target.admit === 'after-grading' && !drained) || isFull(standing)) return null;
  const supplied = target.queues.filter(({ queue }) => isSupplied(standing, queue));
  const next =
    target.records === null ? mostBehind(standing, target, supplied) : belowQuota(standing, target, supplied);
  if (!next || !target.natural) return next?.queue ?? null;
  return earliest(suppliedPlaces(standing, next.queue));
};

/** Nothing more of this place is let through: the teacher has failed so often in a row, or the money of its part ended. */
export const isClosed = (
  standing: Pick<Standing, 'target' | 'streak' | 'fifties' | 'spent'>,
  place: string,
): boolean => {
  if (isSpent(standing, place)) return true;
  const order = orderedBy(standing.target, place);
  return order === null
    ? count(standing.streak, place) >= FAILURES_IN_A_ROW
    : haveFailed(standing.fifties[order] ?? []);
};

/** The money of the part that this place is of has ended. */
export const isSpent = ({ spent }: Pick<Standing, 'spent'>, place: string): boolean => {
  if (spent.length === 0) return false;
  const part = partIn(place);
  return part !== null && spent.includes(part);
};

/**
 * Whose admissions a place's belong to, where a given number is let through in the order of the seed: its own, or those
 * of all levels in one order. Null where they are let through as they come.
 */
export const orderedBy = (target: Target | null, place: string): string | null => {
  if (target?.admit !== 'after-grading' || target.records === null) return null;
  return target.natural ? crossed('all', partIn(place)) : place;
};

const suppliedPlaces = (standing: Standing, queue: string): readonly string[] =>
  placesOf(queue).filter((place) => isSuppliedAt(standing, place));

const isSupplied = (standing: Standing, queue: string): boolean =>
  takesAllLevels(queue) ? suppliedPlaces(standing, queue).length > 0 : isSuppliedAt(standing, queue);

const isSuppliedAt = (standing: Standing, place: string): boolean =>
  parkedAt(standing, place) > 0 && !isClosed(standing, place);

const held = ({ target, fifties }: Pick<Standing, 'target' | 'fifties'>, queue: string): number => {
  const order = orderedBy(target, queue);
  return order === null ? 0 : heldPlaces(fifties[order] ?? []);
};

/** Open and emitted together, of one queue of the target: what counts against it. */
export const live = ({ open, emitted }: Pick<Standing, 'open' | 'emitted'>, queue: string): number =>
  ofQueue(open, queue) + ofQueue(emitted, queue);

/** As many are emitted or on their way as the target wants in all. */
export const isFull = ({ target, open, emitted }: Pick<Standing, 'target' | 'open' | 'emitted'>): boolean =>
  target !== null && target.records !== null && sum(open) + sum(emitted) >= target.records;

/**
 * What the queues without supply leave open, given to the others by their shares. A queue that has more than its part
 * keeps what it has, as the dry ones do: the quotas never sum to more than the target, so who is served first does not
 * decide who is served.
 */
export const redistributed = (standing: Standing, target: Target): Counts => {
  let growing = target.queues.filter(({ queue }) => isSupplied(standing, queue));
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

/** Continuous: with a live admissions of this queue and A of all, only while a < share · (A + 1). Ties to the harder. */
const mostBehind = (standing: Standing, target: Target, supplied: readonly Queue[]): Queue | null => {
  const all = sum(standing.open) + sum(standing.emitted);
  const shares = target.onShortfall === 'redistribute' ? supplied.reduce((total, { share }) => total + share, 0) : 1;
  let best: Queue | null = null;
  let most = EPSILON;
  for (const one of supplied) {
    const behind = (one.share / (shares || 1)) * (all + 1) - live(standing, one.queue);
    if (behind > EPSILON && behind >= most - EPSILON) {
      best = one;
      most = Math.max(most, behind);
    }
  }
  return best;
};

/** Bounded: the mildest queue that has not reached its quota. */
const belowQuota = (standing: Standing, target: Target, supplied: readonly Queue[]): Queue | null => {
  const moves = target.onShortfall === 'redistribute' && target.admit === 'streaming' && standing.drained;
  const quotas = moves ? redistributed(standing, target) : standing.quotas;
  return (
    supplied.find(
      ({ queue, quota }) => live(standing, queue) + held(standing, queue) < (quotas ? count(quotas, queue) : quota),
    ) ?? null
  );
};
