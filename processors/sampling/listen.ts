import type { Asked, Command, Drained, Tagged } from '../../runtime/topology.ts';
import type { Control, Levelled, Outcome } from '../../schemas/types.ts';
import { add, withCount } from './counts.ts';
import { withOutcome } from './failure-windows.ts';
import { partIn, placeOf } from './places.ts';
import { addTo, orderingOf, orderOf, putBack, queueOf } from './queues.ts';
import { withScore } from './score-bins.ts';
import { noted, type SamplerState } from './state.ts';
import { readTarget } from './target.ts';

export interface SamplerInputs {
  levelled: Levelled;
  outcomes: Outcome;
  control: Control;
}

type Word = Tagged<SamplerInputs> | Drained<SamplerInputs> | Asked;

/** What the word says, without any decision: a problem is parked, an outcome is settled, a target is set. */
export const listen = (
  state: SamplerState,
  word: Word,
  hash: (text: string) => string,
  commands: Command[],
): SamplerState => {
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
  outcome: Outcome,
  hash: (text: string) => string,
  commands: Command[],
): SamplerState => {
  const { id, level, admission, became } = outcome;
  const isReturned = becameParked(became);
  const state = isReturned ? putBack(before, commands) : before;
  const place = placeOf(state.by, level, outcome);
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
    const streak = withCount(state.streak, place, 0);
    return { ...state, open, fifties, emitted: add(state.emitted, place, 1), streak };
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
