import type { BatchNote } from '../wiring/batches.ts';
import type { ModelRole } from '../wiring/open-models.ts';
import type { ModelUsage } from '../wiring/usage/usage.ts';
import type { Counts } from './counts.ts';
import type { EndpointNote, StageNote, Work } from './notes/live-note.ts';
import { type Reason, reasonsOf } from './reasons.ts';

/** Where a run stands: what `sluice status --json` prints and what the live view draws. */
export interface Status extends Counts {
  readonly run: string;
  /** `idle`: no process works on the run. */
  readonly phase: 'running' | 'draining' | 'idle';
  readonly seconds: number | null;
  readonly stages: readonly StageNote[];
  readonly endpoints: readonly EndpointNote[];
  /** On their way at a batch API, or about to be. */
  readonly batches: readonly BatchNote[];
  readonly etaSeconds: number | null;
  readonly spent: Spent;
  /** What each stage and each endpoint waits for, where it does not work to its limit. */
  readonly waiting: readonly Reason[];
}

export interface Spent {
  readonly tokens: number;
  readonly cost: number;
  readonly requests: number;
  readonly ceilings: { readonly tokens: number | null; readonly cost: number | null };
  readonly models: Readonly<Partial<Record<ModelRole, ModelUsage>>>;
}

export interface StatusParts {
  readonly run: string;
  readonly counts: Counts;
  /** Null where no process works on the run. */
  readonly note: Work | null;
  readonly usage: Readonly<Partial<Record<ModelRole, ModelUsage>>>;
  readonly batches?: readonly BatchNote[];
  readonly budget: { readonly tokens?: number | undefined; readonly cost?: number | undefined } | undefined;
}

/** The same parts give the same status, whoever puts them together. */
export const statusOf = ({ run, counts, note, usage, batches = [], budget }: StatusParts): Status => {
  const phase = note === null || note.phase === 'ended' ? 'idle' : note.phase;
  const stages = note?.stages ?? [];
  const endpoints = phase === 'idle' ? [] : (note?.endpoints ?? []);
  return {
    run,
    phase,
    seconds: note?.seconds ?? null,
    ...counts,
    stages,
    endpoints,
    batches,
    etaSeconds: phase === 'idle' ? null : (note?.etaSeconds ?? null),
    spent: spentOf(usage, budget),
    waiting: phase === 'idle' ? [] : reasonsOf({ counts, stages, endpoints, draining: phase === 'draining' }),
  };
};

const spentOf = (usage: StatusParts['usage'], budget: StatusParts['budget']): Spent => {
  const all = Object.values(usage);
  const sum = (of: (one: ModelUsage) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    tokens: sum((one) => one.promptTokens + one.completionTokens),
    cost: sum((one) => one.cost),
    requests: sum((one) => one.requests),
    ceilings: { tokens: budget?.tokens ?? null, cost: budget?.cost ?? null },
    models: usage,
  };
};
