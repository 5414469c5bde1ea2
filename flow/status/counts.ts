import { isClosed } from '../../processors/sampling/admissible.ts';
import type { Counts as ByQueue } from '../../processors/sampling/counts.ts';
import { levelIn, ofLevel } from '../../processors/sampling/places.ts';
import type { SamplerState } from '../../processors/sampling/state.ts';
import { withoutParts } from '../../processors/sampling/target.ts';
import type { Transport } from '../../runtime/transport.ts';
import { levels } from '../../schemas/hardness.ts';
import { topics } from '../../topologies/topics.ts';
import type { Accepts } from '../intake/data-sets.ts';
import { tail } from '../store/scan.ts';
import { backlogOf } from './backlog.ts';
import { codesOf, isProblemsEnd, type Letters, letterReader } from './letters/letters.ts';
import { type PartCounts, partCounts } from './parts.ts';
import { type Sampled, samplerState } from './sampler-state.ts';
import { unreadReader } from './unread.ts';

/** Where a problem can be: the first five on its way, the others at its end, `parked` until the target has room. */
export const states = [
  'unread',
  'scoring',
  'levelling',
  'sampling',
  'teaching',
  'emitted',
  'rejected',
  'unverifiable',
  'parked',
  'dead',
] as const;

export type State = (typeof states)[number];

export interface LevelCounts {
  /** Problems that the student showed at this level. */
  readonly problems: number;
  /** In [0, 1]; null where the supply is taken as it comes. */
  readonly share: number | null;
  /** How many are to be emitted; null for a continuous or natural target. */
  readonly quota: number | null;
  readonly parked: number;
  readonly teaching: number;
  readonly emitted: number;
  readonly failed: number;
  /** The teacher failed so often in a row that nothing more is admitted, of one part of the target at least. */
  readonly closed: boolean;
}

export interface Counts {
  /** Sum of `states`. */
  readonly problems: number;
  readonly states: Readonly<Record<State, number>>;
  /** False: `unread` is an upper bound. */
  readonly unreadIsExact: boolean;
  readonly levels: Readonly<Record<string, LevelCounts>>;
  /** Left out where the target has no parts. */
  readonly parts?: Readonly<Record<string, PartCounts>>;
  readonly target: TargetCounts;
  /** The student's answers to the problems that have a level, and how many of them were cut off or empty. */
  readonly answers: SamplerState['answers'];
  /** Problems by the score of their wrong answers, in twentieths of [0, 1]. */
  readonly scores: readonly number[];
  /** Letters that hold, by code; those of data files among them. */
  readonly deadLetters: Readonly<Record<string, number>>;
}

export interface TargetCounts {
  readonly records: number | null;
  readonly emitted: number;
  readonly admit: 'streaming' | 'after-grading' | null;
  readonly natural: boolean;
  /** Whether more problems are wanted from the source. */
  readonly intake: boolean;
  /** Why nothing more is admitted: `budget`, or what a stop said. */
  readonly halted: string | null;
}

export interface CountSettings {
  readonly transport: Transport;
  readonly run: string;
  readonly accepts: Accepts;
  /** See `unreadReader`. */
  readonly exactUpTo: number;
  /** See `backlogOf`: of what lies between two stages. */
  readonly backlogExactUpTo: number;
}

/** Counts where every problem of a run is, as of what is committed. Asked again, it reads only what is new. */
export const countReader = (settings: CountSettings): (() => Promise<Counts>) => {
  const { transport, run, backlogExactUpTo } = settings;
  const readLetters = letterReader(transport, run);
  const readUnread = unreadReader(settings);
  const readUnverifiable = tail(transport, topics.unverifiable.name);
  let unverifiable = 0;
  return async () => {
    const unread = await readUnread();
    const scoring = await backlogOf(transport, 'score', topics.graded.name, backlogExactUpTo);
    const levelling = await backlogOf(transport, 'level', topics.scored.name, backlogExactUpTo);
    const sampling = await backlogOf(transport, 'sample', topics.levelled.name, backlogExactUpTo);
    const state = await samplerState(transport);
    const parts = partCounts(state);
    const letters = await readLetters();
    await readUnverifiable(() => unverifiable++);
    const found: Record<State, number> = {
      unread: unread.count,
      scoring,
      levelling,
      sampling,
      teaching: total(state.open),
      emitted: total(state.emitted),
      rejected: Math.max(0, total(state.failed) - letters.failedAdmissions),
      unverifiable,
      parked: total(state.parked),
      dead: letters.standing.filter(isProblemsEnd).length,
    };
    return {
      problems: total(found),
      states: found,
      unreadIsExact: unread.exact,
      levels: levelCounts(state, letters),
      ...(parts && { parts }),
      target: targetCounts(state),
      answers: state.answers,
      scores: state.scores,
      deadLetters: codesOf(letters),
    };
  };
};

const levelCounts = (state: Sampled, { countedAgain }: Letters): Record<string, LevelCounts> => {
  const queues = new Map((state.target ? withoutParts(state.target).queues : []).map((queue) => [queue.queue, queue]));
  const bounded = state.target?.records != null && !state.target.natural;
  return Object.fromEntries(
    levels.map((level) => [
      level,
      {
        problems: ofLevel(state.levels, level) - countedAgain.filter((one) => one.level === level).length,
        share: queues.get(level)?.share ?? null,
        quota: bounded ? (queues.get(level)?.quota ?? 0) : null,
        parked: ofLevel(state.parked, level),
        teaching: ofLevel(state.open, level),
        emitted: ofLevel(state.emitted, level),
        failed: ofLevel(state.failed, level),
        closed: Object.keys(state.levels).some((place) => levelIn(place) === level && isClosed(state, place)),
      },
    ]),
  );
};

const targetCounts = ({ target, emitted, intake, halted }: Sampled): TargetCounts => ({
  records: target?.records ?? null,
  emitted: total(emitted),
  admit: target?.admit ?? null,
  natural: target?.natural ?? false,
  intake,
  halted,
});

const total = (counts: ByQueue | Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, one) => all + one, 0);
