import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
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
const rows = (count: number, answerOf: (number: number) => number) =>
  Array.from({ length: count }, (_, number) => ({
    statement: `What is number ${number}?`,
    answer: `${answerOf(number)}`,
  }));
const loop = 'Wait, let me check that once more, for the sum of these terms may be another one than I thought it was. ';

const begin = async (
  teacher: (number: number, sample: number) => ReturnType<typeof answered>,
  settings: object,
  problems: readonly object[],
) => {
  server = await modelServer({
    chat: ({ model, text, seed }) =>
      model === 'teacher' ? teacher(numberIn(text), seed ?? 0) : answered(`\\boxed{${numberIn(text)}}`),
  });
  const endpoint = { baseUrl: `${server.url}/v1`, concurrency: 8 };
  there = place({
    run: 'kept',
    problems: [{ path: 'problems.jsonl' }],
    student: { ...endpoint, model: 'student', attempts: 2 },
    levels: { by: 'pass-rate' },
    target: { records: problems.length, distribution: 'natural', admit: 'after-grading' },
    teacher: { ...endpoint, model: 'teacher', ...settings },
  });
  there.write('problems.jsonl', problems);
  return there.runHere('run');
};

type Turns = readonly { readonly role: string; readonly content: string }[];
type Asked = { readonly messages: Turns; readonly studentMessages: Turns };

it('tries again what is right and goes round in circles, and keeps it as a losing attempt', async () => {
  const teacher = (number: number, sample: number) =>
    answered(`So it is \\boxed{${number}}.`, sample === 0 && number % 2 === 0 ? loop.repeat(30) : 'It is said there.');
  const { stderr } = await begin(
    teacher,
    { samples: 2, keep: { maxRepeat: 0.3 }, seed: 0, system: 'You explain.' },
    rows(10, (number) => number),
  );
  const cot = there.lines<{ reasoning: string }>('cot.jsonl');
  expect(cot, stderr).toHaveLength(10);
  expect(cot.filter(({ reasoning }) => reasoning.includes('once more'))).toEqual([]);
  expect((await there.runHere('export', '--format', 'dpo', '--out', 'dpo')).code).toBe(0);
  const pairs = there.lines<{ rejected: { content: string }[] }>('data/train-00000.jsonl', 'dpo');
  expect(pairs.filter(({ rejected }) => rejected[0]?.content.includes('once more'))).toHaveLength(5);
  // Whom a turn was for stands on the record: the teacher had a system turn, the student none.
  const [{ messages, studentMessages } = { messages: [], studentMessages: [] }] = there.lines<Asked>('cot.jsonl');
  expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant']);
  expect(studentMessages).toEqual(messages.slice(1, 2));
  const bank = await there.run('export', '--format', 'bank', '--out', 'bank', '--prompt', 'student');
  expect(bank.stderr).toContain('export: --prompt student: bank from levelled holds no answer of the teacher');
  expect(bank.code).toBe(2);
});

it('rejects what shows no reasoning where that is required, and has no empty tags where it is not', async () => {
  const bare = (number: number) => answered(`So it is \\boxed{${number}}.`);
  const { stderr } = await begin(
    bare,
    { samples: 1, reasoning: 'required' },
    rows(6, (number) => number),
  );
  expect(there.report().rejected).toEqual({ unfit: 6 });
  expect(stderr).toContain(
    'none of the first 5 answers of teacher shows any reasoning: teacher.reasoning: required keeps',
  );
  there.remove();
  await server.close();
  await begin(
    bare,
    { samples: 1 },
    rows(4, (number) => number),
  );
  const cot = there.lines<{ messages: { content: string }[] }>('cot.jsonl');
  expect(cot).toHaveLength(4);
  expect(JSON.stringify(cot)).not.toContain('think>');
  expect(there.report().quality.withoutReasoning).toEqual({ count: 4, of: 4 });
  expect(there.report().quality.findings.map(({ code }) => code)).toContain('without-reasoning');
});

/** In [0, 1), the same for the same words. */
const chance = (...words: readonly (string | number)[]): number =>
  createHash('sha256').update(words.join(' ')).digest().readUInt32BE() / 2 ** 32;

describe('of 300 references 50 of which are wrong, with a teacher that is right eight times of ten', () => {
  const isCorrupted = (number: number) => number % 6 === 0;
  /** Of three wrong answers, so that two of them agree now and then. */
  const answerOf = (number: number, sample: number): number =>
    chance('right', number, sample) < 0.8 ? number : number + 100 + Math.floor(3 * chance('slip', number, sample));
  const teacher = (number: number, sample: number) =>
    answered(`So it is \\boxed{${answerOf(number, sample)}}.`, 'It is said there.');
  const references = rows(300, (number) => number + (isCorrupted(number) ? 1 : 0));
  /** What the rule says by hand: more than half of the samples up to the right one, two at least, agree on another. */
  const isSuspected = (number: number): boolean => {
    const reference = number + (isCorrupted(number) ? 1 : 0);
    const answers: number[] = [];
    for (let sample = 0; sample < 4 && answers.at(-1) !== reference; sample++) answers.push(answerOf(number, sample));
    const most = Math.max(
      ...answers.map((one) => (one === reference ? 0 : answers.filter((other) => other === one).length)),
    );
    return most >= 2 && most * 2 > answers.length;
  };
  const numbers = Array.from({ length: 300 }, (_, number) => number);
  const suspected = numbers.filter(isSuspected);

  it('43 are found with 2 false alarms, and nothing of these is kept where they are to be dropped', async () => {
    const { stderr } = await begin(teacher, { samples: 4, seed: 0, onSuspect: 'drop' }, references);
    const { quality, rejected, emitted } = there.report();
    const found = quality.suspects.map(({ row }) => row).sort((a, b) => a - b);
    expect(found, stderr).toEqual(suspected);
    expect(found.filter(isCorrupted)).toHaveLength(43);
    expect(found.filter((number) => !isCorrupted(number))).toHaveLength(2);
    expect(rejected.suspect).toBe(suspected.length);
    const kept = there.lines<{ source: { row: number } }>('cot.jsonl').map(({ source }) => source.row);
    expect(kept.filter((row) => suspected.includes(row))).toEqual([]);
    expect(Object.values(emitted).reduce((sum, one) => sum + one, 0)).toBe(kept.length);
    expect(quality.findings.map(({ code }) => code)).toContain('suspect-references');
  }, 120_000);
});
