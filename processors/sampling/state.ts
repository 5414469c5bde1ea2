import { orderedBy, type Standing } from './admissible.ts';
import type { Counts } from './counts.ts';
import type { Fifties } from './failure-windows.ts';
import type { PartsBy } from './places.ts';
import { noScores } from './score-bins.ts';

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

/** Of this shape, and of none before: raised with every change of `SamplerState`. */
export const STATE_FORM = 1;

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

/** What is known now of the admissions of a place, where they are told apart by their order. */
export const noted = (
  { target, fifties }: SamplerState,
  place: string,
  change: (before: Fifties) => Fifties,
): SamplerState['fifties'] => {
  const order = orderedBy(target, place);
  return order === null ? fifties : { ...fifties, [order]: change(fifties[order] ?? []) };
};
