import { afterEach, expect, it } from 'vitest';
import type { Forecast } from '../../../flow/forecast/forecast.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { type Place, place } from '../../helpers/sluice.ts';

let server: ModelServer;
let there: Place;
afterEach(async () => {
  there.remove();
  await server.close();
});

const numberIn = (text: string): number => Number(/number (\d+)/.exec(text)?.[1] ?? 0);
const cut = { ...answered('', 'Let me think about'), finish: 'length' as const };

/** Of 30 problems: even ones without an answer, about every third of which the samples disagree. */
const isOpen = (number: number) => number % 2 === 0;
const isDoubtful = (number: number) => number % 6 === 0;

const begin = async (student: (number: number) => ReturnType<typeof answered>, changes: object = {}) => {
  server = await modelServer({
    chat: ({ model, text, seed }) => {
      const number = numberIn(text);
      if (model === 'student') return student(number);
      // One of the first three is wrong; of the doubtful ones no three agree; the answers are spelt in two ways.
      const slips = isDoubtful(number) ? (seed ?? 0) : number % 4 === 0 && seed === 1 ? 1000 : 0;
      return answered(`So it is \\boxed{${number + slips}${seed === 2 ? '.0' : ''}}.`, 'It is said there.');
    },
  });
  const endpoint = { baseUrl: `${server.url}/v1`, concurrency: 4 };
  there = place({
    run: 'voted',
    problems: [{ path: 'problems.jsonl' }],
    reference: { by: 'vote', samples: 4, atLeast: 3 },
    student: { ...endpoint, model: 'student', attempts: 2 },
    levels: { by: 'pass-rate' },
    target: { records: 30, distribution: 'natural', admit: 'after-grading' },
    teacher: { ...endpoint, model: 'teacher', samples: 4, seed: 0 },
    ...changes,
  });
  const rows = Array.from({ length: 30 }, (_, number) => ({
    statement: `What is number ${number}?`,
    ...(!isOpen(number) && { answer: `${number}` }),
  }));
  there.write('problems.jsonl', rows);
};
const asked = (model: string) => server.calls.filter((call) => call.model === model).length;

it('takes what three of four samples agree on as the reference, says so on the record, and pays for no sample twice', async () => {
  await begin((number) => answered(`\\boxed{${number % 5 === 0 ? number : number + 1}}`));
  const { code, stderr } = await there.runHere('run');
  expect(code, stderr).toBe(3);
  const cot = there.lines<{ source: { row: number }; reference: string; label?: object }>('cot.jsonl');
  const numbers = Array.from({ length: 30 }, (_, number) => number);
  const voted = numbers.filter((number) => isOpen(number) && !isDoubtful(number));
  const labelled = cot.filter(({ label }) => label).sort((a, b) => a.source.row - b.source.row);
  expect(labelled.map(({ source }) => source.row)).toEqual(voted);
  expect(labelled.map(({ reference }) => Number(reference))).toEqual(voted);
  expect(labelled.map(({ label }) => label)).toEqual(
    voted.map((number) => ({ by: 'teacher', votes: 3, of: number % 4 === 0 ? 4 : 3 })),
  );
  const { states, graded, quality } = there.report();
  expect(states).toMatchObject({ emitted: 25, unverifiable: 5, dead: 0 });
  expect(graded).toEqual({ right: 5, wrong: 20, unverifiable: 5 });
  expect(quality.labels).toEqual({ count: 10, of: 25 });
  // Two that differ among the first three leave two in four at most: a fourth is not asked for.
  const votes = voted.reduce((sum, number) => sum + (number % 4 === 0 ? 4 : 3), 0) + 5 * 3;
  expect(asked('teacher')).toBe(votes + numbers.filter((number) => !isOpen(number)).length);
  expect(server.calls.filter(({ model, repeat }) => model === 'teacher' && repeat > 0)).toEqual([]);
  const { stdout } = await there.runHere('inspect', labelledId());
  expect(stdout).toMatch(/reference {2}\d+ \(maths\), 3 of [34] samples of teacher agree/);
}, 60_000);

const labelledId = (): string =>
  there.lines<{ id: string; label?: object }>('cot.jsonl').find(({ label }) => label)?.id ?? '';

it('asks for hardly a vote where the first answers of the student are cut off', async () => {
  await begin(() => cut);
  const { code, stderr } = await there.runHere('run');
  expect(stderr).toMatch(/student\.maxTokens: \d+ of the student's first \d+ answers were cut off/);
  expect(code).toBe(2);
  // Those problems whose student had answered before five answers were there.
  expect(asked('teacher')).toBeLessThanOrEqual(4 * 3);
});

it('says that more than half must agree', async () => {
  await begin(() => cut, { reference: { by: 'vote', samples: 4, atLeast: 2 } });
  const { code, stderr } = await there.runHere('run');
  expect(stderr).toMatch(
    /reference\.atLeast: wants more than half of reference\.samples \(4\) and no more than all, found 2/,
  );
  expect([code, server.calls.length]).toEqual([2, 0]);
});

it('keeps rows without an answer as bad ones where nothing is said of votes', async () => {
  await begin((number) => answered(`\\boxed{${number}}`), { reference: undefined });
  const { stderr } = await there.runHere('run');
  expect(there.report().deadLetters, stderr).toEqual({ 'missing-field': 15 });
  // Another run over the same file has them as problems.
  const { code } = await there.runHere(
    'run',
    '--set',
    'run=voting',
    '--set',
    'reference.by=vote',
    '--set',
    'reference.samples=4',
    '--set',
    'reference.atLeast=3',
    '--set',
    'output.dir=voting',
  );
  expect(code).toBe(3);
  expect(there.report('voting').states).toMatchObject({ emitted: 25, unverifiable: 5 });
}, 60_000);

it('is told by a plan: the calls for votes are those of grading, and none is counted twice', async () => {
  await begin((number) => answered(`\\boxed{${number % 5 === 0 ? number : number + 1}}`));
  const { code, stdout, stderr } = await there.runHere('plan', '--pilot', '30', '--json');
  expect(code, stderr).toBe(0);
  const { stages } = JSON.parse(stdout) as Forecast;
  const callsOf = (stage: string) =>
    stages.find((one) => one.stage === stage && one.model === 'teacher')?.calls.expected;
  const open = Array.from({ length: 30 }, (_, number) => number).filter(isOpen);
  const votes = open.reduce((sum, number) => sum + (!isDoubtful(number) && number % 4 === 0 ? 4 : 3), 0);
  expect(callsOf('grade')).toBeCloseTo(votes, 0);
  expect(callsOf('generate')).toBeCloseTo(asked('teacher') - votes, 0);
}, 60_000);
