import { describe, expect, it } from 'vitest';
import { dataFolder, haveData, readAll } from '../files.ts';

const real = it.skipIf(!haveData);

describe(`the real files${haveData ? '' : ` (skipped: no data at ${dataFolder})`}`, () => {
  real.for([
    ['gsm8k/train.jsonl', 'gsm8k', 7473],
    ['gsm8k/test.jsonl', 'gsm8k', 1319],
    ['math500/test.jsonl', 'math500', 500],
    ['aime24/test.jsonl', 'aime24', 30],
    ['aime25/test.jsonl', 'aime25', 30],
  ] as const)(
    '%s by preset %s gives %i problems, none bad, each with an id of its own',
    async ([path, preset, rows]) => {
      const { problems, bad } = await readAll({ path, preset, from: dataFolder });
      expect(bad).toEqual([]);
      expect(problems).toHaveLength(rows);
      expect(new Set(problems.map(({ id }) => id)).size).toBe(rows);
      expect(problems.map(({ source }) => source.row)).toEqual(Array.from({ length: rows }, (_, row) => row));
    },
  );

  real('gsm8k answers are bare numbers and solutions without calculator marks', async () => {
    const { problems } = await readAll({ path: 'gsm8k/train.jsonl', preset: 'gsm8k', from: dataFolder });
    expect(problems.filter(({ answer }) => !/^-?\d+(\.\d+)?$/.test(answer!))).toEqual([]);
    expect(problems.filter(({ solution }) => /<<|>>|####/.test(solution!))).toEqual([]);
  });
});
