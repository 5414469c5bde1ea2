import { hash } from 'node:crypto';
import type { ChatRequest } from '../port.ts';
import type { ChatSettings } from '../settings.ts';

/**
 * The journal's key of a chat request: SHA-256 (hex) over everything that shapes the answer. URL, key, streaming and
 * concurrency are not part of it, so that a run may move to another endpoint of the same model.
 */
export const chatKey = (settings: ChatSettings): ((request: ChatRequest) => string) => {
  const { model, revision = '', temperature = null, topP = null, maxTokens, seed = null, extraBody = {} } = settings;
  // What is left out adds nothing, so that answers from before there were these settings are found.
  const { prefill, thinking } = settings;
  const shape = (limit: number) =>
    canonical({ model, revision, temperature, topP, maxTokens: limit, seed, extraBody, prefill, thinking });
  const usual = shape(maxTokens);
  return (request) => {
    const limit = request.maxTokens ?? maxTokens;
    const messages = request.messages.map(({ role, content }) => [role, content]);
    return digest('chat', limit === maxTokens ? usual : shape(limit), messages, request.sample);
  };
};

/** SHA-256 (hex) over JSON values; the first says what kind of request it is. */
export const digest = (kind: string, ...values: readonly unknown[]): string =>
  hash('sha256', JSON.stringify([kind, 1, ...values]));

/** JSON with sorted keys: the order in which settings are written is no difference. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
