import {
  type Asked,
  asksAgain,
  type Command,
  type Drained,
  type Fold,
  type Known,
  type Tagged,
} from '../runtime/topology.ts';
import type { Admitted, Control, Levelled, Outcome } from '../schemas/types.ts';
import { admissible, isClosed, isFull, live, orderedBy, redistributed, type Standing } from './sampling/admissible.ts';
import { announceNext } from './sampling/ahead.ts';
import { add, type Counts, count, sum } from './sampling/counts.ts';
import { type Fifties, withAdmission, withOutcome } from './sampling/failure-windows.ts';
import { type PartsBy, partIn, placeOf, placesOf } from './sampling/places.ts';
import {
  addTo,
  countIn,
  earliestOf,
  frontOf,
  misplaced,
  moveInto,
  orderingOf,
  orderOf,
  putBack,
  queueOf,
} from './sampling/queues.ts';
import { noScores, withScore } from './sampling/score-bins.ts';
import { readTarget } from './sampling/target.ts';

export interface SamplerInputs {
  levelled: Levelled;
  outcomes: Outcome;
  control: Control;
}

/** What the sampler has counted, by place: by level, crossed with the parts of the target; plain JSON. */
export interface SamplerState extends Standing {
  /** What the parts of the run's targets are; null: they have none. */
  readonly by: PartsBy | null;
  /** Settled without a verified record. */
  readonly failed: Counts;
  /** How many problems have come, for the order of those that wait. */
  readonly arrivals: number;
  /** Of those, how many the student got right. */
  readonly right: number;
  /** The student's answers to what came, and how many of them were cut off or empty. */
  readonly answers: { readonly attempts: number; readonly truncated: number; readonly empty: number };
  /** The scores of what came, in twentieths of [0, 1]. */
  readonly scores: readonly number[];
  /** All that came. */
  readonly levels: Counts;
}

export interface SamplerCapabilities {
  /** A hash as text of even length, for an order that the seed alone decides. */
  readonly hash: (text: string) => string;
  /** What the parts of the run's targets are, for good: a problem is counted under its part from the first on. */
  readonly by?: PartsBy | null;
  /** How many of those that are next in turn the teacher may be told of, at most; left out: none. */
  readonly ahead?: number;
}

/** Commands of one step, so that what it lets through fits into memory; the engine asks again. */
const MOST_AT_ONCE = 100;

export const initialState: SamplerState = {
  by: null,
  target: null,
  waiting: {},
  open: {},
  emitted: {},
  failed: {},
  streak: {},
  fifties: {},
  quotas: null,
  arrivals: 0,
  right: 0,
  answers: { attempts: 0, truncated: 0, empty: 0 },
  scores: noScores,
  levels: {},
  drained: false,
  halted: null,
  spent: [],
};

type Word = Tagged<SamplerInputs> | Drained<SamplerInputs> | Asked;

/**
 * Lets problems through so that what the teacher answers follows the target (paper, section 3.2: DB_sample). When the
 * teacher fails, the place is free again: the emitted records follow the target, not the admissions.
 */
export const sample = ({
  hash,
  by = null,
  ahead = 0,
}: SamplerCapabilities): Fold<SamplerInputs, SamplerState, Admitted, 'levelled'> => ({
  initial: { ...initialState, by },
  parks: 'levelled',
  settles: { input: 'outcomes', key: ({ id }: Outcome) => id },
  step: (state, word, known) => {
    const commands: Command[] = [];
    const heard = listen(state, word, hash, commands);
    // Of several targets that were said only the last is meant.
    if ('from' in word && word.from === 'control' && word.more) return { state: heard, commands };
    // Whose turn it is among several levels is told by the heads, which are those of before the step: the engine asks again.
    if (heard.target?.natural && commands.some(asksAgain)) {
      steer(heard, { before: known.intake, drained: false }, commands);
      return { state: heard, commands };
    }
    const admitted = letThrough(heard, known, hash, commands);
    const told = ahead > 0 ? announceNext(admitted, known, { most: ahead, commands }) : admitted;
    steer(told, { before: known.intake, drained: 'drained' in word }, commands);
    return { state: told, commands };
  },
  release: (levelled, admission) => ({ ...levelled, admission: admission ?? -1, ahead: admission === null }),
});

