import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fileOf, readAll } from '../files.ts';

/** One row of a data set as it is published, and what is to become of it. */
const rows: readonly [preset: string, row: unknown, problem: Record<string, unknown>, tests?: unknown][] = [
  [
    'big-math',
    { problem: 'p', answer: '4', source: 'orca_math', domain: ['Mathematics -> Algebra'], llama8b_solve_rate: 0.5 },
    {
      domain: 'maths',
      answer: '4',
      source: { subject: 'Mathematics -> Algebra' },
      meta: '{"source":"orca_math","llama8b_solve_rate":0.5}',
    },
  ],
  [
    'deepmath',
    { question: 'q', final_answer: '0', difficulty: 4.5, topic: 'Mathematics -> Calculus', r1_solution_1: 'long' },
    { answer: '0', source: { level: '4.5', subject: 'Mathematics -> Calculus' }, meta: null },
  ],
  [
    'orz',
    [
      { from: 'human', value: 'q' },
      { from: 'assistant', ground_truth: { value: '24' } },
    ],
    { statement: 'q', answer: '24' },
  ],
  [
    'open-thoughts',
    {
      problem: 'q',
      ground_truth_solution: 'so $\\boxed{7}$',
      domain: 'math',
      source: 's',
      test_cases: null,
      starter_code: null,
    },
    { domain: 'maths', answer: '7', source: { subject: 'math' } },
  ],
  [
    'open-thoughts',
    {
      problem: 'q',
      ground_truth_solution: '',
      domain: 'code',
      test_cases: '{"inputs":["1\\n"],"outputs":["2\\n"]}',
      starter_code: 'def f():',
    },
    { domain: 'code', statement: expect.stringContaining('Begin with this code:\n\n```python\ndef f():\n```') },
    { kind: 'stdin', cases: [{ input: '1\n', output: '2\n' }] },
  ],
  [
    'skywork-or1',
    {
      data_source: 'train-math',
      prompt: [{ role: 'user', content: 'q' }],
      ability: 'math',
      reward_model: { ground_truth: '["\\\\frac{1}{2}"]', style: 'rule' },
      extra_info: { index: 3 },
    },
    { domain: 'maths', statement: 'q', answer: '\\frac{1}{2}', source: { id: '3' } },
  ],
  [
    'skywork-or1',
    {
      prompt: [{ role: 'user', content: 'q' }],
      ability: 'code',
      reward_model: {
        ground_truth:
          '{"entry_point":"f","import_prefix":"import math","test_code":"def check(candidate):\\n    assert candidate(1) == 2"}',
      },
    },
    { domain: 'code', statement: 'q' },
    { kind: 'check', entryPoint: 'f', source: 'import math\ndef check(candidate):\n    assert candidate(1) == 2' },
  ],
  [
    'eurus',
    {
      data_source: 'numina',
      prompt: [
        { role: 'system', content: 'long' },
        { role: 'user', content: 'q?\n\nPresent the answer in LaTex format: \\boxed{Your answer}' },
      ],
      ability: 'math',
      reward_model: { ground_truth: '4' },
    },
    { domain: 'maths', statement: 'q?', answer: '4' },
  ],
  [
    'eurus',
    {
      data_source: 'taco',
      prompt: [{ role: 'user', content: 'q?\n\nWrite Python code to solve the problem. Present it.' }],
      ability: 'code',
      reward_model: { ground_truth: '{"inputs": ["1 2\\n"], "outputs": ["3\\n"]}' },
    },
    { domain: 'code', statement: 'q?', answer: null },
    { kind: 'stdin', cases: [{ input: '1 2\n', output: '3\n' }] },
  ],
  [
    'synthetic-1',
    {
      problem_id: 'v1',
      task_type: 'verifiable_math',
      prompt: 'q',
      verification_info: "{'ground_truth': '\\\\frac{1}{2}'}",
      gold_standard_solution: 's',
      llm_response: 'x',
    },
    { domain: 'maths', answer: '\\frac{1}{2}', solution: 's', source: { id: 'v1', subject: 'verifiable_math' } },
  ],
  [
    'synthetic-2',
    {
      problem_id: 'v2',
      task_type: 'verifiable_code',
      prompt: 'q',
      verification_info: '{"language": "cpp", "test_cases": [{"type": "stdin_stdout", "input": "1", "output": "2"}]}',
    },
    { domain: 'code', language: 'c++' },
    { kind: 'stdin', cases: [{ input: '1', output: '2' }] },
  ],
  [
    'synthetic-1',
    {
      prompt: 'q',
      verification_info: {
        language: 'python',
        test_cases: [{ type: 'function_call', fn_name: 'f', input: [1, 2], output: [3] }],
      },
    },
    { domain: 'code', language: 'python' },
    { kind: 'call', entryPoint: 'f', cases: [{ arguments: [1, 2], expected: 3 }] },
  ],
  [
    'apps',
    {
      problem_id: 1,
      question: 'q',
      solutions: '[]',
      input_output: '{"inputs": ["1 2\\n", ["1", "2"]], "outputs": ["3\\n", "3"]}',
      difficulty: 'interview',
      starter_code: '',
    },
    { statement: 'q', source: { id: '1', level: 'interview' } },
    {
      kind: 'stdin',
      cases: [
        { input: '1 2\n', output: '3\n' },
        { input: '1\n2', output: '3' },
      ],
    },
  ],
  [
    'apps',
    {
      question: 'q',
      input_output: '{"fn_name": "f", "inputs": [[[1, 2]], [[]]], "outputs": [[3], [0]]}',
      starter_code: 'class Solution:',
    },
    { statement: expect.stringContaining('class Solution:') },
    {
      kind: 'call',
      entryPoint: 'f',
      cases: [
        { arguments: [[1, 2]], expected: 3 },
        { arguments: [[]], expected: 0 },
      ],
    },
  ],
  [
    'taco',
    {
      question: 'q',
      input_output: '{"inputs": ["1"], "outputs": ["2"]}',
      difficulty: 'EASY',
      time_limit: '2.5 seconds',
      memory_limit: '0.5 gigabytes',
      tags: "['Math']",
      url: 'u',
    },
    { source: { level: 'EASY', id: 'u', subject: "['Math']" } },
    { kind: 'stdin', cases: [{ input: '1', output: '2' }], timeLimitSeconds: 2.5, memoryLimitMb: 512 },
  ],
  [
    'code-contests',
    {
      name: '1575_A',
      description: 'q',
      public_tests: { input: ['1'], output: ['2'] },
      private_tests: { input: ['3'], output: ['4'] },
      generated_tests: { input: [], output: [] },
      difficulty: 7,
      time_limit: { seconds: 2, nanos: 5e8 },
      memory_limit_bytes: 268435456,
      input_file: '',
      output_file: '',
      solutions: { language: [3], solution: ['x'] },
    },
    { source: { id: '1575_A', level: '7' } },
    {
      kind: 'stdin',
      cases: [
        { input: '1', output: '2' },
        { input: '3', output: '4' },
      ],
      timeLimitSeconds: 2.5,
      memoryLimitMb: 256,
    },
  ],
  [
    'codeforces',
    {
      id: '1/A',
      title: 'Theatre',
      description: 'Square.',
      input_format: 'n',
      output_format: 'm',
      note: null,
      interaction_format: null,
      examples: [{ input: '1', output: '2' }],
      official_tests: [{ input: '6 6 4', output: '4' }],
      official_tests_complete: true,
      input_mode: 'stdio',
      generated_checker: null,
      time_limit: 1,
      memory_limit: 256,
      rating: 1000,
      tags: ['math'],
      language: 'cpp',
    },
    {
      language: 'c++',
      statement: 'Theatre\n\nSquare.\n\nInput\n\nn\n\nOutput\n\nm\n\nExample 1\n\nInput:\n1\n\nOutput:\n2',
      source: { level: '1000', subject: 'math' },
    },
    { kind: 'stdin', cases: [{ input: '6 6 4', output: '4' }], timeLimitSeconds: 1, memoryLimitMb: 256 },
  ],
  [
    'kod-code',
    {
      question_id: 'k',
      question: 'q',
      solution: 's',
      test: 'from solution import f\n\ndef test_one():\n    assert f(1) == 2\n\ndef test_two():\n    assert f(2) == 3',
      test_info: [{ function_name: 'f' }],
    },
    { solution: 's', source: { id: 'k' } },
    {
      kind: 'check',
      entryPoint: 'f',
      source:
        '\ndef test_one():\n    assert f(1) == 2\n\ndef test_two():\n    assert f(2) == 3\n\ndef check(candidate):\n    test_one()\n    test_two()\n',
    },
  ],
  [
    'ace-code',
    { id: 'a', question: 'q', test_cases: ['assert f(1) == 2'], inferences: [{}], source: 'oss' },
    { source: { id: 'a', subject: 'oss' } },
    { kind: 'asserts', setup: '', asserts: ['assert f(1) == 2'] },
  ],
  [
    'mmlu',
    { question: 'q', choices: ['1', '2', '3', '4'], answer: 2, subject: 's' },
    { answer: 'C', choices: ['1', '2', '3', '4'] },
  ],
  ['mmlu', { train: { question: 'q', choices: ['a', 'b'], answer: 0 } }, { answer: 'A', statement: 'q' }],
  [
    'mmlu-pro',
    { question_id: 1, question: 'q', options: ['a', 'b', 'c'], answer: 'C', answer_index: 2, category: 'law' },
    { answer: 'C', source: { subject: 'law' } },
  ],
  [
    'arc',
    { id: 'x', question: 'q', choices: { text: ['a', 'b', 'c'], label: ['1', '2', '3'] }, answerKey: '3' },
    { answer: 'C' },
  ],
  ['arc', { question: 'q', choices: { text: ['a', 'b'], label: ['A', 'B'] }, answerKey: 'B' }, { answer: 'B' }],
  [
    'openbookqa',
    { id: 'x', question_stem: 'q', choices: { text: ['a', 'b'], label: ['A', 'B'] }, answerKey: 'A', fact1: 'f' },
    { answer: 'A', statement: 'q' },
  ],
  [
    'medqa',
    {
      question: 'q',
      answer: 'two',
      options: { A: 'one', B: 'two' },
      meta_info: 'step1',
      answer_idx: 'B',
      metamap_phrases: ['x'],
    },
    { answer: 'B', choices: ['one', 'two'] },
  ],
  ['medqa', { question: 'q', answer: ['two'], choices: ['one', 'two'] }, { answer: 'B' }],
  [
    'sciq',
    { question: 'q', correct_answer: 'r', distractor1: 'x', distractor2: 'y', distractor3: 'z', support: 'because' },
    { choices: expect.arrayContaining(['r', 'x', 'y', 'z']), solution: 'because' },
  ],
];

