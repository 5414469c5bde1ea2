import type { Endpoint } from '../endpoint/endpoint.ts';
import { LlmError } from '../errors.ts';
import { readText } from '../http/answers/body.ts';
import type { PostJson } from '../port.ts';

const noUsage = { promptTokens: 0, completionTokens: 0 };

/**
 * Plain JSON to and from a server that is no model, through the same door: limiter, retries, circuit breaker. An answer
 * that does not come in time or is no JSON costs the call, as a refusal does; an outage is waited out.
 * @param timeoutSeconds from sending to the whole answer
 */
export const jsonCalls =
  (endpoint: Endpoint, timeoutSeconds: number): PostJson =>
  async (body, signal) => {
    const { value } = await endpoint.call(
      {
        atMost: noUsage,
        streamed: false,
        send: async ({ baseUrl, connection, signal: inner, alive }) => {
          const late = AbortSignal.timeout(timeoutSeconds * 1000);
          const read = async () => readText(await connection.post('', body, AbortSignal.any([inner, late])), alive);
          const text = await read().catch((error: unknown) => {
            if (!late.aborted || inner.aborted) throw error;
            throw new LlmError('reply-unusable', `${baseUrl} gave no answer within ${timeoutSeconds} s`);
          });
          return { value: parsed(text, baseUrl), usage: noUsage };
        },
      },
      signal,
    );
    return value;
  };

const parsed = (text: string, baseUrl: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new LlmError('reply-unusable', `${baseUrl} answered with no JSON: ${text.slice(0, 200)}`, { cause });
  }
};
