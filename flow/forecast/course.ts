import { apportion } from '../../processors/sampling/apportion.ts';
import { FAILURES_IN_A_ROW } from '../../processors/sampling/failure-windows.ts';
import type { Target } from '../../processors/sampling/target.ts';
import { hardness, levels } from '../../schemas/hardness.ts';
import type { Level } from '../../schemas/types.ts';
import type { Draws } from './draws.ts';

export type ByLevel = Readonly<Record<Level, number>>;

/** What a run meets: how many problems there are of each level, and how often the teacher succeeds there. */
export interface Supply {
  /** All of the run, with a level and without. */
  readonly problems: number;
  readonly levels: ByLevel;
  /** In [0, 1]. */
  readonly success: ByLevel;
  /** Most problems that are graded beyond what is needed, because they were in hand when the intake closed. */
  readonly inHand: number;
}

/** What becomes of it. */
export interface Course {
  readonly graded: number;
  /** How many problems are graded until the last one of a level has come, where the run then stops; else null. */
  readonly needs: ByLevel | null;
  readonly admitted: ByLevel;
  readonly emitted: ByLevel;
}

/** Draws one course that a run to this target may take: the sampler's rules, by counts alone. */
export const courseOf = (target: Target, supply: Supply, draws: Draws): Course => {
  if (target.natural) return naturally(target, supply, draws);
  return target.records === null ? continuously(target, supply, draws) : bounded(target, supply, draws);
};

interface Taught {
  readonly admitted: number;
  readonly emitted: number;
}

/** Admissions of one level until so many are emitted, the supply ends, or the level closes. */
const teach = (wanted: number, available: number, success: number, draws: Draws): Taught => {
  const admitted = wanted + draws.failuresBefore(wanted, success);
  const most = Math.min(available, closing(success, draws));
  if (admitted <= most) return { admitted, emitted: wanted };
  return { admitted: most, emitted: Math.min(wanted, draws.binomial(most, success)) };
};

/** After how many admissions a level closes: so many failures in a row come about as waiting for a rare event does. */
const closing = (success: number, draws: Draws): number => {
  const row = (1 - success) ** FAILURES_IN_A_ROW;
  if (row <= 0) return Number.POSITIVE_INFINITY;
  const mean = success <= 0 ? FAILURES_IN_A_ROW : (1 - row) / (success * row);
  return Math.round(Math.max(FAILURES_IN_A_ROW, -mean * Math.log(1 - draws.uniform())));
};

const bounded = (target: Target, supply: Supply, draws: Draws): Course => {
  const wanted: Record<Level, number> = byLevel((level) => target.queues[hardness[level]]?.quota ?? 0);
  const taught: Record<Level, Taught> = record((level) =>
    teach(wanted[level], supply.levels[level], supply.success[level], draws),
  );
  const isFull = levels.every((level) => taught[level].emitted >= wanted[level]);
  if (!isFull && target.onShortfall === 'redistribute') spread(target, supply, taught, draws);
  const admitted = byLevel((level) => taught[level].admitted);
  const emitted = byLevel((level) => taught[level].emitted);
  if (target.admit !== 'streaming' || !isFull) return { graded: supply.problems, needs: null, admitted, emitted };
  const needs = needsOf(supply, admitted, draws);
  const graded = Math.max(...levels.map((level) => needs[level]));
  return { graded: Math.min(supply.problems, graded), needs, admitted, emitted };
};

