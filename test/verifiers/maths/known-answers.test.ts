import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyMaths } from '../../../verifiers/maths/index.ts';

const DATA = process.env.SLUICE_DATA ?? '../shared/data';
const haveData = existsSync(DATA);

const rowsOf = (path: string) =>
  readFileSync(join(DATA, path), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const isRight = (answer: string, response: string) =>
  verifyMaths({ reference: { domain: 'maths', answer }, response }).verdict === 'right';

describe('answers recorded from real models', () => {
  it.skipIf(!haveData).each([
    ['6b_finetuning', 286],
    ['6b_verification', 515],
    ['175b_finetuning', 458],
    ['175b_verification', 742],
  ])('finds %s right on %i GSM8K problems', (student, right) => {
    const rows = rowsOf('gsm8k/example_model_solutions.jsonl');
    const verdicts = rows.map((row) => isRight(row.ground_truth.split('A: ').at(-1), row[student].solution));
    expect(verdicts.filter(Boolean)).toHaveLength(right);
    expect(verdicts).toEqual(rows.map((row) => row[student].is_correct));
  });

  it.skipIf(!haveData)('agrees with 799 of the 800 marks of the MATH answers; the other mark is wrong', () => {
    const pairs = rowsOf('math_cot_100/math_cot_100.jsonl').flatMap((row) =>
      row.code.map((response: string, index: number) => ({ gold: row.gt, response, mark: row.score[index] })),
    );
    const disagreed = pairs.filter(({ gold, response, mark }) => isRight(gold, response) !== mark);
    expect(disagreed.map(({ gold, mark }) => ({ gold, mark }))).toEqual([{ gold: '10{,}000', mark: false }]);
  });
});
