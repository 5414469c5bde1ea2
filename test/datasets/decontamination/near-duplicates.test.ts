import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nearDuplicates } from '../../../datasets/decontamination/near-duplicates.ts';
import { dataFolder, haveData } from '../files.ts';
import { clausesSwapped, everyEighthReplaced } from './rewording.ts';

const rain =
  'In a certain town it rains on 3 of every 7 days, and the mayor carries an umbrella on 5 of every 9 days. How many days of 63 is she dry?';

describe('nearDuplicates', () => {
  it('names the first of those that say the same', () => {
    const other = 'Compute $2 + 3$.';
    const all = [rain, other, everyEighthReplaced(rain), 'compute 2+3', rain, 'Compute $2 - 3$.'];
    expect([...nearDuplicates(all)]).toEqual([-1, -1, 0, 1, 0, -1]);
  });

  it('takes the same story with other numbers for another problem', () => {
    expect([...nearDuplicates([rain, rain.replace('63', '126').replace('3 of', '4 of').replace('9', '8')])]).toEqual([
      -1, -1,
    ]);
  });

  it('is at ease with nothing and emptiness', () => {
    expect([...nearDuplicates([])]).toEqual([]);
    expect([...nearDuplicates(['', '', '  '])]).toEqual([-1, -1, -1]);
  });
});

describe.skipIf(!haveData)('on real problems', () => {
  const statements = (file: string, field: string): string[] =>
    readFileSync(join(dataFolder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as Record<string, string>)[field] ?? '');
  const sets = {
    GSM8K: { all: statements('gsm8k/test.jsonl', 'question'), falseAlarms: 0 },
    'MATH-500': { all: statements('math500/test.jsonl', 'problem'), falseAlarms: 0 },
  };
  const rewordings = { 'every eighth word': everyEighthReplaced, 'clauses swapped': clausesSwapped };

  it.each(Object.entries(sets))(
    'finds planted rewordings of %s, and hardly anything else',
    (name, { all, falseAlarms }) => {
      const alone = nearDuplicates(all).filter((first) => first !== -1).length;
      expect(alone, `${name}: repeated as they are`).toBeLessThanOrEqual(falseAlarms);
      const long = all.filter((one) => one.split(/\s+/).length >= 20);
      for (const [how, reword] of Object.entries(rewordings)) {
        const planted = long.map(reword);
        const found = nearDuplicates([...all, ...planted]).slice(all.length);
        const right = planted.filter((_, at) => all[found[at] ?? -1] === long[at]).length;
        const wrong = planted.filter((_, at) => (found[at] ?? -1) >= 0 && all[found[at]!] !== long[at]).length;
        console.log(
          `${name}, ${how}: ${right} of ${planted.length} found, ${wrong} taken for another; ${alone} of ${all.length} alone`,
        );
        expect(right / planted.length, `${name}, ${how}`).toBeGreaterThan(0.97);
        expect(wrong / planted.length, `${name}, ${how}`).toBeLessThan(0.01);
      }
    },
  );
});