/** What dry levels leave open goes to the others by their shares, until nothing is open or nothing is left. */
const spread = (target: Target, supply: Supply, taught: Record<Level, Taught>, draws: Draws): void => {
  const dry = new Set<Level>();
  for (let round = 0; round <= levels.length; round++) {
    const open = (target.records ?? 0) - levels.reduce((sum, level) => sum + taught[level].emitted, 0);
    const growing = levels.filter(
      (level) => !dry.has(level) && shareOf(target, level) > 0 && taught[level].admitted < supply.levels[level],
    );
    if (open <= 0 || growing.length === 0) return;
    const parts = apportion(
      open,
      growing.map((level) => [level, shareOf(target, level)] as const),
    );
    for (const level of growing) {
      const before = taught[level];
      const wanted = parts.get(level) ?? 0;
      const more = teach(wanted, supply.levels[level] - before.admitted, supply.success[level], draws);
      if (more.emitted < wanted) dry.add(level);
      taught[level] = { admitted: before.admitted + more.admitted, emitted: before.emitted + more.emitted };
    }
  }
};

/** How many problems come until the last one of each level that is admitted, and those in hand by then. */
const needsOf = ({ problems, levels: there, inHand }: Supply, admitted: ByLevel, draws: Draws): ByLevel => {
  const behind = draws.uniform() * inHand;
  return byLevel((level) => {
    const count = admitted[level];
    // Where the k-th of S problems stands among all of them.
    return count === 0 ? 0 : Math.round(draws.beta(count, there[level] + 1 - count) * problems + behind);
  });
};

/** In proportion, as far as the level that is driest for its share goes. */
const continuously = (target: Target, supply: Supply, draws: Draws): Course => {
  const wanted = levels.filter((level) => shareOf(target, level) > 0);
  const capacity = byLevel((level) => draws.binomial(supply.levels[level], supply.success[level]));
  const driest = Math.min(...wanted.map((level) => capacity[level] / shareOf(target, level)));
  const emitted = byLevel((level) => {
    if (!wanted.includes(level)) return 0;
    return target.onShortfall === 'redistribute'
      ? capacity[level]
      : Math.min(capacity[level], Math.ceil(driest * shareOf(target, level)));
  });
  const admitted = byLevel((level) => {
    if (!wanted.includes(level) || emitted[level] >= capacity[level])
      return wanted.includes(level) ? supply.levels[level] : 0;
    return Math.min(supply.levels[level], emitted[level] + draws.failuresBefore(emitted[level], supply.success[level]));
  });
  return { graded: supply.problems, needs: null, admitted, emitted };
};

/** The supply as it comes, whatever its levels. */
const naturally = (target: Target, supply: Supply, draws: Draws): Course => {
  const levelled = totalOf(supply.levels);
  const success = levels.reduce((sum, level) => sum + supply.levels[level] * supply.success[level], 0) / levelled || 0;
  const all = target.records === null ? levelled : teach(target.records, levelled, success, draws).admitted;
  const admitted = split(all, supply.levels, draws);
  const isFull = target.records !== null && all < levelled;
  const needed = Math.round((all / levelled || 0) * supply.problems + draws.uniform() * supply.inHand);
  const graded = isFull && target.admit === 'streaming' ? Math.min(supply.problems, needed) : supply.problems;
  const emitted = isFull
    ? split(target.records ?? 0, admitted, draws)
    : byLevel((level) => draws.binomial(admitted[level], supply.success[level]));
  return { graded, needs: null, admitted, emitted };
};

/** So many of what lies there, drawn without putting back. */
const split = (total: number, there: ByLevel, draws: Draws): Record<Level, number> => {
  let left = total;
  let behind = totalOf(there);
  return byLevel((level) => {
    const taken = Math.min(left, there[level], draws.binomial(left, there[level] / behind || 0));
    left -= taken;
    behind -= there[level];
    return taken;
  });
};

const shareOf = (target: Target, level: Level): number => target.queues[hardness[level]]?.share ?? 0;

const record = <T>(of: (level: Level) => T): Record<Level, T> => {
  const made: Partial<Record<Level, T>> = {};
  for (const level of levels) made[level] = of(level);
  return made as Record<Level, T>;
};

export const byLevel = (of: (level: Level) => number): Record<Level, number> => record(of);

export const totalOf = (counts: ByLevel): number => levels.reduce((sum, level) => sum + counts[level], 0);
