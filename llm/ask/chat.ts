import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Sending, Work } from '../endpoint/paid-attempt.ts';
import { readAnswer } from '../http/answers/answer.ts';
import { type Completion, replyOf } from '../http/answers/completion.ts';
import { completionAtMost, lengthFields, tokensAtMost } from '../http/answers/usage.ts';
import type { Asking, ChatReply, ChatRequest, Message, Usage } from '../port.ts';
import type { ChatSettings } from '../settings.ts';
import { type Adaptation, type Adaptations, adaptations } from './adaptation.ts';
import { prefillFields, thinkingFields } from './server-fields.ts';

export interface ChatDeps {
  readonly endpoint: Endpoint;
  /** Long answers are streamed, so that a silent endpoint is told from a thinking one. */
  readonly stream: boolean;
}

/** A chat model behind an OpenAI-compatible endpoint (`POST {baseUrl}/chat/completions`). Rejects as the port says. */
export const chatModel = (settings: ChatSettings, { endpoint, stream }: ChatDeps): Asking<ChatRequest, ChatReply> => {
  const adapted = adaptations(settings.extraBody);
  const workOf = (request: ChatRequest) => chatWork(settings, request, stream, adapted);
  const canary = () => workOf(canaryRequest);
  return (request, signal, known) => endpoint.call({ ...workOf(request), canary, known }, signal);
};

/** Nothing in it can be refused, but for the settings. */
const canaryRequest: ChatRequest = { problem: '', messages: [{ role: 'user', content: 'Say yes.' }], sample: 0 };

const chatWork = (
  settings: ChatSettings,
  request: ChatRequest,
  stream: boolean,
  adapted: Adaptations,
): Work<ChatReply> => {
  const body = bodyOf(settings, request, stream);
  const { answersInThinking, prefill, thinking } = settings;
  const most = atMostOf(body, request.messages, request.maxTokens ?? settings.maxTokens, settings.extraBody);
  return {
    atMost: most,
    affinity: request.problem,
    part: request.part,
    streamed: stream,
    send: async (sending) => {
      const { baseUrl } = sending;
      const words =
        prefill === undefined && thinking === undefined ? body : bodyOf({ ...settings, baseUrl }, request, stream);
      const completion = await complete(words, sending, adapted(baseUrl));
      return replyOf(withPrefill(completion, prefill), request.messages, {
        answersInThinking,
        mask: sending.mask,
        most,
      });
    },
  };
};

/** Some servers repeat what an answer was to begin with, others go on after it. */
export const withPrefill = (completion: Completion, prefill: string | undefined): Completion => {
  const { content, beside } = completion.message;
  if (prefill === undefined || beside !== '' || content.startsWith(prefill.trimEnd())) return completion;
  return { ...completion, message: { ...completion.message, content: prefill + content } };
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

/** How often one call is sent anew because of what its refusal taught. */
const mostLessons = 6;

/** Sends one request, in the form that this server is known to take, and reads the answer in whichever form it comes. */
export const complete = (
  body: Readonly<Record<string, unknown>>,
  sending: Sending,
  adapted: Adaptation,
): Promise<Completion> => {
  const most = 2 * completionAtMost(body, Number.POSITIVE_INFINITY) + 4096;
  return asTaken(body, sending, adapted, async (sent) => {
    if (body.stream === true && sent.stream !== true) sending.unstreamed();
    const answer = await sending.connection.post('/chat/completions', sent, sending.signal);
    return readAnswer(answer, sending.alive, sending.counted, most);
  });
};

/** Sends a body in the form that this server is known to take, and once more where its refusal teaches something. */
export const asTaken = async <T>(
  body: Readonly<Record<string, unknown>>,
  { note }: Pick<Sending, 'note'>,
  adapted: Adaptation,
  send: (body: Readonly<Record<string, unknown>>) => Promise<T>,
): Promise<T> => {
  for (let lessons = 0; ; lessons++) {
    const sent = adapted.applied(body);
    try {
      return await send(sent);
    } catch (error) {
      if (lessons >= mostLessons || !adapted.learns(error, sent, note)) throw error;
    }
  }
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
  const begun = prefillFields(settings);
  const own: Record<string, unknown> = {
    model: settings.model,
    messages: [...request.messages, ...begun.messages],
    max_tokens: request.maxTokens ?? settings.maxTokens,
    temperature: settings.temperature,
    top_p: settings.topP,
    seed: settings.seed === undefined ? undefined : settings.seed + request.sample,
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
    ...begun.fields,
    ...thinkingFields(settings),
  };
  const body = withExtra(own, settings.extraBody);
  for (const name of lengthFields) if (request.maxTokens && name in body) body[name] = request.maxTokens;
  return body;
};
