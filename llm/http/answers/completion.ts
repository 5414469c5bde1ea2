import { z } from 'zod';
import { EndpointFault } from '../../endpoint-fault.ts';
import type { Mask } from '../../mask.ts';
import type { ChatReply, Message, Usage } from '../../port.ts';
import { refuseErrorBody } from '../faults/error-body.ts';
import { finishOf } from './finish.ts';
import { beginning, fieldsOf, readJson } from './json.ts';
import { type RawMessage, readMessage } from './message.ts';
import { splitAllThinking, splitReasoning } from './reasoning.ts';
import { type Said, saidIn, usageOf } from './usage.ts';

const logprob = z.object({ token: z.string(), logprob: z.number() });

const logprobs = z
  .object({ content: z.array(z.object({ top_logprobs: z.array(logprob).nullish() })).nullish() })
  .nullish()
  .catch(null);

/** Some answer a plain request with the one piece of a stream, or as servers of completions do. */
const choice = z
  .looseObject({ finish_reason: z.unknown().optional(), logprobs })
  .refine((fields) => ['message', 'delta', 'text'].some((name) => name in fields), 'no message')
  .transform(({ message, delta, text, finish_reason, logprobs }) => ({
    message: readMessage(message ?? delta ?? { content: text }),
    finish_reason,
    logprobs,
  }));

const completionSchema = z.object({
  // The first alone is read, however many there are.
  choices: z.tuple([choice], z.unknown()),
  usage: z.unknown().optional(),
  system_fingerprint: z.string().nullish().catch(null),
});

/** A whole answer of a chat endpoint, of the fields that are read. */
export interface Completion {
  readonly finish: unknown;
  readonly message: RawMessage;
  readonly logprobs?: z.infer<typeof logprobs>;
  readonly usage: Said | null;
  readonly fingerprint?: string | null | undefined;
}

/** Reads the JSON of a plain answer. What cannot be read is a fault of the endpoint; an error in a 200 is thrown. */
export const readCompletion = (json: string): Completion => {
  const value = readJson(json);
  refuseErrorBody(value);
  const parsed = completionSchema.safeParse(value);
  if (parsed.success) {
    const { choices, usage, system_fingerprint } = parsed.data;
    const { finish_reason, message, logprobs } = choices[0];
    return { finish: finish_reason, message, logprobs, usage: saidIn(usage), fingerprint: system_fingerprint };
  }
  const why = z.prettifyError(parsed.error).replace(/\s+/g, ' ').slice(0, 200);
  const what = `not a chat completion (${why}): ${beginning(json)}`;
  throw new EndpointFault('malformed', what, { usage: usageIn(value) });
};

/** What an answer that is none says that it took: the larger part of it may never have been made. */
const usageIn = (value: unknown): Usage | null => {
  const said = saidIn(fieldsOf(value)?.usage);
  return said ? usageOf(said, '', '') : null;
};

export interface Reading {
  /** Looks for the answer in the thinking, where a server puts all of it there. */
  readonly answersInThinking?: boolean | undefined;
  readonly mask?: Mask | undefined;
  /** The most that the call could take. */
  readonly most?: Usage | undefined;
}

/** The port's form of the answer to these messages. Reasons that say that the server gave up are faults. */
export const replyOf = (
  { finish: reason, message, usage, fingerprint }: Completion,
  asked: readonly Message[],
  { answersInThinking = false, mask = (text) => text, most }: Reading = {},
): ChatReply => {
  const finish = finishOf(reason);
  if (finish === 'gave-up') throw new EndpointFault('malformed', `finish_reason ${JSON.stringify(reason)}`);
  const isAllThinking = answersInThinking && finish === 'stop' && message.content.trim() === '';
  const parts = isAllThinking ? splitAllThinking(message) : splitReasoning(message);
  const refused = message.refusal !== '' && parts.answer === '';
  return {
    reasoning: mask(parts.reasoning),
    answer: mask(parts.answer),
    finish: refused ? 'refused' : finish,
    usage: usageOf(usage, textOf(asked), message.beside + message.content, most),
    journaled: false,
    simulated: isSimulated(fingerprint),
  };
};

const textOf = (messages: readonly Message[]): string => messages.map(({ content }) => content).join('\n');

/** Rehearsal models say what they are in every answer. */
export const isSimulated = (fingerprint: string | null | undefined): boolean =>
  fingerprint?.startsWith('sluice-rehearsal') ?? false;
