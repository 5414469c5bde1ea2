import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codecs } from '../../../schemas/codecs.ts';
import { type Moment, runWithKills, sentAgain } from '../../helpers/kills/crash-run.ts';
import { type Answer, answered } from '../../helpers/models/model-replies.ts';
import { type Call, type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { barePrompt, hashShare } from '../../helpers/models/recorded-students.ts';
import { storedRecords } from '../../helpers/oracles/stored-records.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const problems = 120;
const samples = 4;
const race = 3;
const concurrency = 24;
const maxTokens = 1000;

/** Of the teacher's samples 30 % are cut off, some of them with more room too; of the others half are right. */
const teach = ({ text, seed = 0, maxTokens: room }: Call): Answer => {
  const share = (what: string) => hashShare(`${what} ${text} ${seed}`);
  const isCut = share('cut') < (room > maxTokens ? 0.1 : 0.3);
  const given = share('right') < 0.5 ? numberOf(text) : 0;
  const said = answered(`The answer is \\boxed{${given}}.`, `Thoughts of sample ${seed}, with room for ${room}.`);
  return isCut ? { ...said, content: 'The answer', finish: 'length' } : said;
};

const numberOf = (text: string): number => Number(/\d+/.exec(text)?.[0] ?? 0);

const chat = (call: Call): Answer =>
  call.model === 'teacher' ? teach(call) : answered(`I say \\boxed{${numberOf(call.text) % 3 === 0 ? -1 : -2}}.`);

const after =
  (calls: number): Moment['reached'] =>
  (server) =>
    server.different('teacher') >= calls;

const moments: readonly Moment[] = [20, 80, 140, 200, 260].map((calls) => ({
  stage: 'generate',
  reached: after(calls),
}));

describe('a race that is killed again and again', { timeout: 300_000 }, () => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await modelServer({
      chat,
      score: ({ steps }) => steps.map(hashShare),
      latency: ({ text, seed, number }) => 10 + hashShare(`${number} ${text} ${seed}`) * 80,
    });
  });
  afterAll(() => server.close());

  it('emits byte for byte what the uninterrupted run emits, and asks for no answer that it had', async () => {
    const whole = prepared(server);
    const broken = prepared(server);
    try {
      const ended = await whole.run('run');
      expect(ended.code, ended.stderr).toBe(3);
      server.reset();

      const { kills, last } = await runWithKills(broken, server, moments);
      expect(last.code, last.stderr).toBe(3);
      expect(kills).toHaveLength(moments.length);
      for (const name of ['cot', 'rejected', 'outcomes'] as const)
        expect(bytesOf(broken, name)).toEqual(bytesOf(whole, name));
      const cot = storedRecords(whole.store, 'race.cot', codecs.cot);
      expect(cot.some(({ attempts }) => attempts.length > 1)).toBe(true);
      expect(storedRecords(whole.store, 'race.rejected', codecs.rejected).length).toBeGreaterThan(0);
      expect(faultsOf(storedStates(broken.store, 'race'))).toEqual([]);

      const again = sentAgain(kills, server.calls);
      expect(again.requests).toBeLessThanOrEqual(again.allowed);
      expect(server.calls.filter(isBehindItsRound(whole))).toEqual([]);
    } finally {
      whole.remove();
      broken.remove();
    }
  });
});

const encoders = { cot: codecs.cot, rejected: codecs.rejected, outcomes: codecs.outcome };

/** Each record's bytes, sorted: the order of a topic is that of the answers. */
const bytesOf = ({ store }: Place, name: keyof typeof encoders): string[] =>
  storedRecords(store, `race.${name}`, { decode: (bytes) => Buffer.from(bytes).toString('hex') }).sort();

/** A sample that is asked for although an earlier round had a verified one. */
const isBehindItsRound = ({ store }: Place) => {
  const winners = new Map(
    storedRecords(store, 'race.cot', codecs.cot).map(({ problem, attempts }) => [
      problem.statement,
      attempts.at(-1)?.sample ?? 0,
    ]),
  );
  return ({ model, text, seed = 0 }: Call): boolean =>
    model === 'teacher' && seed >= race * (Math.floor((winners.get(text) ?? samples) / race) + 1);
};

/** The target takes all there is, so that the numbers of the admissions are of the seed alone. */
const prepared = ({ url }: ModelServer): Place => {
  const there = place({
    run: 'race',
    problems: [{ path: 'problems.jsonl' }],
    student: { baseUrl: `${url}/v1`, model: 'student', maxTokens: 100, concurrency, prompt: barePrompt },
    scorer: { kind: 'prm', baseUrl: url, model: 'prm', concurrency },
    target: { records: 10 * problems, admit: 'after-grading' },
    teacher: {
      ...{ baseUrl: `${url}/v1`, model: 'teacher', samples, race, concurrency, prompt: barePrompt },
      ...{ seed: 0, maxTokens, maxTokensRaised: 4 * maxTokens, onTruncated: 'raise' },
    },
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
