import { costOf } from '../../../llm/money/prices.ts';
import type { Usage } from '../../../llm/port.ts';
import type { Price } from '../../../llm/settings.ts';
import type { RecordedAnswers } from '../../../processors/recorded.ts';

/** What one model has cost this run. */
export interface ModelUsage {
  readonly requests: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompt's tokens, those that the endpoint had kept. */
  readonly cachedTokens: number;
  /** Of the completion's tokens, those of the thinking, where the endpoint counts them. */
  readonly reasoningTokens: number;
  readonly cost: number;
  /** Answers that the journal had. */
  readonly journalHits: number;
  /** Answers that were taken from files of recorded ones. */
  readonly recorded: number;
}

/** By the model's role; one that was never asked may be left out. */
export type UsageByRole<Role extends string> = Readonly<Partial<Record<Role, ModelUsage>>>;

export const noUsage: ModelUsage = {
  requests: 0,
  promptTokens: 0,
  completionTokens: 0,
  cachedTokens: 0,
  reasoningTokens: 0,
  cost: 0,
  journalHits: 0,
  recorded: 0,
};

/** Counts what passes through a model; answers from the journal cost nothing. */
export const usageMeter = (price: Price, before: ModelUsage = noUsage) => {
  let now = before;
  const count = ({ usage, journaled }: { usage: Usage; journaled: boolean }): void => {
    if (journaled) {
      now = { ...now, journalHits: now.journalHits + 1 };
      return;
    }
    const { cost } = costOf(price, usage);
    const spent = { cachedTokens: 0, reasoningTokens: 0, ...usage, cost };
    now = { ...now, ...addSpent(now, spent), requests: now.requests + 1 };
  };
  return {
    now: () => now,
    /** Counts a reply that passed elsewhere. */
    count,
    /** Counts each answer that is read. */
    overRecorded:
      (recorded: RecordedAnswers): RecordedAnswers =>
      (problem) =>
        recorded(problem).map((read) => () => {
          now = { ...now, recorded: now.recorded + 1 };
          return read();
        }),
    over:
      <Request, Reply extends { usage: Usage; journaled: boolean }>(
        model: (request: Request, signal: AbortSignal) => Promise<Reply>,
      ) =>
      async (request: Request, signal: AbortSignal): Promise<Reply> => {
        const reply = await model(request, signal);
        count(reply);
        return reply;
      },
    /** Counts what is recalled from the journal without a call. */
    overRecall:
      <Request, Reply extends { usage: Usage; journaled: boolean }>(
        recall: (request: Request) => Promise<Reply | undefined>,
      ) =>
      async (request: Request): Promise<Reply | undefined> => {
        const reply = await recall(request);
        if (reply) count(reply);
        return reply;
      },
  };
};

export type UsageMeter = ReturnType<typeof usageMeter>;

/** What several processes have cost together. */
export const sumUsage = <Role extends string>(all: readonly UsageByRole<Role>[]): UsageByRole<Role> => {
  const sums: Partial<Record<Role, ModelUsage>> = {};
  for (const one of all) {
    for (const [role, usage] of Object.entries(one) as [Role, ModelUsage][]) {
      sums[role] = together(sums[role] ?? noUsage, usage);
    }
  }
  return sums;
};

type Spent = Pick<ModelUsage, 'promptTokens' | 'completionTokens' | 'cachedTokens' | 'reasoningTokens' | 'cost'>;

/** Tokens and money of both. */
export const addSpent = (a: Spent, b: Spent): Spent => ({
  promptTokens: a.promptTokens + b.promptTokens,
  completionTokens: a.completionTokens + b.completionTokens,
  cachedTokens: a.cachedTokens + b.cachedTokens,
  reasoningTokens: a.reasoningTokens + b.reasoningTokens,
  cost: a.cost + b.cost,
});

const together = (a: ModelUsage, b: ModelUsage): ModelUsage => ({
  ...addSpent(a, b),
  requests: a.requests + b.requests,
  journalHits: a.journalHits + b.journalHits,
  recorded: a.recorded + b.recorded,
});