/** What the word says, without any decision: a problem is parked, an outcome is settled, a target is set. */
const listen = (state: SamplerState, word: Word, hash: (text: string) => string, commands: Command[]): SamplerState => {
  if ('asked' in word) return state;
  if ('drained' in word) return { ...state, drained: true };
  if (word.from === 'levelled') return arrive(state, word.record, hash, commands);
  if (word.from === 'outcomes') return settle(state, word.record, hash, commands);
  return obey(state, word.record, commands);
};

const arrive = (
  before: SamplerState,
  { problem, grade, score, level }: Levelled,
  hash: (text: string) => string,
  commands: Command[],
): SamplerState => {
  const place = placeOf(before.by, level, { domain: problem.domain, dataset: problem.source.dataset });
  const ordering = orderingOf(before.target);
  const order = orderOf(before.target, { id: problem.id, arrival: before.arrivals, hash });
  commands.push({ do: 'park', queue: queueOf(place, ordering), order });
  // One that comes late may be the first in the order of the seed.
  const state = before.target?.admit === 'after-grading' ? putBack(before, commands) : before;
  return {
    ...state,
    waiting: addTo(state.waiting, place, ordering, 1),
    arrivals: state.arrivals + 1,
    right: state.right + (grade.verdict === 'right' ? 1 : 0),
    answers: {
      attempts: state.answers.attempts + grade.attempts,
      truncated: state.answers.truncated + grade.truncated,
      empty: state.answers.empty + grade.empty,
    },
    scores: withScore(state.scores, score),
    levels: add(state.levels, place, 1),
    drained: false,
  };
};

const settle = (
  before: SamplerState,
  { id, level, admission, became, ...origin }: Outcome,
  hash: (text: string) => string,
  commands: Command[],
): SamplerState => {
  const isReturned = becameParked(became);
  const state = isReturned ? putBack(before, commands) : before;
  const place = placeOf(state.by, level, origin);
  const open = add(state.open, place, -1);
  const didFail = became !== 'emitted' && !isReturned;
  const fifties = noted(state, place, (some) => withOutcome(some, admission, didFail));
  if (isReturned) {
    // Before its peers: its turn had come.
    const order = state.target?.admit === 'after-grading' ? orderOf(state.target, { id, arrival: 0, hash }) : '';
    const ordering = orderingOf(state.target);
    commands.push({ do: 'settle', key: id, park: { queue: queueOf(place, ordering), order } });
    const waiting = addTo(state.waiting, place, ordering, 1);
    return { ...state, open, fifties, waiting, ...endOfMoney(state, became, partIn(place)) };
  }
  commands.push({ do: 'settle', key: id });
  if (became === 'emitted') {
    return { ...state, open, fifties, emitted: add(state.emitted, place, 1), streak: { ...state.streak, [place]: 0 } };
  }
  return { ...state, open, fifties, failed: add(state.failed, place, 1), streak: add(state.streak, place, 1) };
};

/** It was given back for want of money, and waits again. */
export const becameParked = (became: Outcome['became']): boolean => became === 'returned' || became === 'unaffordable';

/** The run's money has ended, or that of one part, whose others go on. */
const endOfMoney = (
  { spent }: SamplerState,
  became: Outcome['became'],
  part: string | null,
): Pick<SamplerState, 'halted'> | Pick<SamplerState, 'spent'> => {
  if (became !== 'unaffordable' || part === null) return { halted: 'budget' };
  return { spent: spent.includes(part) ? spent : [...spent, part] };
};

