import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runWithKills } from '../../helpers/kills/crash-run.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { type Call, type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { hashShare } from '../../helpers/models/recorded-students.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import { plainSums } from '../../helpers/plain-sums.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const RECORDS = 30;
const AHEAD = 4;

const fails = (text: string): boolean => hashShare(`teacher ${text}`) < 1 / 3;
const chat = ({ model, text }: Call) => {
  const answer = /\d+/.exec(text)?.[0];
  return answered(`\\boxed{${model === 'teacher' && !fails(text) ? answer : `${answer}9`}}`, 'Nothing is added.');
};

/** The most problems that were at the teacher or right at once: a place is free only once a failure was answered. */
const mostTaken = (calls: readonly Call[]): number => {
  const taught = calls.filter(({ model }) => model === 'teacher');
  const failed = taught.filter(({ text, answered }) => fails(text) && answered !== null);
  const takenWhen = ({ arrived }: Call): number =>
    taught.filter((call) => call.arrived <= arrived).length -
    failed.filter((call) => (call.answered as number) < arrived).length;
  return Math.max(0, ...taught.map(takenWhen));
};

describe('problems that are asked ahead of failures', { timeout: 240_000 }, () => {
  let server: ModelServer;
  /** So many answers of the teacher come by themselves; the others once something was asked ahead, or after a minute. */
  let atOnce = Number.POSITIVE_INFINITY;
  const somethingAhead = () =>
    Promise.race([server.when((calls) => mostTaken(calls) > RECORDS), sleep(60_000, null, { ref: false })]);
  beforeAll(async () => {
    server = await modelServer({
      chat,
      score: ({ steps }) => steps.map(() => 0.5),
      latency: ({ model, number }) => {
        if (model !== 'teacher') return 0;
        return server.different('teacher') <= atOnce ? 100 + 40 * (number % 8) : somethingAhead();
      },
    });
  });
  afterAll(() => server.close());

  const prepared = (ahead: number): Place => {
    const model = { baseUrl: `${server.url}/v1`, prompt: { maths: '{statement}' }, concurrency: 64 };
    const there = place({
      run: 'ahead',
      problems: [{ path: 'problems.jsonl' }],
      student: { ...model, model: 'student' },
      scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
      target: { records: RECORDS, admit: 'after-grading', distribution: { level_3: 1 }, ahead },
      teacher: { ...model, model: 'teacher', samples: 1 },
    });
    there.write('problems.jsonl', plainSums(90));
    return there;
  };
  const taught = () => server.calls.filter(({ model }) => model === 'teacher');
  const linesOf = (there: Place) =>
    there
      .lines<object>('cot.jsonl')
      .map((line) => JSON.stringify(line))
      .sort();

  it('change nothing of what is emitted, and are bounded', async () => {
    const [plain, ahead] = [prepared(0), prepared(AHEAD)];
    server.reset();
    try {
      const first = await plain.runHere('run');
      expect(first.code, first.stderr).toBe(0);
      const needed = taught().length;
      expect(mostTaken(server.calls)).toBe(RECORDS);
      server.reset();
      atOnce = 20;

      const ended = await ahead.runHere('run');
      expect(ended.code, ended.stderr).toBe(0);
      expect(linesOf(ahead)).toEqual(linesOf(plain));
      expect(ahead.report()).toMatchObject({ stopped: 'target', states: { emitted: RECORDS, unread: 0 } });
      expect(faultsOf(storedStates(ahead.store, 'ahead'))).toEqual([]);

      const calls = taught();
      // Asked while every place was taken.
      expect(mostTaken(calls)).toBeGreaterThan(RECORDS);
      expect(mostTaken(calls)).toBeLessThanOrEqual(RECORDS + AHEAD);
      expect(calls.filter(({ repeat }) => repeat > 0)).toEqual([]);
      expect(calls.length).toBeGreaterThanOrEqual(needed);
      expect(calls.length).toBeLessThanOrEqual(needed + AHEAD);
    } finally {
      atOnce = Number.POSITIVE_INFINITY;
      plain.remove();
      ahead.remove();
    }
  });

  it('are the same after a kill, and none of their answers is paid for twice', async () => {
    const [whole, broken] = [prepared(AHEAD), prepared(AHEAD)];
    try {
      expect((await whole.runHere('run')).code).toBe(0);
      server.reset();
      const { kills, last } = await runWithKills(broken, server, [
        { stage: 'generate', reached: ({ different }) => different('teacher') >= RECORDS + 5 },
      ]);
      expect(kills).toHaveLength(1);
      expect(last.code, last.stderr).toBe(0);
      expect(linesOf(broken)).toEqual(linesOf(whole));
      expect(faultsOf(storedStates(broken.store, 'ahead'))).toEqual([]);
      const again = taught().filter(({ repeat }) => repeat > 0).length;
      expect(again).toBeLessThanOrEqual(kills.reduce((all, { open, justAnswered }) => all + open + justAnswered, 0));
    } finally {
      whole.remove();
      broken.remove();
    }
  });

  it('are refused on Kafka, where the next in turn may be another process’s', async () => {
    const there = place();
    const model = { baseUrl: `${server.url}/v1`, model: 'any' };
    there.configure({
      ...{ student: model, teacher: model, scorer: { kind: 'tests' }, target: { records: 1, ahead: 1 } },
      transport: { kind: 'kafka', brokers: ['127.0.0.1:1'] },
    });
    try {
      expect(await there.runHere('run')).toMatchObject({ code: 2, stderr: expect.stringContaining('target.ahead') });
    } finally {
      there.remove();
    }
  });
});
