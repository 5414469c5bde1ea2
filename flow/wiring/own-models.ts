import { chatKey, digest } from '../../llm/journal/journal-key.ts';
import { journaledChat, journaledScorer, recalledChat } from '../../llm/journal/journaled.ts';
import type { ChatModel, ChatReply, ChatRequest, Journal, ScoreRequest, StepScorer } from '../../llm/port.ts';
import type { ChatSettings } from '../../llm/settings.ts';

/** A model of one's own, in place of an endpoint: the answer, or a reply with its reasoning and usage. */
export type OwnModel = (request: ChatRequest, signal: AbortSignal) => Promise<string | OwnReply>;

export type OwnReply = Pick<ChatReply, 'answer'> & Partial<Omit<ChatReply, 'answer' | 'journaled'>>;

/** A scorer of one's own: a number in [0, 1] for each step. */
export type OwnScorer = (request: ScoreRequest, signal: AbortSignal) => Promise<readonly number[]>;

export interface OwnModels {
  readonly student?: OwnModel;
  readonly teacher?: OwnModel;
  readonly scorer?: OwnScorer;
}

/** The same behind the journal: what it answered once is never asked again. */
export const ownChat = (own: OwnModel, settings: ChatSettings, journal: Journal) => {
  const key = chatKey(settings);
  const model: ChatModel = async (request, signal) => replyOf(await foreseen(own(request, signal), signal));
  return {
    ask: journaledChat(model, key, { journal, model: settings.model }),
    recall: recalledChat(key, { journal }),
    endpoint: null,
  };
};

export const ownScorer = (own: OwnScorer, model: string, journal: Journal): StepScorer => {
  const score: StepScorer = async (request, signal) => {
    const scores = await foreseen(own(request, signal), signal);
    if (scores.length !== request.steps.length || !scores.every((one) => one >= 0 && one <= 1))
      throw fault(`the scorer gave ${scores.length} numbers for ${request.steps.length} steps; one in [0, 1] each`);
    return { scores, usage: noUsage, journaled: false, simulated: false };
  };
  return journaledScorer(score, ({ problem: _, ...request }) => digest('own-scorer', model, request), {
    journal,
    model,
  });
};

const noUsage = { promptTokens: 0, completionTokens: 0 };

const replyOf = (given: string | OwnReply): ChatReply => ({
  ...{ reasoning: '', finish: 'stop', usage: noUsage, simulated: false },
  ...(typeof given === 'string' ? { answer: given } : given),
  journaled: false,
});

/** What a function of the user throws costs the record that it was asked about, and nothing else. */
const foreseen = async <T>(answer: Promise<T>, signal: AbortSignal): Promise<T> => {
  try {
    return await answer;
  } catch (error) {
    if (signal.aborted || (error instanceof Error && 'disposition' in error)) throw error;
    throw fault(error instanceof Error ? error.message : String(error), error);
  }
};

const fault = (message: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), { code: 'own-model', disposition: 'dead-letter' });
