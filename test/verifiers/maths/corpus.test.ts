import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareMaths } from '../../../verifiers/maths/index.ts';

const FOLDER = join(import.meta.dirname, 'corpus');

interface Pair {
  readonly reference: string;
  readonly answer: string;
  readonly expected: 'equal' | 'different';
}

/** A line is `a == b` or `a =/= b`; `#` begins a remark. */
const pairsOf = (file: string): Pair[] =>
  readFileSync(join(FOLDER, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const sign = line.includes(' =/= ') ? ' =/= ' : ' == ';
      const [reference, answer] = line.split(sign) as [string, string];
      return { reference, answer, expected: sign === ' == ' ? 'equal' : 'different' };
    });

const files = readdirSync(FOLDER);

it('holds at least 600 pairs', () => {
  expect(files.flatMap(pairsOf).length).toBeGreaterThanOrEqual(600);
});

describe.each(files)('%s', (file) => {
  it('is decided as it is marked', () => {
    const judged = pairsOf(file).map((pair) => ({ ...pair, result: compareMaths(pair.reference, pair.answer).result }));
    expect(judged.filter(({ result, expected }) => result !== expected)).toEqual([]);
  });

  it('is decided alike the other way round', () => {
    const judged = pairsOf(file).map((pair) => ({ ...pair, result: compareMaths(pair.answer, pair.reference).result }));
    expect(judged.filter(({ result, expected }) => result !== expected)).toEqual([]);
  });

  it('holds answers that equal themselves', () => {
    const answers = pairsOf(file).flatMap(({ reference, answer }) => [reference, answer]);
    expect(answers.filter((answer) => compareMaths(answer, answer).result !== 'equal')).toEqual([]);
  });
});
