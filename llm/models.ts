import { chatModel } from './ask/chat.ts';
import { jsonCalls } from './ask/json-calls.ts';
import { type JudgeSettings, judgeKey, judgeScorer } from './ask/judge.ts';
import { type PrmSettings, prmKey, prmScorer } from './ask/prm.ts';
import { windowed } from './ask/windows.ts';
import { batchEndpoint } from './batch/batch-endpoint.ts';
import { batchedChat } from './batch/batched-chat.ts';
import type { BatchStore } from './batch/record.ts';
import type { BatchSettings } from './batch/settings.ts';
import type { Clock } from './clock.ts';
import { type Endpoint, type EndpointDeps, type EndpointState, endpoint } from './endpoint/endpoint.ts';
import { connect } from './http/connect/connection.ts';
import { chatKey } from './journal/journal-key.ts';
import { journaledChat, journaledScorer, recalledChat } from './journal/journaled.ts';
import type { Budget } from './money/budget.ts';
import type { ChatModel, ChatReply, ChatRequest, Journal, PostJson, StepScorer } from './port.ts';
import type { ChatSettings, EndpointSettings } from './settings.ts';

export interface ModelDeps {
  readonly journal: Journal;
  readonly budget?: Budget | undefined;
  /** Where declared rates are shared with the other processes of a run. */
  readonly claims?: EndpointDeps['claims'];
  /** Where batches are kept, and what comes for nobody is counted. */
  readonly batches?:
    | { readonly store: BatchStore; readonly worker: string; readonly unclaimed: (reply: ChatReply) => void }
    | undefined;
  readonly clock?: Clock | undefined;
  /** HTTP, unless something else is put in its place. */
  readonly connect?: EndpointDeps['connect'];
  /** Called when the endpoint pauses, resumes or changes its limit, with the reason. */
  readonly observe?: ((state: EndpointState) => void) | undefined;
}

/** Streamed answers tell a silent endpoint from a thinking one (teacher); plain ones cost less (student). */
export type ChatModelSettings = EndpointSettings &
  ChatSettings & { readonly stream: boolean; readonly batch?: BatchSettings | undefined };

export interface OpenChatModel {
  readonly ask: ChatModel;
  /** The reply to this very request if it was ever received; nothing is sent. */
  readonly recall: (request: ChatRequest) => Promise<ChatReply | undefined>;
  readonly endpoint: Endpoint;
}

/** The whole of a chat model: journal over budget, limiter and retries over HTTP. */
export const openChatModel = (settings: ChatModelSettings, deps: ModelDeps): OpenChatModel => {
  const { batch } = settings;
  if (batch && deps.batches) return openBatched({ ...settings, batch }, deps, deps.batches);
  const door = endpoint(settings, deps);
  const key = chatKey(settings);
  const model = chatModel(settings, { endpoint: door, stream: settings.stream });
  return { ask: journaledChat(model, key, entriesOf(settings, deps)), recall: recalledChat(key, deps), endpoint: door };
};

/** The same over a batch API, which puts into the journal itself what it fetches. */
const openBatched = (
  settings: ChatModelSettings & { readonly batch: BatchSettings },
  deps: ModelDeps,
  { store, worker, unclaimed }: NonNullable<ModelDeps['batches']>,
): OpenChatModel => {
  const { journal, budget, clock } = deps;
  const connection = (deps.connect ?? connect)(settings);
  const role = settings.account ?? settings.model;
  const batched = batchedChat(settings, { role, worker, store, connection, journal, budget, clock, unclaimed });
  const key = chatKey(settings);
  const fetched: Journal = { get: journal.get, put: async () => {} };
  const ask = journaledChat(batched.ask, key, entriesOf(settings, { ...deps, journal: fetched }));
  return { ask, recall: recalledChat(key, deps), endpoint: batchEndpoint(settings, batched) };
};

export type ScorerSettings = EndpointSettings &
  (
    | ({ readonly kind: 'prm'; readonly windowTokens?: number | undefined } & PrmSettings)
    | ({ readonly kind: 'judge' } & JudgeSettings)
  );

/** Qwen2.5-Math-PRM's context: beyond it its scores are no longer accurate. */
const defaultWindow = 4096;

/** The whole of a scorer: windows over journal over budget, limiter and retries over HTTP. */
export const openScorer = (
  settings: ScorerSettings,
  deps: ModelDeps,
): { readonly score: StepScorer; readonly endpoint: Endpoint } => {
  const door = endpoint(settings, deps);
  const entries = entriesOf(settings, deps);
  if (settings.kind === 'judge') {
    return {
      score: journaledScorer(judgeScorer(settings, { endpoint: door }), judgeKey(settings), entries),
      endpoint: door,
    };
  }
  const scorer = journaledScorer(prmScorer(settings, { endpoint: door }), prmKey(settings), entries);
  return { score: windowed(scorer, settings.windowTokens ?? defaultWindow), endpoint: door };
};

/** A server that is no model and is asked in JSON, such as a grader. */
export const openJsonServer = (
  settings: EndpointSettings & { readonly timeoutSeconds: number },
  deps: Pick<ModelDeps, 'clock' | 'connect' | 'observe'> = {},
): { readonly post: PostJson; close(): Promise<void> } => {
  const door = endpoint(settings, deps);
  return { post: jsonCalls(door, settings.timeoutSeconds), close: door.close };
};

const entriesOf = ({ model, price }: EndpointSettings, { journal, clock }: ModelDeps) => ({
  ...{ journal, model, price, clock },
});
