import { asksAgain, type Command, type Fold, type Known } from '../runtime/topology.ts';
import type { Admitted, Outcome } from '../schemas/types.ts';
import { admissible, isClosed, isFull, live, redistributed } from './sampling/admissible.ts';
import { announceNext } from './sampling/ahead.ts';
import { add, count, sum } from './sampling/counts.ts';
import { withAdmission } from './sampling/failure-windows.ts';
import { listen, type SamplerInputs } from './sampling/listen.ts';
import { type PartsBy, partIn, placesOf } from './sampling/places.ts';
import { addTo, countIn, earliestOf, frontOf, misplaced, moveInto, queueOf } from './sampling/queues.ts';
import { initialState, noted, type SamplerState, STATE_FORM } from './sampling/state.ts';

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

/**
 * Lets problems through so that what the teacher answers follows the target (paper, section 3.2: DB_sample). When the
 * teacher fails, the place is free again: the emitted records follow the target, not the admissions.
 */
export const sample = ({
  hash,
  by = null,
  ahead = 0,
}: SamplerCapabilities): Fold<SamplerInputs, SamplerState, Admitted, 'levelled'> => ({
  form: STATE_FORM,
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
    // What is still to be moved may come before whoever seems to be next: the engine asks again.
    const mayTell = ahead > 0 && commands.every(({ do: what }) => what !== 'move');
    const told = mayTell ? announceNext(admitted, known, { most: ahead, commands }) : admitted;
    steer(told, { before: known.intake, drained: 'drained' in word }, commands);
    return { state: told, commands };
  },
  release: (levelled, admission) => ({ ...levelled, admission: admission ?? -1, ahead: admission === null }),
});

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
  const parts: (string | null)[] = [];
  for (let decided = 0; decided < MOST_AT_ONCE; ) {
    const place = admissible(now, earliestOf(now, known));
    if (place === null) {
      const next = nextRound(now);
      if (next === now) break;
      now = next;
      continue;
    }
    if (state.target?.natural) {
      const part = partIn(place);
      if (parts.includes(part)) break;
      parts.push(part);
    }
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
  if (drained && state.target && sum(state.open) === 0 && !commands.some(asksAgain)) commands.push({ do: 'finish' });
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
