import { partTurn } from '../../../reasoning/part-turn.ts';
import type { ChatReply } from '../../port.ts';
import { replyOf } from './completion.ts';
import { readMessage } from './message.ts';
import { type Said, saidIn } from './usage.ts';

/** An answer as a file holds it: nothing in it is trusted. */
export interface Given {
  /** A text, a message, a conversation that ends with one, or the whole answer of an endpoint. */
  readonly response: unknown;
  /** Thinking that stands apart. */
  readonly reasoning?: unknown;
  /** Why the model stopped, in whichever spelling. */
  readonly finish?: unknown;
}

/**
 * The answers that a file's value holds, read as those of an endpoint are: in whichever dialect, inline or beside.
 * A thinking that was begun and never closed was cut off. Values that hold no text hold no answer.
 * @param prefill what the answers begin with, where the file does not say so
 */
export const recordedReplies = ({ response, reasoning, finish }: Given, prefill = ''): ChatReply[] => {
  const whole = response as { choices?: unknown; usage?: unknown } | null;
  if (typeof whole === 'object' && Array.isArray(whole?.choices)) {
    const usage = saidIn(whole.usage);
    return whole.choices.flatMap((choice: { message?: unknown; finish_reason?: unknown } | null) =>
      reply(choice?.message, { finish: choice?.finish_reason ?? finish, reasoning, usage, prefill }),
    );
  }
  return reply(messageIn(response), { finish, reasoning, usage: null, prefill });
};

interface Beside {
  readonly finish: unknown;
  readonly reasoning: unknown;
  readonly usage: Said | null;
  readonly prefill: string;
}

const reply = (given: unknown, { finish, reasoning, usage, prefill }: Beside): ChatReply[] => {
  const message = readMessage(typeof given === 'string' ? { content: given } : given);
  const apart = typeof reasoning === 'string' ? reasoning : '';
  const beside = message.beside || apart;
  const begun = beside === '' && !message.content.startsWith(prefill.trimEnd()) ? prefill : '';
  const content = begun + message.content;
  if (`${message.content}${beside}`.trim() === '') return [];
  const said = finish ?? (partTurn(content).cut ? 'length' : 'stop');
  try {
    return [replyOf({ finish: said, message: { ...message, content, beside }, usage }, [])];
  } catch {
    // The server gave up: there is no answer.
    return [];
  }
};

/** The last turn of the model, where a conversation is given. */
const messageIn = (response: unknown): unknown => {
  if (!Array.isArray(response)) return response;
  const turn = response.findLast((one) => ['assistant', 'gpt', 'model'].includes(one?.role ?? one?.from));
  return turn?.value === undefined ? turn : { content: turn.value };
};
