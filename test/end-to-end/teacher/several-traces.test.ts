import { afterEach, beforeEach, expect, it } from 'vitest';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { faultsOf, storedStates } from '../../helpers/oracles/stored-states.ts';
import { type Place, place } from '../../helpers/sluice.ts';

const SAMPLES = 6;
const KEPT = 4;
const numberIn = (text: string): number => Number(/number (\d+)/.exec(text)?.[1]);
const isRight = (number: number, sample: number): boolean => (number * 5 + sample * 3) % 7 < 4;
/** What one sample after another comes to: the right ones up to the fourth. */
const keptOf = (number: number): number[] =>
  Array.from({ length: SAMPLES }, (_, sample) => sample)
    .filter((sample) => isRight(number, sample))
    .slice(0, KEPT);

let server: ModelServer;
let there: Place;
beforeEach(async () => {
  server = await modelServer({
    chat: ({ model, text, seed = 0 }) =>
      model === 'student'
        ? answered('\\boxed{none}')
        : answered(`\\boxed{${isRight(numberIn(text), seed) ? numberIn(text) : 'x'}}`, `The way ${seed}.`),
    score: ({ steps }) => steps.map(() => 0.5),
    latency: ({ model }) => (model === 'teacher' ? 15 : 0),
  });
  there = place();
});
afterEach(async () => {
  there.remove();
  await server.close();
});

const configure = (teacher: object = {}) => {
  there.write(
    'problems.jsonl',
    Array.from({ length: 40 }, (_, number) => ({ statement: `What is number ${number}?`, answer: `${number}` })),
  );
  there.configure({
    run: 'several',
    problems: [{ path: 'problems.jsonl' }],
    student: { baseUrl: `${server.url}/v1`, model: 'student' },
    scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
    target: { records: 30, distribution: 'natural' },
    teacher: {
      ...{ baseUrl: `${server.url}/v1`, model: 'teacher', seed: 0, concurrency: 4 },
      ...{ samples: SAMPLES, keepVerified: KEPT, ...teacher },
    },
  });
};

interface Line {
  readonly id: string;
  readonly problem: string;
  readonly sample: number;
  readonly reasoning: string;
}
const byProblem = (lines: readonly Line[]) => Map.groupBy(lines, ({ problem }) => numberIn(problem));
const teacherCalls = () => server.calls.filter(({ model }) => model === 'teacher');

it('keeps four traces of a problem under kills: sampler, server and files agree, and a target counts problems', async () => {
  configure();
  for (const calls of [15, 50, 90]) {
    const started = there.start('run');
    await Promise.race([server.when(() => teacherCalls().length >= calls), started.ended]);
    await started.kill();
  }
  const { code, stderr } = await there.runHere('run');
  expect(code, stderr).toBe(0);

  const { emitted, quality, states } = there.report();
  expect(Object.values(emitted).reduce((sum, one) => sum + one, 0)).toBe(30);
  expect(states).toMatchObject({ emitted: 30, dead: 0 });
  expect(faultsOf(storedStates(there.store, 'several'))).toEqual([]);

  const lines = there.lines<Line>('cot.jsonl');
  const kept = byProblem(lines);
  expect(kept.size).toBe(30);
  for (const [number, traces] of kept) expect(traces.map(({ sample }) => sample)).toEqual(keptOf(number));
  for (const { reasoning, sample } of lines) expect(reasoning).toBe(`The way ${sample}.`);
  expect(quality.traces).toBe(lines.length);

  // Of each problem the server was asked for the samples up to the fourth right one, and for no other.
  const asked = new Set(teacherCalls().map(({ text, seed }) => `${numberIn(text)}/${seed}`));
  const wanted = [...kept.keys()].flatMap((number) => {
    const all = keptOf(number);
    const last = all.length === KEPT ? (all.at(-1) ?? 0) : SAMPLES - 1;
    return Array.from({ length: last + 1 }, (_, sample) => `${number}/${sample}`);
  });
  expect([...asked].sort()).toEqual(wanted.sort());
  // A kill repeats what was in flight, and what was answered within the commit before it.
  expect(teacherCalls().length - asked.size).toBeLessThanOrEqual(3 * 4 * 2);
}, 120_000);

it('is exported a row each by what trains on answers, and chooses among all samples where it is told to', async () => {
  configure({ keepVerified: 2, choose: 'longest' });
  const { code, stderr } = await there.runHere('run');
  expect(code, stderr).toBe(0);
  const lines = there.lines<Line>('cot.jsonl');
  expect(lines).toHaveLength(60);
  expect(new Set(teacherCalls().map(({ text, seed }) => `${numberIn(text)}/${seed}`)).size).toBe(30 * SAMPLES);
  const exported = await there.runHere('export', '--format', 'trl', '--out', 'trl');
  expect(exported.code, exported.stderr).toBe(0);
  const rows = there.lines<{ id: string }>('data/train-00000.jsonl', 'trl');
  expect(rows.map(({ id }) => id)).toEqual(lines.map(({ id }) => id));
}, 120_000);
