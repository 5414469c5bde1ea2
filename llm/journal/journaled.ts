import { type Clock, systemClock } from '../clock.ts';
import { costOf } from '../money/prices.ts';
import type {
  Asking,
  ChatModel,
  ChatReply,
  ChatRequest,
  Journal,
  JournalEntry,
  ScoreReply,
  ScoreRequest,
  StepScorer,
  Usage,
} from '../port.ts';
import type { Price } from '../settings.ts';
import { sharedCalls } from './shared-calls.ts';

export interface JournaledDeps {
  readonly journal: Journal;
  /** Name of the model, for the entry's reader. */
  readonly model: string;
  readonly price?: Price | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * A chat model that answers from the journal where it can. What had to be asked for is durable before it is returned,
 * so nothing that rests on it can outlive it. Identical requests at the same time share one call.
 */
export const journaledChat = (
  model: Asking<ChatRequest, ChatReply>,
  key: (request: ChatRequest) => string,
  deps: JournaledDeps,
): ChatModel => journaled(model, key, { entryOf: chatEntry, replyOf: chatReply }, deps);

/** The reply to this very request if it was ever received; nothing is sent. */
export const recalledChat =
  (key: (request: ChatRequest) => string, { journal }: Pick<JournaledDeps, 'journal'>) =>
  async (request: ChatRequest): Promise<ChatReply | undefined> => {
    const entry = await journal.get(request.problem, key(request));
    return entry === undefined ? undefined : chatReply(entry);
  };

/** The same for a scorer of steps. */
export const journaledScorer = (
  scorer: StepScorer,
  key: (request: ScoreRequest) => string,
  deps: JournaledDeps,
): StepScorer => journaled(scorer, key, { entryOf: scoreEntry, replyOf: scoreReply }, deps);

interface Form<Reply> {
  entryOf(reply: Reply, deps: JournaledDeps): JournalEntry;
  replyOf(entry: JournalEntry): Reply;
}

const journaled = <Request extends { readonly problem: string }, Reply extends { readonly journaled: boolean }>(
  ask: Asking<Request, Reply>,
  key: (request: Request) => string,
  form: Form<Reply>,
  deps: JournaledDeps,
) => {
  const share = sharedCalls<Reply>();
  const { journal, clock = systemClock } = deps;
  const lookUp = async (request: Request, name: string, signal: AbortSignal): Promise<Reply> => {
    let looked = 0;
    let found: Reply | undefined;
    const find = async (): Promise<Reply | undefined> => {
      looked = clock.now();
      const entry = await journal.get(request.problem, name);
      found = entry && form.replyOf(entry);
      return found;
    };
    const known = async () => (clock.now() - looked < RECENT_MILLISECONDS ? undefined : find());
    if (await find()) return found as Reply;
    const reply = await ask(request, signal, known);
    if (found === undefined) await journal.put(request.problem, name, form.entryOf(reply, deps));
    return reply;
  };
  return async (request: Request, signal: AbortSignal): Promise<Reply> => {
    const name = key(request);
    const ofAll = (shared: AbortSignal) => lookUp(request, name, shared);
    const { value, joined } = await share(`${request.problem} ${name}`, signal, ofAll);
    return joined ? { ...value, journaled: true } : value;
  };
};

/** A call that has waited for longer looks again: in the meantime its task may have gone to another process and back. */
const RECENT_MILLISECONDS = 1000;

/** A reply as the journal keeps it. */
export const chatEntry = (reply: ChatReply, { model, price }: Omit<JournaledDeps, 'journal'>): JournalEntry => ({
  model,
  reasoning: reply.reasoning,
  answer: reply.answer,
  finish: reply.finish,
  scores: [],
  ...countsOf(reply.usage),
  cost: costOf(price, reply.usage).cost,
  simulated: reply.simulated,
});

/** The reply that an entry holds. */
export const chatReply = (entry: JournalEntry): ChatReply => ({
  reasoning: entry.reasoning,
  answer: entry.answer,
  finish: entry.finish ?? 'other',
  usage: usageOf(entry),
  journaled: true,
  simulated: entry.simulated,
});

const scoreEntry = (reply: ScoreReply, { model, price }: JournaledDeps): JournalEntry => ({
  model,
  reasoning: '',
  answer: '',
  finish: null,
  scores: reply.scores,
  ...countsOf(reply.usage),
  cost: costOf(price, reply.usage).cost,
  simulated: reply.simulated,
});

const scoreReply = (entry: JournalEntry): ScoreReply => ({
  scores: entry.scores,
  usage: usageOf(entry),
  journaled: true,
  simulated: entry.simulated,
});

const countsOf = ({ promptTokens, completionTokens, cachedTokens = 0, reasoningTokens = 0 }: Usage) => ({
  promptTokens,
  completionTokens,
  cachedTokens,
  reasoningTokens,
});

/** Counts that are 0 are left out, as an endpoint leaves them out that has none. */
const usageOf = ({ promptTokens, completionTokens, cachedTokens, reasoningTokens }: JournalEntry): Usage => ({
  promptTokens,
  completionTokens,
  ...(cachedTokens > 0 && { cachedTokens }),
  ...(reasoningTokens > 0 && { reasoningTokens }),
});
