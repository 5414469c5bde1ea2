import type { Answer } from '../models/model-replies.ts';
import type { Call, ModelServer } from '../models/model-server.ts';
import { hashShare } from '../models/recorded-students.ts';

const price = { student: { input: 0.5, output: 2 }, teacher: { input: 1, output: 4 } };
const maxTokens = 400;

/** What a provider would bill: every answer that the server made, whether anybody was there to hear it or not. */
export const billed = (calls: readonly Call[]): number =>
  calls
    .filter((call) => call.status === 200 && call.model !== 'prm')
    .map(({ model, promptTokens, completionTokens }) => {
      const { input, output } = model === 'teacher' ? price.teacher : price.student;
      return (promptTokens * input + completionTokens * output) / 1e6;
    })
    .reduce((sum, cost) => sum + cost, 0);

/** Answers of almost the length that they may have: what a crash leaves open is counted as if it were the whole. */
export const paidChat = ({ model, text }: Call): Answer => {
  const answer = /\d+/.exec(text)?.[0] ?? '';
  const right = model === 'teacher' || hashShare(text) < 0.3;
  return {
    content: `So it is \\boxed{${right ? answer : 'nothing'}}.`,
    reasoning: model === 'teacher' ? 'Because.' : '',
    promptTokens: text.length,
    completionTokens: maxTokens - Math.floor(hashShare(`length ${text}`) * 0.05 * maxTokens),
  };
};

export interface PaidSettings {
  readonly student?: object;
  readonly teacher?: object;
  readonly budget?: object;
  readonly levels?: object;
  readonly target?: object;
  readonly evaluation?: readonly object[];
  readonly concurrency?: number;
  readonly transport?: object;
}

/** A whole configuration over `problems.jsonl` whose student and teacher have prices. */
export const paidConfig = ({ url }: ModelServer, settings: PaidSettings) => ({
  run: 'budget',
  problems: [{ path: 'problems.jsonl' }],
  student: {
    baseUrl: `${url}/v1`,
    model: 'student',
    maxTokens,
    concurrency: settings.concurrency ?? 32,
    price: price.student,
    prompt: { maths: '{statement}' },
    ...settings.student,
  },
  scorer: { kind: 'prm', baseUrl: url, model: 'prm' },
  target: { records: 400, admit: 'after-grading', distribution: { easy: 1, level_1: 2 }, ...settings.target },
  evaluation: settings.evaluation ?? [],
  teacher: {
    baseUrl: `${url}/v1`,
    model: 'teacher',
    maxTokens,
    samples: 1,
    concurrency: settings.concurrency ?? 32,
    price: price.teacher,
    prompt: { maths: '{statement}' },
    ...settings.teacher,
  },
  ...(settings.budget && { budget: settings.budget }),
  ...(settings.levels && { levels: settings.levels }),
  ...(settings.transport && { transport: settings.transport }),
});
