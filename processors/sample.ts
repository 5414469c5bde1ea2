import type { Command, Drained, Fold, Tagged } from '../runtime/topology.ts';
import type { Admitted, Control, Levelled, Outcome } from '../schemas/types.ts';
import { admissible, isClosed, live, type Standing } from './admissible.ts';
import { add, type Counts, count } from './counts.ts';
import type { Target } from './target.ts';

export interface SamplerInputs {
  levelled: Levelled;
  outcomes: Outcome;
  control: Control;
}

/** What the sampler has counted; plain JSON. A queue is a level, or `all` for a natural target. */
export interface SamplerState extends Standing {
  /** Settled without a verified record, by queue. */
  readonly failed: Counts;
  /** How many problems have come, for the order of those that wait. */
  readonly arrivals: number;
  /** Of those, how many the student got right. */
  readonly right: number;
  /** By level, for whoever reports: all that came, and what became of those let through. */
  readonly levels: Counts;
  readonly emittedLevels: Counts;
  readonly failedLevels: Counts;
  readonly intake: boolean;
}

export interface SamplerCapabilities {
  /** A hash as text of even length, for an order that the seed alone decides. */
  readonly hash: (text: string) => string;
}

/** Commands of one step, so that what it lets through fits into memory; the engine asks again. */
const MOST_AT_ONCE = 500;

export const initialState: SamplerState = {
  target: null,
  parked: {},
  open: {},
  emitted: {},
  failed: {},
  streak: {},
  arrivals: 0,
  right: 0,
  levels: {},
  emittedLevels: {},
  failedLevels: {},
  drained: false,
  intake: true,
  halted: null,
};

/**
 * Lets problems through so that what the teacher answers follows the target (paper, section 3.2: DB_sample). When the
 * teacher fails, the place is free again: the emitted records follow the target, not the admissions.
 */
export const sample = ({ hash }: SamplerCapabilities): Fold<SamplerInputs, SamplerState, Admitted, 'levelled'> => ({
  initial: initialState,
  parks: 'levelled',
  step: (state, input) => {
    const commands: Command[] = [];
    const heard = listen(state, input, hash, commands);
    const admitted = letThrough(heard, 'from' in input && input.from === 'levelled', commands);
    return { state: steer(admitted, 'drained' in input, commands), commands };
  },
  release: (levelled, admission) => ({ levelled, admission }),
});

/** What the input says, without any decision: a problem is parked, an outcome is settled, a target is set. */
const listen = (
  state: SamplerState,
  input: Tagged<SamplerInputs> | Drained<SamplerInputs>,
  hash: (text: string) => string,
  commands: Command[],
): SamplerState => {
  if ('drained' in input) return { ...state, drained: true };
  if (input.from === 'levelled') return arrive(state, input.record, hash, commands);
  if (input.from === 'outcomes') return settle(state, input.record, commands);
  return obey(state, input.record);
};

const arrive = (
  state: SamplerState,
  { level, scored }: Levelled,
  hash: (text: string) => string,
  commands: Command[],
): SamplerState => {
  const { target } = state;
  const queue = queueOf(target, level);
  const order =
    target?.admit === 'after-grading'
      ? hash(`${target.seed}/${scored.graded.problem.id}`)
      : String(state.arrivals).padStart(12, '0');
  commands.push({ do: 'park', queue, order });
  return {
    ...state,
    parked: add(state.parked, queue, 1),
    arrivals: state.arrivals + 1,
    right: state.right + (scored.graded.verdict === 'right' ? 1 : 0),
    levels: add(state.levels, level, 1),
    drained: false,
  };
};

const settle = (state: SamplerState, { id, level, became }: Outcome, commands: Command[]): SamplerState => {
  const queue = queueOf(state.target, level);
  const open = add(state.open, queue, -1);
  if (became === 'returned') {
    commands.push({ do: 'settle', key: id, park: queue });
    return { ...state, open, parked: add(state.parked, queue, 1), halted: 'budget' };
  }
  commands.push({ do: 'settle', key: id });
  if (became === 'emitted') {
    const emitted = add(state.emitted, queue, 1);
    const streak = { ...state.streak, [queue]: 0 };
    return { ...state, open, emitted, streak, emittedLevels: add(state.emittedLevels, level, 1) };
  }
  const failed = add(state.failed, queue, 1);
  return {
    ...state,
    open,
    failed,
    streak: add(state.streak, queue, 1),
    failedLevels: add(state.failedLevels, level, 1),
  };
};

const obey = (state: SamplerState, { kind, settings }: Control): SamplerState => {
  if (kind === 'target' && settings)
    return { ...state, target: JSON.parse(settings) as Target, halted: null, streak: {} };
  if (kind === 'stop') return { ...state, halted: settings ?? 'stopped' };
  return state;
};

/** Lets through whatever the target has room for. */
const letThrough = (state: SamplerState, arrived: boolean, commands: Command[]): SamplerState => {
  let now = state;
  for (let decided = 0; decided < MOST_AT_ONCE; decided++) {
    const queue = admissible(now);
    if (queue === null) break;
    const parked = commands[0];
    // The record of this very step need not go by way of the disk.
    if (arrived && decided === 0 && parked?.do === 'park' && parked.queue === queue && count(now.parked, queue) === 1) {
      commands[0] = { do: 'admit' };
    } else commands.push({ do: 'unpark', queue });
    now = { ...now, parked: add(now.parked, queue, -1), open: add(now.open, queue, 1) };
  }
  return now;
};

/** Opens and closes the intake, and ends the sampling when nothing can follow. */
const steer = (state: SamplerState, told: boolean, commands: Command[]): SamplerState => {
  const intake = wantsMore(state);
  if (intake !== state.intake) commands.push({ do: 'intake', open: intake });
  const idle = Object.values(state.open).every((count) => count === 0);
  if (told && state.target && idle && (!intake || admissible(state) === null)) commands.push({ do: 'finish' });
  return intake === state.intake ? state : { ...state, intake };
};

const wantsMore = (state: SamplerState): boolean => {
  const { target, halted } = state;
  if (halted) return false;
  if (!target || target.records === null || target.admit === 'after-grading') return true;
  return target.queues.some(({ queue, quota }) => !isClosed(state, queue) && live(state, queue) < quota);
};

const queueOf = (target: Target | null, level: string): string => (target?.natural ? 'all' : level);
