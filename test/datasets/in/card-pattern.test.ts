import { describe, expect, it } from 'vitest';
import { meantBy } from '../../../datasets/in/files/card-pattern.ts';

const files = [
  'train.jsonl',
  'data/train-00000-of-00002.parquet',
  'data/train-00001-of-00002.parquet',
  'data/test-00000-of-00001.parquet',
  'data/de/train.csv',
  'data/en/train.csv',
  'data/en/notes.txt',
  'data [v1] (new)/train.csv',
  'data/a{b}.csv',
];

describe('the files that a pattern of a card means', () => {
  it.each([
    ['train.jsonl', [0]],
    ['./train.jsonl', [0]],
    ['data/train-*', [1, 2]],
    ['data/*-of-*.parquet', [1, 2, 3]],
    ['data/train-0000?-of-00002.parquet', [1, 2]],
    ['data/train-0000[1-9]-of-00002.parquet', [2]],
    ['data/train-0000[!1]-of-00002.parquet', [1]],
    ['data/train-0000[1-of-00002.parquet', []],
    ['**/train.csv', [4, 5, 7]],
    ['data/**/train.csv', [4, 5]],
    ['data/**/*.csv', [4, 5, 8]],
    ['data/*/train.csv', [4, 5]],
    ['data/{de,en}/*.{csv,txt}', [4, 5, 6]],
    ['data/{de/train,en/notes}.*', [4, 6]],
    ['**', [0, 1, 2, 3, 4, 5, 6, 7, 8]],
    ['data/**', [1, 2, 3, 4, 5, 6, 8]],
    ['data', []],
    ['*', [0]],
    ['data [v1] (new)/*.csv', [7]],
    ['data [v1] (new)/train.csv', [7]],
    ['data/a{b}.csv', [8]],
    ['data/train+(-)*', []],
    ['nothing/*', []],
    ['', []],
  ] as const)('%s', (pattern, wanted) => {
    expect(meantBy(pattern, files)).toEqual(wanted.map((at) => files[at]));
  });

  it('are found in linear time, whatever the pattern', () => {
    const long = ['a'.repeat(250), `${'a/'.repeat(120)}a`, `${'('.repeat(250)}`];
    const hostile = [
      '*a',
      '**/a',
      '?*',
      '{a,aa}',
      '{a,',
      '{',
      '[a',
      '[!',
      '+(a',
      '(a|',
      '*',
      '**/',
      '\\',
      'a*/',
    ].flatMap((unit) => [10, 40, 120, 100_000].map((times) => `${unit.repeat(times)}b`));
    for (const pattern of hostile) expect(meantBy(pattern, long)).toEqual([]);
    expect(meantBy('*a'.repeat(40), long)).toEqual([long[0]]);
  });
});
