import { z } from 'zod';
import type { Message, Usage } from './port.ts';

const count = z.number().int().nonnegative();

/** An endpoint's own count of tokens in the port's form; null where it gives none or nonsense. */
export const usageSchema = z
  .object({ prompt_tokens: count, completion_tokens: count.nullish() })
  .transform((usage): Usage | null => ({
    promptTokens: usage.prompt_tokens,
    completionTokens: usage.completion_tokens ?? 0,
  }))
  .nullish()
  .catch(null);

/**
 * The most tokens that messages can be: byte-level tokenizers make at most one token of a byte, and the chat template
 * adds some. For reservations, which must not be too small.
 */
export const tokensAtMost = (messages: readonly Message[]): number => {
  let bytes = 64;
  for (const { content } of messages) bytes += Buffer.byteLength(content) + 16;
  return bytes;
};

/** A guess at the tokens of a text whose endpoint does not count: about three bytes a token in maths. */
export const tokensAbout = (text: string): number => Math.ceil(Buffer.byteLength(text) / 3);
