import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Work } from '../endpoint/paid-attempt.ts';
import { LlmError } from '../errors.ts';
import { readText } from '../http/answers/body.ts';
import { tokensAtMost, usageOf } from '../http/answers/usage.ts';
import { canonical, digest } from '../journal/journal-key.ts';
import type { Asking, ScoreReply, ScoreRequest, Usage } from '../port.ts';
import { type Adaptations, adaptations } from './adaptation.ts';
import { asTaken, withExtra } from './chat.ts';
import { readPooling } from './pooling.ts';

export interface PrmSettings {
  readonly model: string;
  readonly revision?: string | undefined;
  /** How the model is asked; one more server is one more row of the table below. */
  readonly api: PrmApi;
  /** `sigmoid` for models that give raw values; default `none`, for probabilities. */
  readonly activation?: 'none' | 'sigmoid' | undefined;
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
}

export type PrmApi = 'vllm-pooling';

/** Written after each step; the model's value at this token is the step's. */
const separator = '<extra_0>';
const system = 'Please reason step by step, and put your final answer within \\boxed{}.';

const apis = {
  'vllm-pooling': { path: '/pooling', fields: { task: 'token_classify' } },
} as const satisfies Record<PrmApi, { path: string; fields: Record<string, unknown> }>;

/**
 * A process reward model behind vLLM's `POST {baseUrl}/pooling`, asked as Qwen2.5-Math-PRM's model card says: the
 * statement as the user's turn, the steps as the assistant's with `<extra_0>` after each. Gives one score a step, in
 * [0, 1]. It scores what it is given in one request: `windowed` keeps that within the model's context.
 */
export const prmScorer = (
  settings: PrmSettings,
  { endpoint }: { readonly endpoint: Endpoint },
): Asking<ScoreRequest, ScoreReply> => {
  const adapted = adaptations(settings.extraBody);
  const canary = () => prmWork(settings, canaryRequest, adapted);
  return (request, signal, known) =>
    endpoint.call({ ...prmWork(settings, request, adapted), affinity: request.problem, canary, known }, signal);
};

/** Nothing in it can be refused, but for the settings. */
const canaryRequest = { problem: '', statement: 'What is 1 + 1?', steps: ['1 + 1 = 2'], reference: '2', sample: 0 };

const prmWork = (settings: PrmSettings, request: ScoreRequest, adapted: Adaptations): Work<ScoreReply> => {
  const { path, fields } = apis[settings.api];
  const messages = messagesOf(request);
  const body = withExtra({ model: settings.model, messages, ...fields }, settings.extraBody);
  const most = { promptTokens: tokensAtMost(messages), completionTokens: 0 };
  return {
    atMost: most,
    streamed: false,
    send: async (sending) => {
      const { connection, signal, alive, baseUrl } = sending;
      const json = await asTaken(body, sending, adapted(baseUrl), async (sent) =>
        readText(await connection.post(path, sent, signal), alive),
      );
      return replyOf(json, settings, request, most);
    },
  };
};

/** The journal's key of what a process reward model is asked; the reference and the attempt do not shape its answer. */
export const prmKey = ({ model, revision = '', api, activation = 'none', extraBody = {} }: PrmSettings) => {
  const shape = canonical({ model, revision, api, activation, extraBody });
  return ({ statement, steps }: ScoreRequest): string => digest('prm', shape, statement, steps);
};

const messagesOf = ({ statement, steps }: ScoreRequest) => [
  { role: 'system', content: system } as const,
  { role: 'user', content: withoutMarks(statement) } as const,
  { role: 'assistant', content: steps.map((step) => withoutMarks(step) + separator).join('') } as const,
];

/** A text that holds the mark itself, or a turn's end, would shift the rows of all steps after it. */
const withoutMarks = (text: string): string => text.replaceAll(/<(extra_\d+|\|[\w-]+\|)>/g, '($1)');

const replyOf = (json: string, settings: PrmSettings, request: ScoreRequest, most: Usage): ScoreReply => {
  const { steps } = request;
  const { values, usage, simulated } = readPooling(json, steps.length);
  if (values.length !== steps.length) throw unusable(settings, `${values.length} rows for ${steps.length} steps`);
  const scores = values.map((value) => (settings.activation === 'sigmoid' ? 1 / (1 + Math.exp(-value)) : value));
  const outside = scores.find((score) => !(score >= -1e-6 && score <= 1 + 1e-6));
  if (outside !== undefined) throw unusable(settings, `the score ${outside}: raw values need "activation: sigmoid"`);
  return {
    scores: scores.map((score) => Math.min(1, Math.max(0, score))),
    usage: usageOf(usage, [request.statement, ...steps].join('\n'), '', most),
    journaled: false,
    simulated,
  };
};

const unusable = ({ model }: PrmSettings, what: string): LlmError =>
  new LlmError('reply-unusable', `the process reward model ${model} gave ${what}`);
