import type { Message, Usage } from '../../port.ts';
import { fieldsOf } from './json.ts';

/** What an endpoint says about tokens; fields that it leaves out or that are nonsense are null. */
export interface Said {
  readonly prompt: number | null;
  readonly completion: number | null;
  readonly total: number | null;
  readonly reasoning: number | null;
  readonly cached: number | null;
}

/** An endpoint's own count of tokens, by its `usage`; null where it gives none. */
export const saidIn = (usage: unknown): Said | null => {
  const fields = fieldsOf(usage);
  if (fields === null) return null;
  // Anthropic's names, and those of OpenAI's later API, are the second; DeepSeek's that of the prompt cache.
  return {
    prompt: countIn(fields.prompt_tokens) ?? countIn(fields.input_tokens),
    completion: countIn(fields.completion_tokens) ?? countIn(fields.output_tokens),
    total: countIn(fields.total_tokens),
    reasoning:
      countIn(fieldsOf(fields.completion_tokens_details)?.reasoning_tokens) ?? countIn(fields.reasoning_tokens),
    cached: countIn(fieldsOf(fields.prompt_tokens_details)?.cached_tokens) ?? countIn(fields.prompt_cache_hit_tokens),
  };
};

/** Some write numbers as texts. */
const countIn = (value: unknown): number | null => {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : null;
};

/** Bytes that the longest tokens have on average: fewer tokens than this gives are no count of the text. */
const bytesPerTokenAtMost = 16;

const endless: Usage = { promptTokens: Number.POSITIVE_INFINITY, completionTokens: Number.POSITIVE_INFINITY };

/**
 * The tokens that a call is paid for: what the endpoint says, where that agrees with itself and with the text. Where
 * the total is larger than its parts, the rest is hidden thinking; a count that is missing, or that could not hold the
 * text, is replaced by a guess at it. So no ceiling is passed because a server counts badly; and none is used up by a
 * server that lies: a call costs no more than the most that it could take, or than what it wrote if that is more.
 * @param asked the request's texts @param made all that the model wrote @param most that was set aside for the call
 */
export const usageOf = (said: Said | null | undefined, asked: string, made: string, most: Usage = endless): Usage => {
  const promptTokens = Math.min(said?.prompt || tokensAbout(asked), most.promptTokens);
  const { completion = null, total = null, reasoning = null } = said ?? {};
  const counted = Math.max(completion ?? 0, total === null ? 0 : total - promptTokens);
  // A thinking that is larger than the whole was counted beside it.
  const told = reasoning !== null && reasoning > counted ? counted + reasoning : counted;
  const bytes = Buffer.byteLength(made);
  const completionTokens =
    told < bytes / bytesPerTokenAtMost ? tokensAbout(made) : Math.min(told, Math.max(most.completionTokens, bytes));
  return {
    promptTokens,
    completionTokens,
    ...(said?.cached && { cachedTokens: Math.min(said.cached, promptTokens) }),
    ...(reasoning && { reasoningTokens: Math.min(reasoning, completionTokens) }),
  };
};

/** What a call cost whose answer could not be read: what the endpoint says, and no more than it could take. */
export const within = (usage: Usage, most: Usage): Usage => ({
  ...usage,
  promptTokens: Math.min(usage.promptTokens, most.promptTokens),
  completionTokens: Math.min(usage.completionTokens, most.completionTokens),
});

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

/** Servers differ in the name; `extraBody` may have swapped it. */
export const lengthFields = ['max_tokens', 'max_completion_tokens'] as const;

/** The most tokens that a request's body lets a model write; `otherwise` where it sets no limit. */
export const completionAtMost = (body: Readonly<Record<string, unknown>>, otherwise: number): number => {
  const limits = lengthFields.map((name) => body[name]).filter((limit) => typeof limit === 'number');
  const answers = Math.max(1, ...[body.n, body.best_of].filter((many) => typeof many === 'number'));
  return answers * (limits.length === 0 ? otherwise : Math.max(...limits));
};
