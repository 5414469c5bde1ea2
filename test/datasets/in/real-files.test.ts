import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRows } from '../../../datasets/in/read-rows.ts';
import { dataFolder, haveData, readAll } from '../files.ts';

const real = it.skipIf(!haveData);

describe(`the real files${haveData ? '' : ` (skipped: no data at ${dataFolder})`}`, () => {
  real.for([
    ['gsm8k/train.jsonl', 'gsm8k', 7473],
    ['gsm8k/test.jsonl', 'gsm8k', 1319],
    ['math500/test.jsonl', 'math500', 500],
    ['aime24/test.jsonl', 'aime24', 30],
    ['aime25/test.jsonl', 'aime25', 30],
    ['humaneval/HumanEval.jsonl.gz', 'humaneval', 164],
    ['mbpp/mbpp.jsonl', 'mbpp', 974],
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

  real('prm800k gives 5449 rows, the 101 problems under them', async () => {
    const path = join(dataFolder, 'prm800k/phase1_test.stepwise-critic.parquet');
    const rows = (await Array.fromAsync(readRows({ path, name: 'prm800k' }))).flat();
    expect(rows).toHaveLength(5449);
    expect(rows.filter((row) => 'bad' in row)).toEqual([]);
    const values = rows.flatMap((row) => ('value' in row ? [row.value] : []));
    expect(new Set(values.map(({ instruction }) => instruction)).size).toBe(101);
    expect(values.every(({ responses }) => Array.isArray(responses))).toBe(true);
  });

  real('the last boxes of MATH-500’s solutions are its answers, by the preset for MATH without any', async () => {
    const source = { path: 'math500/test.jsonl', from: dataFolder };
    const boxed = await readAll({ ...source, preset: 'math', fields: { answer: 'none' } });
    const given = await readAll({ ...source, preset: 'math500' });
    expect(boxed.problems.map(({ answer }) => answer)).toEqual(given.problems.map(({ answer }) => answer));
  });

  real('gsm8k answers are bare numbers and solutions without calculator marks', async () => {
    const { problems } = await readAll({ path: 'gsm8k/train.jsonl', preset: 'gsm8k', from: dataFolder });
    expect(problems.filter(({ answer }) => !/^-?\d+(\.\d+)?$/.test(answer!))).toEqual([]);
    expect(problems.filter(({ solution }) => /<<|>>|####/.test(solution!))).toEqual([]);
  });
});
