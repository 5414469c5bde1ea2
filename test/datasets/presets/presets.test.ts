import { describe, expect, it } from 'vitest';
import { presets } from '../../../datasets/presets/table.ts';
import { fileOf, readAll } from '../files.ts';

/** Rows made after the data sets' cards: they show what a preset does, not that the real files look so. */
const read = async (preset: string, rows: readonly unknown[]) => {
  const { folder } = await fileOf('made.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
  return readAll({ path: 'made.jsonl', preset, from: folder });
};

describe('presets', () => {
  it('say which of them were tried on real files', () => {
    expect(presets.filter(({ verified }) => verified).map(({ name }) => name)).toEqual([
      'generic',
      'gsm8k',
      'math500',
      'aime24',
      'aime25',
      'humaneval',
      'mbpp',
    ]);
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
  });

  it('gsm8k: takes the number behind the last ####, without separators, and cleans the solution', async () => {
    const answer = 'She has 2*600=<<2*600=1200>>1200 and <<1200+34=1234>>.\n#### 1,234';
    const { problems, bad } = await read('gsm8k', [
      { question: 'q', answer },
      { question: 'q', answer: 'no mark' },
    ]);
    expect(problems[0]).toMatchObject({ answer: '1234', solution: 'She has 2*600=1200 and .', domain: 'maths' });
    expect(bad[0]).toMatchObject({ line: 2, code: 'not-checkable' });
  });

  it('math: takes the last box of the solution and the number of the level', async () => {
    const row = (solution: string) => ({ problem: 'p', level: 'Level 5', type: 'Algebra', solution });
    const { problems, bad } = await read('math', [
      row('First \\boxed{1}, so $\\boxed{\\frac{1}{\\{2\\}}}$.'),
      row('so $\\boxed 7$.'),
      row('so \\fbox{8}'),
      row('nothing'),
      row('\\boxed{never closed'),
    ]);
    expect(problems.map(({ answer }) => answer)).toEqual(['\\frac{1}{\\{2\\}}', '7', '8']);
    expect(problems[0]!.source).toMatchObject({ level: '5', subject: 'Algebra', licence: 'MIT' });
    expect(bad.map(({ line, code }) => [line, code])).toEqual([
      [4, 'not-checkable'],
      [5, 'not-checkable'],
    ]);
  });

  it('numinamath-1.5: what cannot be checked is told and not taken', async () => {
    const row = {
      problem: 'p',
      answer: '7',
      solution: 's',
      problem_type: 'Algebra',
      problem_is_valid: 'Yes',
      solution_is_valid: 'Yes',
    };
    const { problems, bad } = await read('numinamath-1.5', [
      row,
      { ...row, answer: 'proof' },
      { ...row, answer: 'notfound' },
      { ...row, problem_is_valid: 'Incomplete' },
      { ...row, solution_is_valid: 'Problem not solved' },
    ]);
    expect(problems).toHaveLength(1);
    expect(bad.map(({ line, code }) => [line, code])).toEqual([2, 3, 4, 5].map((line) => [line, 'not-checkable']));
  });

  it('openr1-math: leaves the recorded generations out', async () => {
    const row = { problem: 'p', answer: '7', uuid: 'u', generations: ['<think>…'], messages: [], correctness_count: 2 };
    const { problems } = await read('openr1-math', [row]);
    expect(problems[0]!.source.id).toBe('u');
    expect(problems[0]!.meta).toBe('{"correctness_count":2}');
  });

  it('deepscaler: an empty solution is none', async () => {
    const { problems } = await read('deepscaler', [{ problem: 'p', answer: '7', solution: '' }]);
    expect(problems[0]).toMatchObject({ answer: '7', solution: null });
  });

  it('dapo-math: takes the wrapping off and reads a repeated problem once', async () => {
    const content =
      'Solve the following math problem step by step. The last line of your response should be of the form Answer: $Answer (without quotes) where $Answer is the answer to the problem.\n\nFind $x$.\nIt is small.\n\nRemember to put your answer on its own line after "Answer:".';
    const row = (id: number, text: string) => ({
      prompt: [{ role: 'user', content: text }],
      reward_model: { ground_truth: '34', style: 'rule' },
      extra_info: { index: id },
      data_source: 'math_dapo',
      ability: 'MATH',
    });
    const { problems } = await read('dapo-math', [row(1, content), row(2, content), row(3, 'plain'), row(4, content)]);
    expect(problems.map(({ statement, answer, source }) => [statement, answer, source.row, source.id])).toEqual([
      ['Find $x$.\nIt is small.', '34', 0, '1'],
      ['plain', '34', 2, '3'],
    ]);
  });

  it('gpqa: shuffles by the question, the same each time, and all four letters come up', async () => {
    const row = (n: number) => ({
      Question: `Question ${n}?`,
      'Correct Answer': 'right ',
      'Incorrect Answer 1': 'wrong 1',
      'Incorrect Answer 2': 'wrong 2',
      'Incorrect Answer 3': 'wrong 3',
      'Record ID': `rec${n}`,
    });
    const rows = Array.from({ length: 400 }, (_, n) => row(n));
    const { problems } = await read('gpqa', rows);
    for (const { choices, answer } of problems) expect(choices['ABCD'.indexOf(answer!)]).toBe('right');
    const letters = Map.groupBy(problems, ({ answer }) => answer);
    expect([...letters.keys()].sort()).toEqual(['A', 'B', 'C', 'D']);
    for (const group of letters.values()) expect(group.length).toBeGreaterThan(60);
    const [alone] = (await read('gpqa', [row(7)])).problems;
    expect([alone!.answer, alone!.choices, alone!.id]).toEqual([
      problems[7]!.answer,
      problems[7]!.choices,
      problems[7]!.id,
    ]);
  });

  it('mbpp: shows the asserts in the statement, and reads lists written in Python', async () => {
    const row = { text: 'Write f.', code: 'def f(): pass', task_id: 3, test_setup_code: '' };
    const asserts = ['assert f("a\'b") == 1', "assert f('\\n') == 2"];
    const { problems, bad } = await read('mbpp', [
      { ...row, test_list: asserts },
      { ...row, test_list: "['assert f(\"a\\'b\") == 1', \"assert f('\\\\n') == 2\"]" },
      { ...row, test_list: '[f(x) for x in y]' },
    ]);
    expect(problems[0]!.statement).toBe(`Write f.\n\nYour code should pass these tests:\n\n${asserts.join('\n')}`);
    expect(JSON.parse(problems[0]!.tests!)).toEqual({ kind: 'asserts', setup: '', asserts });
    expect(problems[1]!.id).toBe(problems[0]!.id);
    expect(bad[0]).toMatchObject({ line: 3, code: 'wrong-type' });
  });

  it('generic: takes all forms that the documentation shows', async () => {
    const tests = [
      { kind: 'asserts', setup: '', asserts: ['assert f(1) == 2'] },
      { kind: 'check', entryPoint: 'f', source: 'def check(candidate): pass' },
      { kind: 'stdin', cases: [{ input: '1 2\n', output: '3\n' }], timeLimitSeconds: 2, memoryLimitMb: 256 },
      { kind: 'call', entryPoint: 'f', cases: [{ arguments: [1, 2], expected: 3 }] },
    ];
    const { problems, bad } = await read('generic', [
      {
        statement: 's',
        domain: 'maths',
        answer: '\\frac{1}{2}',
        id: 7,
        source: 'book',
        licence: 'CC0',
        meta: { page: 3 },
      },
      { statement: 's', domain: 'choice', choices: ['x', 'y'], answer: '(b)' },
      { statement: 's', choices: ['x', 'y'], answer: 'x' },
      { statement: 's', choices: '["10","20"]', answer: 20 },
      ...tests.map((one) => ({ statement: 's', domain: 'code', language: 'python', tests: one })),
      { statement: 's', domain: 'code', tests: JSON.stringify(tests[0]) },
    ]);
    expect(bad).toEqual([]);
    expect(problems[0]).toMatchObject({ answer: '\\frac{1}{2}', meta: '{"source":"book","meta":{"page":3}}' });
    expect(problems[0]!.source).toMatchObject({ dataset: 'made', id: '7', licence: 'CC0' });
    expect(problems.slice(1, 4).map(({ domain, answer }) => [domain, answer])).toEqual([
      ['choice', 'B'],
      ['choice', 'A'],
      ['choice', 'B'],
    ]);
    expect(problems.slice(4, 8).map((problem) => JSON.parse(problem.tests!))).toEqual(tests);
    expect(problems[8]!.id).toBe(problems[4]!.id);
  });

  it('fields: takes columns and ways through nested values', async () => {
    const { folder } = await fileOf('own.jsonl', '{"q":{"text":"What?"},"a":1.5,"a.b":"x"}');
    const source = { path: 'own.jsonl', fields: { statement: 'q.text', answer: 'a', subject: 'a.b' }, from: folder };
    const { problems } = await readAll(source);
    expect(problems[0]).toMatchObject({ statement: 'What?', answer: '1.5', source: { subject: 'x' } });
  });
});
