/** Why a model stopped: OpenAI's `finish_reason`, reduced to what the flow tells apart. */
export type Finish = 'stop' | 'length' | 'refused' | 'other';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ChatRequest {
  /** Id of the problem that the request is about; its journal entry lives in that problem's partition. */
  readonly problem: string;
  readonly messages: readonly Message[];
  /** Which of several independent samples of the same request this is, from 0. */
  readonly sample: number;
  /** Overrides the model's own limit (a truncated answer that is asked once more with more room). */
  readonly maxTokens?: number;
  /** The part of the problems whose budget pays for it too. */
  readonly part?: string;
}

export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompt's tokens, those that the endpoint had kept from before: cheaper at some. */
  readonly cachedTokens?: number;
  /** Of the completion's tokens, those of the thinking, where the endpoint counts them apart. */
  readonly reasoningTokens?: number;
}

export interface ChatReply {
  /** The thinking, without its tags; empty where the model showed none. */
  readonly reasoning: string;
  /** The answer after the thinking, without its tags. */
  readonly answer: string;
  readonly finish: Finish;
  readonly usage: Usage;
  /** Answered from the journal: nothing was sent and nothing is to be paid. */
  readonly journaled: boolean;
  /** Made by a rehearsal model. */
  readonly simulated: boolean;
}

/**
 * Asks a chat model once. Faults of the endpoint are waited out behind this port (retries, limiter, circuit breaker);
 * what rejects is an LlmError whose `disposition` says whether the record is to be dead-lettered or the run to be stopped,
 * or the signal's own reason.
 */
export type ChatModel = (request: ChatRequest, signal: AbortSignal) => Promise<ChatReply>;

/**
 * The same before a journal: where a call has to wait for its turn, it asks `known` then whether its answer is there by
 * now, from another process or another task of this one, and sends nothing where it is.
 */
export type Asking<Request, Reply> = (
  request: Request,
  signal: AbortSignal,
  known?: () => Promise<Reply | undefined>,
) => Promise<Reply>;

export interface ScoreRequest {
  readonly problem: string;
  readonly statement: string;
  /** The steps of one trajectory, in order; none is empty. */
  readonly steps: readonly string[];
  /** The reference answer; a judge gets it in its prompt, a process reward model does not. */
  readonly reference: string;
  /** Which of the student's attempts this trajectory is. */
  readonly sample: number;
}

export interface ScoreReply {
  /** One score a step, each in [0, 1], in the order of the request's steps. A judge gives one for the whole. */
  readonly scores: readonly number[];
  readonly usage: Usage;
  readonly journaled: boolean;
  readonly simulated: boolean;
}

/** Scores the steps of a trajectory: a process reward model, or a judge in its place. Rejects as ChatModel does. */
export type StepScorer = (request: ScoreRequest, signal: AbortSignal) => Promise<ScoreReply>;

/** A response as the journal keeps it: what a chat model said, or the scores of a scorer. */
export interface JournalEntry {
  readonly model: string;
  readonly reasoning: string;
  readonly answer: string;
  /** Null for scores. */
  readonly finish: Finish | null;
  readonly scores: readonly number[];
  readonly promptTokens: number;
  readonly completionTokens: number;
  readonly cachedTokens: number;
  readonly reasoningTokens: number;
  readonly cost: number;
  readonly simulated: boolean;
}

/**
 * Where responses are made durable before anything rests on them, so that none is paid for twice.
 * `problem` decides the partition, `key` is the hash of everything that shapes the response.
 */
export interface Journal {
  get(problem: string, key: string): Promise<JournalEntry | undefined>;
  /** Resolves when the entry would survive a crash of the process. */
  put(problem: string, key: string, entry: JournalEntry): Promise<void>;
}

/** Sends JSON to a server that is no model, and gives the JSON that it answers with. Rejects as ChatModel does. */
export type PostJson = (body: unknown, signal: AbortSignal) => Promise<unknown>;
