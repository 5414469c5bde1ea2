import { describe, expect, it } from 'vitest';
import { keysOfProblem } from '../../../datasets/recorded/answer-keys.ts';
import { type AnswerRow, type AnswerSource, readAnswers } from '../../../datasets/recorded/read-answers.ts';
import { fileOf, readAll } from '../files.ts';

const jsonl = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join('\n');

const read = async (rows: readonly object[], source: Partial<AnswerSource> = {}): Promise<AnswerRow[]> => {
  const { folder } = await fileOf('answers.jsonl', jsonl(rows));
  const found: AnswerRow[] = [];
  for await (const one of readAnswers({ path: 'answers.jsonl', from: folder, ...source })) found.push(one);
  return found;
};

const problemOf = async (row: object, preset = 'generic') => {
  const { folder } = await fileOf('problems.jsonl', jsonl([row]));
  const { problems, bad } = await readAll({ path: 'problems.jsonl', from: folder, preset });
  expect(bad).toEqual([]);
  return problems[0]!;
};

/** Whether the first of a problem's keys that is known at all is the row's. */
const isAbout = async (row: AnswerRow | undefined, problem: object, preset?: string): Promise<boolean> =>
  keysOfProblem(await problemOf(problem, preset)).some((key) => row?.key && Buffer.from(key).equals(row.key));

describe('whose answers they are', () => {
  const sum = { statement: 'One  and one?', answer: '2' };

  it('is told by the statement, with or without a reference, whatever its white space', async () => {
    const rows = await read([
      { statement: 'One and one? ', response: 'a' },
      { statement: 'One and one?', answer: '3', response: 'a' },
      { statement: 'One and two?', response: 'a' },
    ]);
    expect(await Promise.all(rows.map((row) => isAbout(row, sum)))).toEqual([true, true, false]);
  });

  it('is told by choices too where the row has them: one question may stand over many', async () => {
    const [right, other, bare] = await read([
      { statement: 'Which?', choices: ['red', 'blue'], answer: 'A', response: 'a' },
      { statement: 'Which?', choices: ['one', 'two'], answer: 'A', response: 'a' },
      { statement: 'Which?', response: 'a' },
    ]);
    const problem = { statement: 'Which?', choices: ['red', 'blue'], answer: 'A' };
    expect(await isAbout(right, problem)).toBe(true);
    expect(await isAbout(other, problem)).toBe(false);
    expect(await isAbout(bare, problem)).toBe(true);
  });

  it('is told by the id of the problem or of its data set where there is no statement', async () => {
    const { id } = await problemOf(sum);
    const rows = await read([
      { id, response: 'a' },
      { id: 'row-7', response: 'a' },
      { id: 7, response: 'a' },
      { response: 'a' },
    ]);
    const problem = { ...sum, id: 'row-7' };
    expect(await Promise.all(rows.map((row) => isAbout(row, problem)))).toEqual([true, true, false, false]);
    expect(rows.at(-1)?.key).toBeNull();
  });
});

describe('what they are', () => {
  it('is one, a list with its reasoning and ends beside it, or nothing', async () => {
    const fields = { response: 'out', reasoning: 'thoughts', finish: 'why.reason' };
    const rows = await read(
      [
        { statement: 'a', out: 'x' },
        { statement: 'b', out: ['x', 'y'], thoughts: ['r'], why: { reason: 'length' } },
        { statement: 'c' },
      ],
      { fields },
    );
    expect(rows.map(({ answers }) => answers)).toEqual([
      [{ response: 'x', reasoning: undefined, finish: undefined }],
      [
        { response: 'x', reasoning: 'r', finish: 'length' },
        { response: 'y', reasoning: undefined, finish: 'length' },
      ],
      [],
    ]);
  });

  it('is a conversation as one answer', async () => {
    const messages = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'x' },
    ];
    const [row] = await read([{ statement: 'a', messages }]);
    expect(row?.answers).toEqual([{ response: messages, reasoning: undefined, finish: undefined }]);
  });
});

/** Rows made after the data sets' cards. */
describe('the presets of data sets that hold answers', () => {
  const maths = { problem: 'What is 2+2?', answer: '4', uuid: 'u', problem_is_valid: 'Yes', solution_is_valid: 'Yes' };

  it('openr1-math: generations with their ends', async () => {
    const row = { ...maths, generations: ['<think>a</think>4', '<think>b'], finish_reasons: ['stop', 'length'] };
    const [found] = await read([row], { preset: 'openr1-math' });
    expect(found?.answers.map(({ response, finish }) => [response, finish])).toEqual([
      ['<think>a</think>4', 'stop'],
      ['<think>b', 'length'],
    ]);
    expect(await isAbout(found, row, 'openr1-math')).toBe(true);
  });

  it('open-thoughts: the solution with the reasoning beside it', async () => {
    const row = {
      ...{ problem: 'What is 2+2?', ground_truth_solution: 'It is \\boxed{4}.', domain: 'math' },
      ...{ deepseek_reasoning: 'Two and two.', deepseek_solution: '\\boxed{4}' },
    };
    const [found] = await read([row], { preset: 'open-thoughts' });
    expect(found?.answers).toEqual([{ response: '\\boxed{4}', reasoning: 'Two and two.', finish: undefined }]);
    expect(await isAbout(found, row, 'open-thoughts')).toBe(true);
  });

  it.each(['synthetic-1', 'synthetic-2'])('%s: llm_response, for maths and for code', async (preset) => {
    const sum = {
      ...{ problem_id: 'vfm_1', task_type: 'verifiable_math', prompt: 'Solve: 2+2.' },
      ...{ verification_info: '{"ground_truth": "4"}', llm_response: '<think>Hm</think>\\boxed{4}' },
    };
    const tests = { language: 'python', test_cases: [{ type: 'stdin_stdout', input: '1\n', output: '2\n' }] };
    const program = {
      ...{ problem_id: 'pc_1', task_type: 'verifiable_code', prompt: 'Write a program.' },
      ...{ verification_info: JSON.stringify(tests), llm_response: '<think>Hm</think>```python\nprint(2)\n```' },
    };
    const found = await read([sum, program], { preset });
    expect(found.map(({ answers }) => answers[0]?.response)).toEqual([sum.llm_response, program.llm_response]);
    expect(await isAbout(found[0], sum, preset)).toBe(true);
    expect(await isAbout(found[1], program, preset)).toBe(true);
  });
});
