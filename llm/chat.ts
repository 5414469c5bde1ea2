import { readText } from './body.ts';
import { type Completion, readCompletion, replyOf } from './completion.ts';
import type { Endpoint } from './endpoint.ts';
import type { Sending } from './paid-attempt.ts';
import type { ChatModel, ChatRequest, Usage } from './port.ts';
import type { ChatSettings } from './settings.ts';
import { readStreamed } from './streamed.ts';
import { tokensAbout, tokensAtMost } from './usage.ts';

export interface ChatDeps {
  readonly endpoint: Endpoint;
  /** Long answers are streamed, so that a silent endpoint is told from a thinking one. */
  readonly stream: boolean;
}

/** A chat model behind an OpenAI-compatible endpoint (`POST {baseUrl}/chat/completions`). Rejects as the port says. */
export const chatModel = (settings: ChatSettings, { endpoint, stream }: ChatDeps): ChatModel => {
  return (request, signal) =>
    endpoint.call(
      {
        atMost: {
          promptTokens: tokensAtMost(request.messages),
          completionTokens: request.maxTokens ?? settings.maxTokens,
        },
        streamed: stream,
        send: async (sending) => {
          const completion = await complete(bodyOf(settings, request, stream), sending);
          return replyOf(completion, () => estimateOf(request, completion));
        },
      },
      signal,
    );
};

/** Sends one request and reads the answer in whichever form it comes: servers may answer plainly to `stream`. */
export const complete = async (body: unknown, { connection, signal, alive, counted }: Sending): Promise<Completion> => {
  const answer = await connection.post('/chat/completions', body, signal);
  const streamed = answer.headers.get('content-type')?.includes('event-stream') ?? false;
  return streamed ? readStreamed(answer, alive, counted) : readCompletion(await readText(answer, alive));
};

/** Servers differ in the name; `extraBody` may have swapped it. */
const lengthFields = ['max_tokens', 'max_completion_tokens'];

/** The request's body. `extraBody` comes last and may take fields out with null. */
export const bodyOf = (settings: ChatSettings, request: ChatRequest, stream: boolean): Record<string, unknown> => {
  const body: Record<string, unknown> = {
    model: settings.model,
    messages: request.messages,
    max_tokens: request.maxTokens ?? settings.maxTokens,
    temperature: settings.temperature,
    top_p: settings.topP,
    seed: settings.seed === undefined ? undefined : settings.seed + request.sample,
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
    ...settings.extraBody,
  };
  for (const [name, value] of Object.entries(settings.extraBody ?? {})) if (value === null) delete body[name];
  for (const name of lengthFields) if (request.maxTokens && name in body) body[name] = request.maxTokens;
  return body;
};

const estimateOf = ({ messages }: ChatRequest, { choices }: Completion): Usage => {
  const { content, reasoning_content, reasoning } = choices[0]!.message;
  const made = (content ?? '') + (reasoning_content || reasoning || '');
  const asked = messages.map((message) => message.content).join('\n');
  return { promptTokens: tokensAbout(asked), completionTokens: tokensAbout(made) };
};