const read = async (preset: string, found: readonly unknown[], fields?: Record<string, string>) => {
  const { folder } = await fileOf('made.jsonl', found.map((row) => JSON.stringify(row)).join('\n'));
  return readAll({ path: 'made.jsonl', preset, from: folder, ...(fields && { fields }) });
};

describe('presets of published data sets', () => {
  it.for(rows.map((one, index) => [`${one[0]} (${index})`, one] as const))(
    '%s',
    async ([, [preset, row, problem, tests]]) => {
      const { problems, bad } = await read(preset, [row]);
      expect(bad.map(({ message }) => message)).toEqual([]);
      expect(problems).toMatchObject([problem]);
      if (tests) expect(JSON.parse(problems[0]!.tests!)).toEqual(tests);
    },
  );

  it.for<[string, unknown, RegExp]>([
    ['open-thoughts', { problem: 'q', ground_truth_solution: 'prose' }, /no \\boxed\{\} answer/],
    ['synthetic-1', { prompt: 'q', verification_info: '{"rubric": "kind"}' }, /neither ground_truth nor test_cases/],
    [
      'codeforces',
      { description: 'd', interaction_format: 'ask', official_tests: [{ input: '', output: '' }] },
      /interactive/,
    ],
    [
      'codeforces',
      { description: 'd', generated_checker: 'import sys', official_tests: [{ input: '', output: '' }] },
      /many right outputs/,
    ],
    ['codeforces', { description: 'd', official_tests: [] }, /no tests/],
    [
      'kod-code',
      { question: 'q', test: 'import pytest\nfrom solution import f\ndef test_a():\n    pass' },
      /needs pytest/,
    ],
    [
      'code-contests',
      { description: 'd', public_tests: { input: ['1'], output: ['1'] }, input_file: 'in.txt' },
      /file of its own/,
    ],
    ['mmlu', { question: 'q', choices: ['a', 'b'], answer: 2 }, /place 2, counted from 0; there are 2/],
    ['apps', { question: 'q', input_output: '{"inputs": ["1"], "outputs": []}' }, /1 inputs and 0 outputs/],
    ['skywork-or1', { prompt: 'q', ability: 'math', reward_model: { ground_truth: '["4", "5"]' } }, /a list of 2/],
  ])('%s says what it cannot take', async ([preset, row, message]) => {
    const { problems, bad } = await read(preset, [row]);
    expect(problems).toEqual([]);
    expect(bad).toMatchObject([{ message: expect.stringMatching(message) }]);
  });

  it('takes a column that `fields` names in the place of its own', async () => {
    const asserts = ['assert add(1,2)==3'];
    const { problems } = await read('mbpp', [{ question: 'Add.', cases: asserts }], {
      statement: 'question',
      tests: 'cases',
    });
    expect(JSON.parse(problems[0]!.tests!)).toEqual({ kind: 'asserts', setup: '', asserts });
    expect(problems[0]!.statement).toMatch(/^Add\./);
  });
});

