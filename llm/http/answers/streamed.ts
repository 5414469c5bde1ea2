import { z } from 'zod';
import { EndpointFault } from '../../endpoint-fault.ts';
import type { Answer } from '../connect/connection.ts';
import { refuseErrorBody } from '../faults/error-body.ts';
import { maxStreamBytes, readBody } from './body.ts';
import type { Completion } from './completion.ts';
import { eventStream } from './event-stream.ts';
import { beginning, readJson } from './json.ts';
import { usageSchema } from './usage.ts';
import type { Alive } from './watchdog.ts';

const text = z.string().nullish();

const chunkSchema = z.object({
  choices: z
    .array(
      z.object({
        index: z.number().nullish(),
        finish_reason: text,
        delta: z.object({ content: text, reasoning_content: text, reasoning: text, refusal: text }).nullish(),
      }),
    )
    .nullish(),
  usage: usageSchema,
  system_fingerprint: text.catch(null),
});

/**
 * Gathers a streamed answer into the form of a plain one. `counted` is called with the number of tokens so far (one a
 * piece, or one in three characters if that is more), so that a cancelled answer can be paid for what it made. A stream
 * that ends without a finish reason was cut and is a fault.
 */
export const readStreamed = async (
  answer: Answer,
  alive: Alive,
  counted: (tokens: number) => void,
): Promise<Completion> => {
  const gathered = gather(counted);
  const events = eventStream(gathered.take);
  await readBody(answer, maxStreamBytes, alive, events.take);
  events.end();
  return gathered.whole();
};

const gather = (counted: (tokens: number) => void) => {
  const content: string[] = [];
  const reasoningContent: string[] = [];
  const reasoning: string[] = [];
  const refusal: string[] = [];
  let pieces = 0;
  let characters = 0;
  let finish: string | null = null;
  let usage: Completion['usage'] = null;
  let fingerprint: string | null = null;

  const keep = (parts: string[], piece: string | null | undefined): void => {
    if (!piece) return;
    parts.push(piece);
    characters += piece.length;
    counted(Math.max(++pieces, Math.ceil(characters / 3)));
  };

  const take = (data: string): void => {
    if (data === '[DONE]') return;
    const chunk = readChunk(data);
    usage = chunk.usage ?? usage;
    fingerprint = chunk.system_fingerprint ?? fingerprint;
    const choice = chunk.choices?.[0];
    if (choice === undefined || (choice.index ?? 0) !== 0) return;
    keep(content, choice.delta?.content);
    keep(reasoningContent, choice.delta?.reasoning_content);
    keep(reasoning, choice.delta?.reasoning);
    keep(refusal, choice.delta?.refusal);
    finish = choice.finish_reason ?? finish;
  };

  const whole = (): Completion => {
    if (finish === null) throw new EndpointFault('connection', 'the stream ended in the middle of an answer');
    const message = {
      content: content.join(''),
      reasoning_content: reasoningContent.join(''),
      reasoning: reasoning.join(''),
      refusal: refusal.join(''),
    };
    return { choices: [{ finish_reason: finish, message }], usage, system_fingerprint: fingerprint };
  };

  return { take, whole };
};

const readChunk = (data: string): z.infer<typeof chunkSchema> => {
  const value = readJson(data);
  refuseErrorBody(value);
  const parsed = chunkSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new EndpointFault('malformed', `not a piece of an answer: ${beginning(data)}`);
};
