import { type Answer, answered } from './models/model-replies.ts';
import type { Call } from './models/model-server.ts';
import { barePrompt, hashShare } from './models/recorded-students.ts';

/** Problems that need no data set: each has another number for its answer. */
export const plainSums = (count: number, from = 0): object[] =>
  Array.from({ length: count }, (_, index) => ({
    statement: `What is ${from + index} plus nothing?`,
    domain: 'maths',
    answer: String(from + index),
  }));

/** A student that is right on a fixed third of them, and a teacher that fails on a fixed twentieth. */
export const answerSums = ({ model, text }: Call): Answer => {
  const answer = /\d+/.exec(text)?.[0] ?? '';
  const right = model === 'teacher' ? hashShare(`teacher ${text}`) > 0.05 : hashShare(text) < 0.33;
  return answered(
    `So it is \\boxed{${right ? answer : `${answer}9`}}.`,
    model === 'teacher' ? 'Nothing is added.' : '',
  );
};

/** A whole configuration over `problems.jsonl`, with the three models at one server. */
export const sumsConfig = (url: string, run: string, settings: { records: number; concurrency?: number }) => {
  const { records, concurrency = 64 } = settings;
  const model = { baseUrl: `${url}/v1`, concurrency, prompt: barePrompt };
  return {
    run,
    problems: [{ path: 'problems.jsonl' }],
    student: { ...model, model: 'student', maxTokens: 400 },
    scorer: { kind: 'prm', baseUrl: url, model: 'prm', concurrency },
    target: { records, admit: 'after-grading' },
    teacher: { ...model, model: 'teacher', maxTokens: 400, samples: 1 },
  };
};
