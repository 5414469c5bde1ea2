import { adaptation } from '../ask/adaptation.ts';
import { systemClock } from '../clock.ts';
import { LlmError } from '../errors.ts';
import { chatKey } from '../journal/journal-key.ts';
import { noCost } from '../money/prices.ts';
import type { ChatModel } from '../port.ts';
import { takeUp, waitFor } from './gather.ts';
import { batchServer } from './protocol.ts';
import { rowId } from './record.ts';
import type { BatchDeps, BatchedSettings, Standing } from './standing.ts';
import { recordsOf } from './submit.ts';

export interface BatchedChat {
  /** Resolves when the answer is in the journal, perhaps hours later. Rejects as the port says. */
  readonly ask: ChatModel;
  /** Requests that wait for a batch to go, and those on their way. */
  counts(): { readonly gathered: number; readonly underway: number; readonly answered: number };
  /** Sends nothing more. What a batch has goes on at the server, and the next start takes it up. */
  drain(): void;
  close(): Promise<void>;
}

/**
 * A chat model behind a batch API (OpenAI's files and batches, as Azure and others speak it): requests gather by count
 * and time, go as one file, and their answers are fetched when the server is done. A batch is on record before each step
 * that another start could not repeat without paying twice: before it is uploaded, and with its id before anything waits
 * on it. A start takes up what earlier ones left, and finds a batch whose id was lost by its mark.
 */
export const batchedChat = (settings: BatchedSettings, deps: BatchDeps): BatchedChat => {
  const standing: Standing = {
    settings,
    deps,
    clock: deps.clock ?? systemClock,
    server: batchServer(deps.connection),
    adapted: adaptation(settings.extraBody),
    draining: new AbortController(),
    asked: new Map(),
    gathered: new Set(),
    underway: new Map(),
    following: new Map(),
    timer: null,
    answered: 0,
  };
  const key = chatKey(settings);
  // At once: others may wait for what an earlier life of this process began.
  const ready = takeUpAll(standing);
  ready.catch(() => {});
  return {
    ask: async (request, signal) => {
      await ready;
      return waitFor(standing, request, key(request), signal);
    },
    counts: () => ({
      gathered: standing.gathered.size,
      underway: standing.underway.size,
      answered: standing.answered,
    }),
    drain: () => drain(standing),
    close: async () => {
      drain(standing);
      await Promise.allSettled(standing.following.values());
      await deps.connection.close();
    },
  };
};

const drain = ({ settings, draining, asked, gathered }: Standing): void => {
  if (draining.signal.aborted) return;
  const error = new LlmError('draining', `batches of ${settings.model} go on without this process`);
  draining.abort(error);
  for (const one of gathered) one.reservation?.settle(noCost);
  gathered.clear();
  for (const one of asked.values()) one.reject(error);
  asked.clear();
};

/** Takes up the batches that are on record, whoever left them. */
const takeUpAll = async (standing: Standing): Promise<void> => {
  for (const record of await recordsOf(standing)) {
    if (standing.following.has(record.mark)) continue;
    for (const row of record.rows) standing.underway.set(rowId(row), record.mark);
    takeUp(standing, record);
  }
};
