import { z } from 'zod';
import { EndpointFault } from '../../endpoint-fault.ts';
import type { ChatReply, Finish, Message, Usage } from '../../port.ts';
import { refuseErrorBody } from '../faults/error-body.ts';
import { beginning, readJson } from './json.ts';
import { splitReasoning } from './reasoning.ts';
import { usageOf, usageSchema } from './usage.ts';

const text = z.string().nullish();

/** Content is a string, or (some servers) a list of parts of which the texts count. */
const content = z.union([
  text,
  z
    .array(z.object({ text: z.string().optional() }))
    .transform((parts) => parts.map((part) => part.text ?? '').join('')),
]);

const logprob = z.object({ token: z.string(), logprob: z.number() });

const choice = z.object({
  finish_reason: text,
  message: z.object({ content, reasoning_content: text, reasoning: text, refusal: text }),
  logprobs: z
    .object({ content: z.array(z.object({ top_logprobs: z.array(logprob).nullish() })).nullish() })
    .nullish()
    .catch(null),
});

const completionSchema = z.object({
  choices: z.array(choice).min(1),
  usage: usageSchema,
  system_fingerprint: text.catch(null),
});

/** A whole answer of a chat endpoint, of the fields that are read. */
export type Completion = z.infer<typeof completionSchema>;

/** Reads the JSON of a plain answer. What cannot be read is a fault of the endpoint; an error in a 200 is thrown. */
export const readCompletion = (json: string): Completion => {
  const value = readJson(json);
  refuseErrorBody(value);
  const parsed = completionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const what = `not a chat completion (${z.prettifyError(parsed.error).slice(0, 200)}): ${beginning(json)}`;
  throw new EndpointFault('malformed', what, { usage: usageIn(value) });
};

const partSchema = z.object({ usage: usageSchema });

/** What an answer that is none says that it took: the larger part of it may never have been made. */
const usageIn = (value: unknown): Usage | null => {
  const said = partSchema.safeParse(value).data?.usage;
  return said ? usageOf(said, '', '') : null;
};

/** The port's form of the answer to these messages. Reasons that say that the server gave up are faults. */
export const replyOf = ({ choices, usage, system_fingerprint }: Completion, asked: readonly Message[]): ChatReply => {
  const { finish_reason, message } = choices[0]!;
  if (finish_reason && gaveUp.has(finish_reason))
    throw new EndpointFault('malformed', `finish_reason ${finish_reason}`);
  const parts = splitReasoning({
    content: message.content ?? '',
    reasoningContent: message.reasoning_content,
    reasoning: message.reasoning,
  });
  const refused = Boolean(message.refusal) && parts.answer === '';
  return {
    ...parts,
    finish: refused ? 'refused' : finishOf(finish_reason),
    usage: usageOf(usage, textOf(asked), parts.reasoning + parts.answer),
    journaled: false,
    simulated: isSimulated(system_fingerprint),
  };
};

/** All that was asked, as one text. */
export const textOf = (messages: readonly Message[]): string => messages.map(({ content }) => content).join('\n');

/** Rehearsal models say what they are in every answer. */
export const isSimulated = (fingerprint: string | null | undefined): boolean =>
  fingerprint?.startsWith('sluice-rehearsal') ?? false;

const gaveUp: ReadonlySet<string> = new Set(['insufficient_system_resource', 'aborted', 'abort', 'error']);

const finishes: Readonly<Record<string, Finish>> = {
  stop: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  stop_sequence: 'stop',
  length: 'length',
  content_filter: 'refused',
};

const finishOf = (reason: string | null | undefined): Finish =>
  reason && Object.hasOwn(finishes, reason) ? finishes[reason]! : 'other';
