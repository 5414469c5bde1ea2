import type { Endpoint } from '../endpoint/endpoint.ts';
import type { Work } from '../endpoint/paid-attempt.ts';
import { LlmError } from '../errors.ts';
import { type Completion, isSimulated, replyOf } from '../http/answers/completion.ts';
import { splitAllThinking, splitReasoning } from '../http/answers/reasoning.ts';
import { canonical, digest } from '../journal/journal-key.ts';
import type { Message, ScoreReply, ScoreRequest, StepScorer } from '../port.ts';
import { type Adaptations, adaptations } from './adaptation.ts';
import { atMostOf, complete, withExtra } from './chat.ts';
import { readRubric, rubricMessages } from './rubric.ts';
import { hasProbabilities, yesMessages, yesShare } from './yes-share.ts';

export interface JudgeSettings {
  readonly model: string;
  readonly revision?: string | undefined;
  /**
   * `probability`: P(yes) of one token, where the endpoint gives log-probabilities (llama.cpp, vLLM). `rubric`: a score
   * that the model writes as JSON. `auto` (default): the first, and the second for an answer without them.
   */
  readonly by?: 'auto' | 'probability' | 'rubric' | undefined;
  /** Room for a rubric's answer, reasoning included. Default 2048. */
  readonly maxTokens?: number | undefined;
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A chat model in the place of a process reward model: one score for the whole trajectory, in [0, 1]. It always gets
 * the reference: without it a small judge is no better than chance. Rejects as the port says, and with
 * `reply-unusable` where no score can be read.
 */
export const judgeScorer = (settings: JudgeSettings, { endpoint }: { readonly endpoint: Endpoint }): StepScorer => {
  const { by = 'auto' } = settings;
  const adapted = adaptations(settings.extraBody);
  let silent = false;
  return async (request, signal) => {
    if (by === 'probability' || (by === 'auto' && !silent)) {
      const reply = await ask(
        (one) => yesQuestion(settings, one),
        request,
        { endpoint, adapted },
        signal,
        (made) => {
          silent = !hasProbabilities(made);
          return yesShare(made);
        },
      );
      if (reply.scores.length > 0) return reply;
      if (by === 'probability') throw withoutProbabilities(settings);
    }
    return ask(
      (one) => rubricQuestion(settings, one),
      request,
      { endpoint, adapted },
      signal,
      (made) => scoreOf(made, settings),
    );
  };
};

/** The journal's key of what a judge is asked. */
export const judgeKey = ({ model, revision = '', by = 'auto', maxTokens = 2048, extraBody = {} }: JudgeSettings) => {
  const shape = canonical({ model, revision, by, maxTokens, extraBody });
  return (request: ScoreRequest): string => digest('judge', shape, yesMessages(request), rubricMessages(request));
};

interface Question {
  readonly messages: readonly Message[];
  readonly maxTokens: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const yesQuestion = ({ model, extraBody }: JudgeSettings, request: ScoreRequest): Question => {
  const messages = yesMessages(request);
  const wanted = { max_tokens: 1, temperature: 0, logprobs: true, top_logprobs: 20 };
  return { messages, maxTokens: 1, body: withExtra({ model, messages, ...wanted }, extraBody) };
};

const rubricQuestion = ({ model, maxTokens = 2048, extraBody }: JudgeSettings, request: ScoreRequest): Question => {
  const messages = rubricMessages(request);
  const wanted = { max_tokens: maxTokens, temperature: 0 };
  return { messages, maxTokens, body: withExtra({ model, messages, ...wanted }, extraBody) };
};

const ask = (
  question: (request: ScoreRequest) => Question,
  request: ScoreRequest,
  { endpoint, adapted }: { readonly endpoint: Endpoint; readonly adapted: Adaptations },
  signal: AbortSignal,
  read: (completion: Completion) => number | null,
): Promise<ScoreReply> => {
  const canary = () => judgeWork(question(canaryRequest), adapted, () => null);
  return endpoint.call({ ...judgeWork(question(request), adapted, read), affinity: request.problem, canary }, signal);
};

/** Nothing in it can be refused, but for the settings. */
const canaryRequest: ScoreRequest = { problem: '', statement: '1 + 1', steps: ['3'], reference: '2', sample: 0 };

const judgeWork = (
  { messages, maxTokens, body }: Question,
  adapted: Adaptations,
  read: (completion: Completion) => number | null,
): Work<ScoreReply> => {
  const most = atMostOf(body, messages, maxTokens);
  return {
    atMost: most,
    streamed: false,
    send: async (sending) => {
      const completion = await complete(body, sending, adapted(sending.baseUrl));
      // First, for an answer that its server gave up is none.
      const { usage } = replyOf(completion, messages, { most });
      const score = read(completion);
      return {
        scores: score === null ? [] : [score],
        usage,
        journaled: false,
        simulated: isSimulated(completion.fingerprint),
      };
    },
  };
};

const scoreOf = ({ message }: Completion, { model }: JudgeSettings): number => {
  const { answer } = message.content.trim() === '' ? splitAllThinking(message) : splitReasoning(message);
  const score = readRubric(answer);
  if (score !== null) return score;
  const shown = JSON.stringify(answer.slice(0, 200));
  throw new LlmError('reply-unusable', `the judge ${model} gave no {"score": 0 to 1}: ${shown}`);
};

const withoutProbabilities = ({ model }: JudgeSettings): LlmError =>
  new LlmError('reply-unusable', `the judge ${model} gave no log-probabilities of yes and no: set "by: rubric"`);
