import type { Level } from '../../schemas/types.ts';
import { addSpent } from '../wiring/usage/usage.ts';

/** What was spent on one problem with one model; sums over its calls. */
export interface Spending {
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number;
  readonly reasoningTokens: number;
  readonly cost: number;
  /** The same at the prices of its batch API. */
  readonly batchCost: number;
  /** That its calls took, one after another; null where an answer came from the journal and nobody knows. */
  readonly seconds: number | null;
}

/** The stages that cost. */
export type PaidStage = 'grade' | 'score' | 'generate';

/** A model at its stage: what a forecast has a row of. */
export interface Row {
  readonly stage: PaidStage;
  readonly model: string;
}

/** What the pilot has seen of one problem. */
export interface Observed {
  /** Null where it has none: its reference cannot be read, or it is a dead letter. */
  readonly level: Level | null;
  /** Whether its record was emitted; null where the teacher was not asked. */
  readonly emitted: boolean | null;
  /** By the name of the row. */
  readonly spent: ReadonlyMap<string, Spending>;
}

export const rowName = ({ stage, model }: Row): string => `${stage} ${model}`;

export const noSpending: Spending = {
  calls: 0,
  promptTokens: 0,
  completionTokens: 0,
  cachedTokens: 0,
  reasoningTokens: 0,
  cost: 0,
  batchCost: 0,
  seconds: 0,
};

export const addSpending = (a: Spending, b: Spending): Spending => ({
  ...addSpent(a, b),
  calls: a.calls + b.calls,
  batchCost: a.batchCost + b.batchCost,
  seconds: a.seconds === null || b.seconds === null ? null : a.seconds + b.seconds,
});