/** Whoever lets in more, or asks for something else, makes what was drained open again; the engine will say. */
const obey = (state: SamplerState, { kind, settings }: Control, commands: Command[]): SamplerState => {
  if (kind === 'target' && settings) {
    const target = readTarget(settings, state.by);
    return {
      ...putBack(state, commands),
      target,
      halted: null,
      spent: [],
      streak: {},
      fifties: {},
      quotas: null,
      drained: false,
    };
  }
  if (kind === 'stop') return { ...state, halted: settings ?? 'stopped' };
  if (kind === 'sealed' || kind === 'intake') return { ...state, drained: false };
  return state;
};

/** Lets through what the target has room for, or brings those that wait into its order first. */
const letThrough = (
  state: SamplerState,
  known: Known,
  hash: (text: string) => string,
  commands: Command[],
): SamplerState => {
  if (state.target?.admit === 'after-grading' && state.drained) {
    const wrong = misplaced(state);
    if (wrong) return moveInto(state, wrong, { most: MOST_AT_ONCE, hash, commands });
  }
  let now = state;
  // The heads are those of before the step: a natural target has but one decision on them, in each part.
  const parts = new Set<string | null>();
  for (let decided = 0; decided < MOST_AT_ONCE; ) {
    const place = admissible(now, earliestOf(now, known));
    if (place === null) {
      const next = nextRound(now);
      if (next === now) break;
      now = next;
      continue;
    }
    if (state.target?.natural && parts.has(partIn(place))) break;
    parts.add(partIn(place));
    now = admit(now, place, known.admissions + decided, commands);
    decided++;
  }
  return now;
};

const admit = (state: SamplerState, place: string, admission: number, commands: Command[]): SamplerState => {
  const ordering = frontOf(state, place) as string;
  const queue = queueOf(place, ordering);
  const parked = commands[0];
  // The record of this very step need not go by way of the disk.
  if (
    commands.length === 1 &&
    parked?.do === 'park' &&
    parked.queue === queue &&
    countIn(state, place, ordering) === 1
  ) {
    commands[0] = { do: 'admit' };
  } else commands.push({ do: 'unpark', queue });
  return {
    ...state,
    waiting: addTo(state.waiting, place, ordering, -1),
    open: add(state.open, place, 1),
    fifties: noted(state, place, (before) => withAdmission(before, admission)),
  };
};

const noted = (
  { target, fifties }: SamplerState,
  place: string,
  change: (before: Fifties) => Fifties,
): SamplerState['fifties'] => {
  const order = orderedBy(target, place);
  return order === null ? fifties : { ...fifties, [order]: change(fifties[order] ?? []) };
};

/**
 * After grading, what dry queues leave open is redistributed only when nothing is open: then the outcome rests on the
 * answers alone and not on their timing.
 */
const nextRound = (state: SamplerState): SamplerState => {
  const { target, drained, halted } = state;
  if (target?.admit !== 'after-grading' || target.onShortfall !== 'redistribute' || target.records === null)
    return state;
  if (!drained || halted || target.natural || isFull(state) || sum(state.open) > 0) return state;
  const quotas = redistributed(state, target);
  const before = state.quotas;
  if (before && target.queues.every(({ queue }) => count(before, queue) === count(quotas, queue))) return state;
  return { ...state, quotas };
};

/** Opens and closes the intake, and ends the sampling when nothing can follow. */
const steer = (
  state: SamplerState,
  { before, drained }: { before: boolean; drained: boolean },
  commands: Command[],
): void => {
  const intake = wantsMore(state);
  if (intake !== before) commands.push({ do: 'intake', open: intake });
  const isStill = commands.every((command) => !asksAgain(command));
  if (drained && state.target && isStill && sum(state.open) === 0) commands.push({ do: 'finish' });
};

const wantsMore = (state: SamplerState): boolean => {
  const { target, halted } = state;
  if (halted) return false;
  if (!target || target.records === null || target.admit === 'after-grading') return true;
  if (isFull(state)) return false;
  return target.queues.some(
    ({ queue, quota }) => live(state, queue) < quota && placesOf(queue).some((place) => !isClosed(state, place)),
  );
};
