import { afterEach, expect, it } from 'vitest';
import { answered } from '../helpers/model-replies.ts';
import { type ModelServer, modelServer } from '../helpers/model-server.ts';
import { type Place, place } from '../helpers/sluice.ts';

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
  return there.run('run');
};

it('tries again what is right and goes round in circles, and keeps it as a losing attempt', async () => {
  const teacher = (number: number, sample: number) =>
    answered(`So it is \\boxed{${number}}.`, sample === 0 && number % 2 === 0 ? loop.repeat(30) : 'It is said there.');
  const { stderr } = await begin(
    teacher,
    { samples: 2, keep: { maxRepeat: 0.3 }, seed: 0 },
    rows(10, (number) => number),
  );
  const cot = there.lines<{ reasoning: string }>('cot.jsonl');
  expect(cot, stderr).toHaveLength(10);
  expect(cot.filter(({ reasoning }) => reasoning.includes('once more'))).toEqual([]);
  expect((await there.run('export', '--format', 'dpo', '--out', 'dpo')).code).toBe(0);
  const pairs = there.lines<{ rejected: { content: string }[] }>('data/train-00000.jsonl', 'dpo');
  expect(pairs.filter(({ rejected }) => rejected[0]?.content.includes('once more'))).toHaveLength(5);
});

it('rejects what shows no reasoning where that is required, and has no empty tags where it is not', async () => {
  const bare = (number: number) => answered(`So it is \\boxed{${number}}.`);
  await begin(
    bare,
    { samples: 1, reasoning: 'required' },
    rows(4, (number) => number),
  );
  expect(there.report().rejected).toEqual({ unfit: 4 });
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

it('names the references that the samples speak against: most of the wrong ones, hardly a right one', async () => {
  const isWrong = (number: number) => number % 6 === 0;
  // Right eight times of ten; its mistakes differ.
  const teacher = (number: number, sample: number) => {
    const slips = (number * 7 + sample * 3) % 10 < 2;
    return answered(`So it is \\boxed{${number + (slips ? 100 + sample : 0)}}.`, 'It is said there.');
  };
  await begin(
    teacher,
    { samples: 4, seed: 0 },
    rows(60, (number) => number + (isWrong(number) ? 1 : 0)),
  );
  const { suspects } = there.report().quality;
  const found = suspects.filter(({ reference, answer }) => Number(reference) === Number(answer) + 1);
  expect(found).toHaveLength(10);
  expect(suspects).toHaveLength(10);
});
