import { z } from 'zod';
import { EndpointFault } from './faults.ts';
import type { ChatReply, Finish, Usage } from './port.ts';
import { splitReasoning } from './reasoning.ts';
import { usageSchema } from './usage.ts';

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

/** Reads the JSON of a plain answer. What cannot be read is a fault of the endpoint, also an error in a 200. */
export const readCompletion = (json: string): Completion => {
  const value: unknown = JSON.parse(json);
  refuseErrorBody(value);
  const parsed = completionSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new EndpointFault('malformed', `not a chat completion: ${z.prettifyError(parsed.error).slice(0, 300)}`);
};

/** Some servers answer 200 and put the error into the body. */
export const refuseErrorBody = (value: unknown): void => {
  const error = (value as { error?: unknown } | null)?.error;
  if (error === undefined || error === null) return;
  throw new EndpointFault('malformed', `an error in a 200: ${JSON.stringify(error).slice(0, 300)}`);
};

/** The port's form of a completion. Reasons that say that the server gave up are faults. */
export const replyOf = ({ choices, usage, system_fingerprint }: Completion, estimate: () => Usage): ChatReply => {
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
    usage: usage ?? estimate(),
    journaled: false,
    simulated: isSimulated(system_fingerprint),
  };
};

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
