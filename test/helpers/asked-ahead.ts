import { setTimeout as sleep } from 'node:timers/promises';
import { answered } from './models/model-replies.ts';
import { type Call, type ModelServer, modelServer } from './models/model-server.ts';
import { hashShare } from './models/recorded-students.ts';
import { plainSums } from './plain-sums.ts';
import { type Place, place } from './sluice.ts';

export const RECORDS = 30;
export const AHEAD = 4;
export const PROBLEMS = 90;

const fails = (text: string): boolean => hashShare(`teacher ${text}`) < 1 / 3;
const chat = ({ model, text }: Call) => {
  const answer = /\d+/.exec(text)?.[0];
  return answered(`\\boxed{${model === 'teacher' && !fails(text) ? answer : `${answer}9`}}`, 'Nothing is added.');
};

export const taughtBy = ({ calls }: Pick<ModelServer, 'calls'>): Call[] =>
  calls.filter(({ model }) => model === 'teacher');

/** The most problems that were at the teacher or right at once: a place is free only once a failure was answered. */
export const mostTaken = (calls: readonly Call[]): number => {
  const taught = taughtBy({ calls });
  const failed = taught.filter(({ text, answered }) => fails(text) && answered !== null);
  const takenWhen = ({ arrived }: Call): number =>
    taught.filter((call) => call.arrived <= arrived).length -
    failed.filter((call) => (call.answered as number) < arrived).length;
  return Math.max(0, ...taught.map(takenWhen));
};

/**
 * A teacher that fails on a third. Where it is told to hold back, so many of its answers come by themselves, and the
 * others once something was asked ahead, or after a minute.
 */
export const aheadServer = async () => {
  let atOnce = Number.POSITIVE_INFINITY;
  const server: ModelServer = await modelServer({
    chat,
    score: ({ steps }) => steps.map(() => 0.5),
    latency: ({ model, number }) => {
      if (model !== 'teacher') return 0;
      return server.different('teacher') <= atOnce ? 100 + 40 * (number % 8) : somethingAhead();
    },
  });
  const somethingAhead = () =>
    Promise.race([server.when((calls) => mostTaken(calls) > RECORDS), sleep(60_000, null, { ref: false })]);
  return {
    server,
    holdBack: (after: number): void => {
      atOnce = after;
    },
  };
};

/** A run of 30 records, all of one level. */
export const aheadPlace = (url: string, ahead: number, more: { apiKey?: string; transport?: object } = {}): Place => {
  const { apiKey, transport } = more;
  const model = { baseUrl: `${url}/v1`, prompt: { maths: '{statement}' }, concurrency: 64, ...(apiKey && { apiKey }) };
  const there = place({
    run: 'ahead',
    problems: [{ path: 'problems.jsonl' }],
    student: { ...model, model: 'student' },
    scorer: { kind: 'prm', baseUrl: url, model: 'prm' },
    target: { records: RECORDS, admit: 'after-grading', distribution: { level_3: 1 }, ahead },
    teacher: { ...model, model: 'teacher', samples: 1 },
    ...(transport && { transport }),
  });
  there.write('problems.jsonl', plainSums(PROBLEMS));
  return there;
};

/** What came out, in an order that says nothing. */
export const linesOf = (there: Place): string[] =>
  there
    .lines<object>('cot.jsonl')
    .map((line) => JSON.stringify(line))
    .sort();
