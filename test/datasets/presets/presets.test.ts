import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { messagesColumn, stringColumn, structColumn } from '../../../datasets/out/format/parquet-schema.ts';
import { openShard } from '../../../datasets/out/shards/shard.ts';
import { presets } from '../../../datasets/presets/table.ts';
import { fileOf, readAll, scratchFolder } from '../files.ts';

/** Rows made after the data sets' cards: they show what a preset does, not that the real files look so. */
const read = async (preset: string, rows: readonly unknown[]) => {
  const { folder } = await fileOf('made.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
  return readAll({ path: 'made.jsonl', preset, from: folder });
};

describe('presets', () => {
  it('say which of them were tried on real files', () => {
    expect(presets.filter(({ verified }) => verified).map(({ name }) => name)).toEqual([
      'aime24',
      'aime25',
      'generic',
      'gsm8k',
      'humaneval',
      'math500',
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

  it.for([
    ['-5', '-5'],
    ['3/4', '3/4'],
    ['$1,234,567.50', '$1234567.50'],
    ['12%', '12%'],
    ['1, 2, 3', '1, 2, 3'],
  ])('gsm8k: %s', async ([written, wanted]) => {
    const { problems } = await read('gsm8k', [{ question: 'q', answer: `worked\n#### ${written}\n` }]);
    expect(problems[0]!.answer).toBe(wanted);
  });

  it.for(['aime24', 'aime25'])(
    '%s: the same number however it is printed, from the columns of each publisher',
    async (preset) => {
      const { problems } = await read(preset, [
        { ID: '2024-I-1', Problem: 'p', Solution: 's', Answer: 33 },
        { id: 1, problem: 'p', answer: '033' },
        { problem_idx: 2, problem: 'p', answer: '33.0' },
        { question: 'p', answer: '$33$' },
        { question: 'p', answer: '000' },
      ]);
      expect(problems.map(({ answer }) => answer)).toEqual(['33', '33', '33', '33', '0']);
      expect(problems.map(({ source }) => source.id)).toEqual(['2024-I-1', '1', '2', null, null]);
    },
  );

  it('math: takes the last box of the solution and the number of the level', async () => {
    const row = (solution: string) => ({ problem: 'p', level: 'Level 5', type: 'Algebra', solution });
    const { problems, bad } = await read('math', [
      row('First \\boxed{1}, so $\\boxed{\\frac{1}{\\{2\\}}}$.'),
      row('so $\\boxed 7$.'),
      row('so \\fbox{8}'),
      row('nothing'),
      row('\\boxed{never closed'),
      { ...row('so $\\boxed{9}$'), answer: '' },
    ]);
    expect(problems.map(({ answer }) => answer)).toEqual(['\\frac{1}{\\{2\\}}', '7', '8', '9']);
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
      { ...row, answer: '\\text{Not found}' },
      { ...row, problem_is_valid: 'Incomplete' },
      { ...row, solution_is_valid: 'Problem not solved' },
      { ...row, solution_is_valid: false },
    ]);
    expect(problems).toHaveLength(1);
    expect(bad.map(({ line, code }) => [line, code])).toEqual([2, 3, 4, 5, 6].map((line) => [line, 'not-checkable']));
  });

  it.for([
    ['Which? (A) 1 (B) $\\frac{1}{2}$ (C) both.', 'B', 'Which?', ['1', '$\\frac{1}{2}$', 'both.']],
    [
      'How many?\n$\\textbf{(A)}\\ 6 \\qquad\\textbf{(B)}\\ 7 \\qquad \\textbf{(C)}\\ \\frac{15}{2}$',
      '\\text{C}',
      'How many?',
      ['6', '7', '\\frac{15}{2}'],
    ],
    ['Take one.\nA. Anna\nB. Bea\nC. Cleo\nD. Dora', 'D', 'Take one.', ['Anna', 'Bea', 'Cleo', 'Dora']],
    ['Point A lies on BC. A) 3 B) 4', '(A)', 'Point A lies on BC.', ['3', '4']],
  ] as const)('numinamath-1.5: %s is a question with choices', async ([problem, answer, statement, choices]) => {
    const { problems } = await read('numinamath-1.5', [{ problem, answer, question_type: 'MCQ' }]);
    expect(problems[0]).toMatchObject({ domain: 'choice', statement, choices, answer: answer.replace(/[^A-J]/g, '') });
  });

  it('numinamath-1.5: a letter without choices to be found stays as it is', async () => {
    const { problems } = await read('numinamath-1.5', [
      { problem: 'Which of (A) and (B)?', answer: 'C', question_type: 'MCQ' },
      { problem: 'Name the point. (A) 1 (B) 2', answer: 'B', question_type: 'math-word-problem' },
    ]);
    expect(problems.map(({ domain, answer }) => [domain, answer])).toEqual([
      ['maths', 'C'],
      ['maths', 'B'],
    ]);
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

  it('dapo-math: reads the same from Parquet, whose columns are nested', async () => {
    const folder = await scratchFolder();
    const columns = [
      messagesColumn('prompt'),
      structColumn('reward_model', { ground_truth: 'string', style: 'string' }),
      structColumn('extra_info', { index: 'string' }),
      stringColumn('source_prompt'),
    ];
    const shard = await openShard(join(folder, 'dapo.parquet'), columns);
    const turns = [
      { role: 'system', content: 'Be good.' },
      { role: 'user', content: 'Find $y$.' },
    ];
    const row = { prompt: turns, reward_model: { ground_truth: '5', style: 'rule' }, extra_info: { index: 'i' } };
    await shard.add({ ...row, source_prompt: 'big' });
    await shard.close();
    const { problems } = await readAll({ path: 'dapo.parquet', preset: 'dapo-math', from: folder });
    expect(problems[0]).toMatchObject({ statement: 'Find $y$.', answer: '5', meta: null, source: { id: 'i' } });
  });

  it('gpqa: tells a right answer that is a wrong one too', async () => {
    const row = { Question: 'q', 'Correct Answer': 'x', 'Incorrect Answer 1': 'x ', 'Incorrect Answer 2': 'y' };
    const { bad } = await read('gpqa', [{ ...row, 'Incorrect Answer 3': 'z' }]);
    expect(bad[0]).toMatchObject({ code: 'not-checkable' });
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

  it.for([
    ['sanitized', { prompt: 'Write f.', test_imports: ['import math'], test_list: ['assert f(1)'], source_file: 'x' }],
    [
      'EvalPlus',
      { prompt: 'Write f.', assertion: '\nassert f(1)\n', base_input: [[1]], test_imports: ['import math'] },
    ],
  ] as const)('mbpp: as %s', async ([, row]) => {
    const { problems } = await read('mbpp', [{ ...row, task_id: 'Mbpp/2', code: 'def f(): pass' }]);
    expect(problems[0]!.statement).toBe('Write f.\n\nYour code should pass these tests:\n\nassert f(1)');
    const tests = { kind: 'asserts', setup: 'import math', asserts: ['assert f(1)'] };
    expect(JSON.parse(problems[0]!.tests!)).toEqual(tests);
  });

  it('tells which columns there are where one is missing', async () => {
    const { bad } = await read('generic', [{ problem: 'p', final_answer: '7' }]);
    expect(bad[0]!.message).toContain('statement is not there');
    expect(bad[0]!.message).toContain('The row has problem, final_answer.');
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
