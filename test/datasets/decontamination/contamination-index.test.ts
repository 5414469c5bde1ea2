import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contaminationIndex } from '../../../datasets/decontamination/contamination-index.ts';
import { dataFolder, haveData } from '../files.ts';
import { clausesSwapped, everyEighthReplaced } from './rewording.ts';

const of = (evaluation: string, statements: readonly string[]) =>
  statements.map((statement) => ({ evaluation, statement }));

const rain =
  'In a certain town it rains on 3 of every 7 days, and the mayor carries an umbrella on 5 of every 9 days. How many days of 63 is she dry?';

describe('contaminationIndex', () => {
  it('finds a problem that is there as it is, whatever its typesetting', () => {
    const { find } = contaminationIndex(of('made', [rain, 'Compute $\\sin 60^\\circ$.']));
    expect(find(rain)).toEqual({ evaluation: 'made', text: rain });
    expect(find('compute \\(\\sin  60^\\circ\\)')).toMatchObject({ evaluation: 'made' });
    expect(find('Compute $\\cos 60^\\circ$.')).toBeNull();
  });

  it('tells short statements apart by their operators', () => {
    const { find } = contaminationIndex(of('made', ['Compute $2 + 3$.']));
    expect(find('Compute $2 - 3$.')).toBeNull();
    expect(find('Compute 2+3')).not.toBeNull();
  });

  it('finds thirteen words in a row, and says which', () => {
    const { find } = contaminationIndex(of('made', [rain]));
    const planted = `Long ago, on 3 of every 7 days, and the mayor carries an umbrella on Sundays alone.`;
    expect(find(planted)).toEqual({
      evaluation: 'made',
      text: 'on 3 of every 7 days and the mayor carries an umbrella on',
    });
    expect(find('Long ago, on 3 of every 7 days, and the mayor carries an umbrella.')).toBeNull();
  });

  it('does not take phrasing that several problems share for a problem', () => {
    const phrase = 'can be written as m over n where m and n are relatively prime positive integers. Find m + n.';
    const area = `A square of side 12 is cut by two lines through its corners into four parts. The area of the largest ${phrase}`;
    const dice = `Three dice are thrown until two of them show 5 or all of them show 6. The chance of a third throw ${phrase}`;
    const { find } = contaminationIndex(of('made', [area, dice]));
    expect(
      find(`Nine coins lie in a row, 4 of them heads. The mean number of turns until all are tails ${phrase}`),
    ).toBeNull();
    expect(find(everyEighthReplaced(area))).not.toBeNull();
  });

  it('does not take the same story with other numbers for the same problem', () => {
    const { find } = contaminationIndex(of('made', [rain]));
    expect(find(everyEighthReplaced(rain))).toMatchObject({ evaluation: 'made' });
    expect(find(everyEighthReplaced(rain).replace('63', '126').replace('3 of', '4 of').replace('9', '8'))).toBeNull();
  });

  it('names the first of the sets that hold a problem', () => {
    const { find, size } = contaminationIndex([...of('one', [rain]), ...of('two', [rain])]);
    expect([find(rain)?.evaluation, size]).toEqual(['one', 1]);
  });

  it('is at ease with nothing, emptiness and very long text', () => {
    expect(contaminationIndex([]).find(rain)).toBeNull();
    const { find } = contaminationIndex(of('made', [rain, '', ' $ ']));
    expect(find('')).toBeNull();
    expect(find('a b '.repeat(200_000))).toBeNull();
    expect(find('$'.repeat(1_000_000))).toBeNull();
  });
});

const real = it.skipIf(!haveData);
const column = (file: string, name: string): string[] =>
  readFileSync(join(dataFolder, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)[name]);

describe(`on real problems${haveData ? '' : ` (skipped: no data at ${dataFolder})`}`, () => {
  const rewordings = {
    'as it is': (text: string) => text,
    'every eighth word replaced': everyEighthReplaced,
    'clauses swapped': clausesSwapped,
    both: (text: string) => clausesSwapped(everyEighthReplaced(text)),
  };
  const lengths = [1, 13, 20, 30, 50, Infinity] as const;

  real('finds MATH-500 among GSM8K, reworded or not, and nothing else', () => {
    const math = column('math500/test.jsonl', 'problem');
    const { find } = contaminationIndex(of('math500', math));
    const table = Object.entries(rewordings).map(([name, reword]) => {
      const recall = lengths.slice(0, -1).map((from, at) => {
        const some = math.filter(
          (text) => text.split(/\s+/).length >= from && text.split(/\s+/).length < lengths[at + 1]!,
        );
        return { from, found: some.filter((text) => find(reword(text))).length, of: some.length };
      });
      return { name, recall };
    });
    const lines = table.map(
      ({ name, recall }) => `| ${name} | ${recall.map((one) => `${one.found}/${one.of}`).join(' | ')} |`,
    );
    console.info(
      ['| rewording | 1–12 words | 13–19 | 20–29 | 30–49 | 50 and more |', '|---|---|---|---|---|---|', ...lines].join(
        '\n',
      ),
    );
    for (const { name, recall } of table)
      for (const { from, found, of: all } of recall) {
        if (name === 'as it is') expect(found).toBe(all);
        else if (from >= 20) expect(found / all).toBeGreaterThanOrEqual(0.95);
      }
    expect(column('gsm8k/train.jsonl', 'question').filter((text) => find(text))).toEqual([]);
  });

  real('finds all of AIME 2024 planted among GSM8K, and nothing else', () => {
    const aime = column('aime24/test.jsonl', 'problem');
    const { find } = contaminationIndex([
      ...of('aime24', aime),
      ...of('aime25', column('aime25/test.jsonl', 'problem')),
    ]);
    expect(aime.map((text) => find(text)?.evaluation)).toEqual(Array(30).fill('aime24'));
    expect(
      [...column('gsm8k/train.jsonl', 'question'), ...column('gsm8k/test.jsonl', 'question')].filter((text) =>
        find(text),
      ),
    ).toEqual([]);
  });
});
