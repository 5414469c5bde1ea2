import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codecs } from '../../../schemas/codecs.ts';
import { type Moment, runWithKills, sentAgain } from '../../helpers/kills/crash-run.ts';
import { type Answer, answered } from '../../helpers/models/model-replies.ts';
import { type Call, type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { barePrompt, hashShare } from '../../helpers/models/recorded-students.ts';
import { storedRecords } from '../../helpers/oracles/stored-records.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const problems = 60;
const concurrency = 12;

/** The cheap teacher fails on half of the problems, the dear one on a fifth of those. */
const chat = ({ model, text }: Call): Answer => {
  const number = Number(/\d+/.exec(text)?.[0] ?? 0);
  if (model === 'student') return answered('I say \\boxed{-1}.');
  const isRight = hashShare(`${model} ${text}`) < (model === 'cheap' ? 0.5 : 0.8);
  return answered(`The answer is \\boxed{${isRight ? number : 0}}.`, `Thoughts of ${model}.`);
};

const moments: readonly Moment[] = [
  { stage: 'generate', reached: (server) => server.different('cheap') >= 20 },
  { stage: 'generate', reached: (server) => server.different('dear') >= 8 },
];

describe('a cheap teacher before a dear one, killed twice', { timeout: 120_000 }, () => {
  let server: ModelServer;
  beforeAll(async () => {
    const latency = ({ text }: Call) => 10 + hashShare(text) * 60;
    server = await modelServer({ chat, score: ({ steps }) => steps.map(hashShare), latency });
  });
  afterAll(() => server.close());

  it('asks the dear one what the cheap one failed, no more, and emits the same byte for byte', async () => {
    const [whole, broken] = [prepared(server), prepared(server)];
    try {
      const ended = await whole.runHere('run');
      expect(ended.code, ended.stderr).toBe(3);
      const asked = (model: string): string[] =>
        server.calls.filter((call) => call.model === model).map(({ text }) => text);
      expect(asked('cheap')).toHaveLength(problems);
      const failed = asked('cheap').filter((text) => hashShare(`cheap ${text}`) >= 0.5);
      expect(failed.length).toBeGreaterThan(0);
      expect(asked('dear').sort()).toEqual(failed.sort());
      const cot = storedRecords(whole.store, 'cascade.cot', codecs.cot);
      for (const { teacher, reasoning, attempts } of cot) {
        expect(reasoning).toBe(`Thoughts of ${teacher}.`);
        expect(attempts.map((one) => one.teacher)).toEqual(teacher === 'cheap' ? ['cheap'] : ['cheap', 'dear']);
      }
      expect(new Set(cot.map(({ teacher }) => teacher))).toEqual(new Set(['cheap', 'dear']));

      server.reset();
      const { kills, last } = await runWithKills(broken, server, moments);
      expect(last.code, last.stderr).toBe(3);
      expect(kills).toHaveLength(moments.length);
      for (const name of ['cot', 'rejected', 'outcomes']) expect(bytesOf(broken, name)).toEqual(bytesOf(whole, name));
      const again = sentAgain(kills, server.calls);
      expect(again.requests).toBeLessThanOrEqual(again.allowed);
      expect(new Set(asked('dear'))).toEqual(new Set(failed));
    } finally {
      whole.remove();
      broken.remove();
    }
  });

  it('keeps to the budget of each: where the dear one has none left, the run ends and goes on with more', async () => {
    const there = prepared(server, { budget: { tokens: 600 } });
    try {
      server.reset();
      const ended = await there.runHere('run');
      expect(ended.code, ended.stderr).toBe(3);
      expect(there.report().stopped).toBe('budget');
      const dear = server.calls.filter(({ model }) => model === 'dear');
      const taken = dear.reduce((sum, one) => sum + one.promptTokens + one.completionTokens, 0);
      expect(taken).toBeLessThanOrEqual(600);
      const more = await there.runHere('run', '--set', 'teacher.1.budget.tokens=100000');
      expect(more.code, more.stderr).toBe(3);
      expect(there.report().stopped).toBe('drained');
    } finally {
      there.remove();
    }
  });
});

/** Each record's bytes, sorted: the order of a topic is that of the answers. */
const bytesOf = ({ store }: Place, name: string): string[] =>
  storedRecords(store, `cascade.${name}`, { decode: (bytes) => Buffer.from(bytes).toString('hex') }).sort();

/** The target takes all there is, so that the numbers of the admissions are of the seed alone. */
const prepared = ({ url }: ModelServer, dear: object = {}): Place => {
  const teacher = { baseUrl: `${url}/v1`, samples: 1, maxTokens: 100, concurrency, prompt: barePrompt };
  const there = place({
    run: 'cascade',
    problems: [{ path: 'problems.jsonl' }],
    student: { baseUrl: `${url}/v1`, model: 'student', maxTokens: 100, concurrency, prompt: barePrompt },
    scorer: { kind: 'prm', baseUrl: url, model: 'prm', concurrency },
    target: { records: 10 * problems, admit: 'after-grading' },
    teacher: [
      { ...teacher, model: 'cheap' },
      { ...teacher, model: 'dear', ...dear },
    ],
  });
  there.write(
    'problems.jsonl',
    Array.from({ length: problems }, (_, index) => ({
      id: index,
      domain: 'maths',
      statement: `What is ${index + 1}?`,
      answer: String(index + 1),
    })),
  );
  return there;
};