describe('live-code-bench', () => {
  const packed = (pickle: Buffer): string => deflateSync(pickle).toString('base64');
  const pickled = (text: string): Buffer => {
    const head = Buffer.from('\x80\x04X\0\0\0\0', 'latin1');
    head.writeUInt32LE(Buffer.byteLength(text), 3);
    return Buffer.concat([head, Buffer.from(text), Buffer.from('\x94.', 'latin1')]);
  };
  const row = {
    question_content: 'q',
    question_id: 'abc1',
    platform: 'atcoder',
    difficulty: 'easy',
    starter_code: '',
    metadata: '{}',
    public_test_cases: '[{"input": "1\\n", "output": "2\\n", "testtype": "stdin"}]',
  };

  it('opens the private tests', async () => {
    const cases = [{ input: '3\n', output: '4\n', testtype: 'stdin' }];
    const { problems } = await read('live-code-bench', [
      { ...row, private_test_cases: packed(pickled(JSON.stringify(cases))) },
    ]);
    expect(JSON.parse(problems[0]!.tests!)).toEqual({
      kind: 'stdin',
      cases: [
        { input: '1\n', output: '2\n' },
        { input: '3\n', output: '4\n' },
      ],
    });
  });

  it('reads the arguments of a function line by line', async () => {
    const { problems } = await read('live-code-bench', [
      {
        ...row,
        metadata: '{"func_name": "f"}',
        starter_code: 'class Solution:\n    def f(self, a, b):',
        public_test_cases: '[{"input": "[1, 2]\\n\\"x\\"", "output": "true", "testtype": "functional"}]',
        private_test_cases: '',
      },
    ]);
    expect(JSON.parse(problems[0]!.tests!)).toEqual({
      kind: 'call',
      entryPoint: 'f',
      cases: [{ arguments: [[1, 2], 'x'], expected: true }],
    });
  });

  it.for<[string, string, RegExp]>([
    ['a pickle that would run a command', packed(Buffer.from("cos\nsystem\n(S'touch ran'\ntR.")), /opcode 0x63/],
    ['a bomb', packed(Buffer.alloc(80 * 1024 * 1024)), /larger than|cannot be opened/i],
    ['noise', 'AAAA', /cannot be opened/],
  ])('refuses %s', async ([, private_test_cases, message]) => {
    const { bad } = await read('live-code-bench', [{ ...row, private_test_cases }]);
    expect(bad).toMatchObject([{ code: 'tests-not-understood', message: expect.stringMatching(message) }]);
  });
});
