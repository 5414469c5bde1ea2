import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Sending, Work } from '../endpoint/paid-attempt.ts';
import { readText } from '../http/answers/body.ts';
import { type Completion, readCompletion, replyOf } from '../http/answers/completion.ts';
import { readStreamed } from '../http/answers/streamed.ts';
import { completionAtMost, lengthFields, tokensAtMost } from '../http/answers/usage.ts';
import type { ChatModel, ChatReply, ChatRequest, Message, Usage } from '../port.ts';
import type { ChatSettings } from '../settings.ts';

export interface ChatDeps {
  readonly endpoint: Endpoint;
  /** Long answers are streamed, so that a silent endpoint is told from a thinking one. */
  readonly stream: boolean;
}

/** A chat model behind an OpenAI-compatible endpoint (`POST {baseUrl}/chat/completions`). Rejects as the port says. */
export const chatModel = (settings: ChatSettings, { endpoint, stream }: ChatDeps): ChatModel => {
  const canary = () => chatWork(settings, canaryRequest, stream);
  return (request, signal) => endpoint.call({ ...chatWork(settings, request, stream), canary }, signal);
};

/** Nothing in it can be refused, but for the settings. */
const canaryRequest: ChatRequest = { problem: '', messages: [{ role: 'user', content: 'Say yes.' }], sample: 0 };

const chatWork = (settings: ChatSettings, request: ChatRequest, stream: boolean): Work<ChatReply> => {
  const body = bodyOf(settings, request, stream);
  return {
    atMost: atMostOf(body, request.messages, request.maxTokens ?? settings.maxTokens, settings.extraBody),
    streamed: stream,
    send: async (sending) => replyOf(await complete(body, sending), request.messages),
  };
};

/** The most that a request can take, by the body that is sent. */
export const atMostOf = (
  body: Readonly<Record<string, unknown>>,
  messages: readonly Message[],
  maxTokens: number,
  extraBody?: Readonly<Record<string, unknown>>,
): Usage => ({
  promptTokens: tokensAtMost(messages) + (extraBody ? Buffer.byteLength(JSON.stringify(extraBody)) : 0),
  completionTokens: completionAtMost(body, maxTokens),
});

/** Sends one request and reads the answer in whichever form it comes: servers may answer plainly to `stream`. */
export const complete = async (body: unknown, { connection, signal, alive, counted }: Sending): Promise<Completion> => {
  const answer = await connection.post('/chat/completions', body, signal);
  const streamed = answer.headers.get('content-type')?.includes('event-stream') ?? false;
  return streamed ? readStreamed(answer, alive, counted) : readCompletion(await readText(answer, alive));
};

/** A body with the user's own fields over it; a null takes a field out. */
export const withExtra = (
  body: Readonly<Record<string, unknown>>,
  extraBody: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => {
  const whole: Record<string, unknown> = { ...body, ...extraBody };
  for (const [name, value] of Object.entries(extraBody)) if (value === null) delete whole[name];
  return whole;
};

/** The request's body. `extraBody` comes last and may take fields out with null. */
export const bodyOf = (settings: ChatSettings, request: ChatRequest, stream: boolean): Record<string, unknown> => {
  const own: Record<string, unknown> = {
    model: settings.model,
    messages: request.messages,
    max_tokens: request.maxTokens ?? settings.maxTokens,
    temperature: settings.temperature,
    top_p: settings.topP,
    seed: settings.seed === undefined ? undefined : settings.seed + request.sample,
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
  const body = withExtra(own, settings.extraBody);
  for (const name of lengthFields) if (request.maxTokens && name in body) body[name] = request.maxTokens;
  return body;
};
