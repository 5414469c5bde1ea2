import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../helpers/models/model-replies.ts';
import { answered } from '../../helpers/models/model-replies.ts';
import { type ModelServer, modelServer } from '../../helpers/models/model-server.ts';
import { type Place, place } from '../../helpers/sluice.ts';

let server: ModelServer;
let there: Place;
let student: (number: number, maxTokens: number) => Answer;
const numberIn = (text: string): number => Number(/number (\d+)/.exec(text)?.[1] ?? 0);

beforeEach(async () => {
  student = () => answered('\\boxed{0}');
  server = await modelServer({
    chat: ({ model, text, maxTokens }) =>
      model === 'student'
        ? student(numberIn(text), maxTokens)
        : answered(`So it is \\boxed{${numberIn(text)}}.`, 'It is said in the question.'),
    score: ({ steps }) => steps.map(() => 0.5),
  });
  there = place();
});
afterEach(async () => {
  there.remove();
  await server.close();
});

const begin = (changes: object = {}, problems = 40) => {
  there.configure({
    run: 'first',
    problems: [{ path: 'problems.jsonl' }],
    student: { baseUrl: `${server.url}/v1`, model: 'student', concurrency: 8, ...changes },
    scorer: { kind: 'prm', baseUrl: server.url, model: 'prm' },
    target: { records: 10, distribution: 'natural' },
    teacher: { baseUrl: `${server.url}/v1`, model: 'teacher', samples: 1 },
  });
  there.write(
    'problems.jsonl',
    Array.from({ length: problems }, (_, number) => ({ statement: `What is number ${number}?`, answer: `${number}` })),
  );
};
const cut = (answer: Answer): Answer => ({ ...answer, finish: 'length' });
const asked = (model: string) => server.calls.filter((call) => call.model === model).length;

describe('a student most of whose first answers were cut off', () => {
  beforeEach(() => {
    student = (number) => (number % 4 === 0 ? answered('\\boxed{0}') : cut(answered('', 'Let me think about')));
  });

  it('stops the run before the teacher is paid, with the setting to raise', async () => {
    begin();
    const { code, stderr } = await there.runHere('run');
    expect(stderr).toMatch(/student\.maxTokens: \d+ of the student's first \d+ answers were cut off.*--yes/);
    expect(code).toBe(2);
    expect(asked('teacher')).toBe(0);
  });

  it('goes on where that is confirmed, and the report says what it is worth', async () => {
    begin();
    const { code, stdout } = await there.runHere('run', '--yes');
    expect(code).toBe(0);
    expect(stdout).toMatch(/what is off:\n- \d+ of \d+ answers of the student were cut off/);
    const { quality } = there.report();
    expect(quality.truncated.student.count).toBeGreaterThan(quality.truncated.student.of / 2);
    expect(quality.findings.map(({ code: what }) => what)).toContain('student-truncated');
  });

  it('leaves those problems out where it is told to: they are no hard ones', async () => {
    begin({ onTruncated: 'leave-out' });
    const { code } = await there.runHere('run', '--yes', '--set', 'target.records=40');
    expect(code).toBe(3);
    const { states, levels } = there.report();
    expect(states).toMatchObject({ emitted: 10, unverifiable: 30 });
    expect(Object.values(levels).reduce((sum, one) => sum + one, 0)).toBe(10);
  });

  it('asks once more with more room where it is told to', async () => {
    student = (number, maxTokens) => (maxTokens > 4096 ? answered(`\\boxed{${number}}`) : cut(answered('', 'Hm')));
    begin({ onTruncated: 'raise', maxTokensRaised: 8192 }, 12);
    const { code, stderr } = await there.runHere('run');
    expect(code, stderr).toBe(0);
    expect(there.report().quality.truncated.student.count).toBe(0);
    expect(there.report().graded.wrong).toBe(0);
    expect(asked('student')).toBe(2 * there.report().graded.right);
  });
});

describe('a scorer whose scores lie close together', () => {
  it('is told of, and other thresholds are shown at no cost', async () => {
    await server.close();
    server = await modelServer({
      chat: ({ model, text }) => answered(model === 'student' ? '\\boxed{none}' : `\\boxed{${numberIn(text)}}`, 'Hm.'),
      score: ({ steps }) => steps.map((_, index) => 0.54 + ((steps[index]?.length ?? 0) % 22) / 100),
    });
    student = () => answered('');
    begin();
    there.write(
      'problems.jsonl',
      Array.from({ length: 44 }, (_, number) => ({ statement: `What is number ${number}?`, answer: `${number}` })),
    );
    const { stdout, stderr } = await there.runHere('run', '--yes');
    expect(stdout, stderr).toContain('of five levels are there');
    const before = server.calls.length;
    const levels = await there.runHere('levels', '--json');
    expect(levels.code, levels.stderr).toBe(0);
    const found = JSON.parse(levels.stdout);
    // The run may end before the last problems have a level.
    expect(found.problems).toBeGreaterThan(20);
    expect(Object.values(found.other as Record<string, number>).reduce((sum, one) => sum + one, 0)).toBe(
      found.problems,
    );
    const given = await there.runHere('levels', '--thresholds', '0.9,0.95,0.96,0.97', '--json');
    expect(JSON.parse(given.stdout).other.level_1).toBe(found.problems);
    expect((await there.runHere('levels', '--thresholds', '0.9,0.2')).code).toBe(2);
    expect(server.calls.length).toBe(before);
  });
});

describe('a student whose first answers', () => {
  it('are empty stops the run before the teacher is paid', async () => {
    student = () => answered('');
    begin();
    const { code, stderr } = await there.runHere('run');
    expect(stderr).toMatch(/hold nothing after the reasoning/);
    expect([code, asked('teacher')]).toEqual([2, 0]);
  });

  it('are few holds nothing up', async () => {
    student = () => cut(answered('', 'Hm'));
    begin({}, 3);
    const { code } = await there.runHere('run');
    expect([code, asked('teacher')]).toEqual([3, 3]);
  });
});

it('asks nobody about a problem whose reference cannot be read', async () => {
  student = (number) => answered(`\\boxed{${number}}`);
  begin({}, 6);
  const rows = Array.from({ length: 6 }, (_, number) => ({
    statement: `What is number ${number}?`,
    answer: `${number}`,
  }));
  there.write('problems.jsonl', [...rows, { statement: 'What is number 7?', answer: 'N/A' }]);
  const { stderr } = await there.runHere('run');
  expect(there.report().states, stderr).toMatchObject({ emitted: 6, unverifiable: 1 });
  expect(asked('student')).toBe(6);
});
