import { describe, expect, it } from 'vitest';
import { newBudget } from '../../../../verifiers/maths/budget.ts';
import { LONGEST_ANSWER, readAnswer } from '../../../../verifiers/maths/read/answer.ts';

const PLENTY = 10_000_000;
const stepsOf = (source: string): number => {
  const budget = newBudget(PLENTY);
  readAnswer(source, budget);
  return PLENTY - budget.left;
};

const FRAGMENTS = [
  'a:',
  'a: ',
  '(aaa) ',
  '\\{',
  '|x',
  '+1',
  'x ',
  '1,',
  '=x',
  '\\text{a}',
  '\\pm 1,',
  '_{1}^2',
  'Rational(',
  '<b>',
  '&lt;',
  '三',
  ' is a',
  'word ',
  '\\frac',
  'C(1,',
  '1{,}',
];

describe('reading', () => {
  it.each(FRAGMENTS)('takes steps in proportion to the length of a text of %s', (fragment) => {
    const steps = [700, 1400, 2800, 5600].map((length) =>
      stepsOf(fragment.repeat(Math.floor(length / fragment.length))),
    );
    for (const [index, count] of steps.slice(1).entries()) expect(count).toBeLessThanOrEqual(2.5 * steps[index]! + 100);
    expect(steps.at(-1)).toBeLessThan(6 * LONGEST_ANSWER);
  });

  it('charges labels and tokens that lead nowhere', () => {
    const labels = 'a:'.repeat(1400);
    expect(stepsOf(`${labels}${'+1'.repeat(1500)}`)).toBeGreaterThan(3000);
  });
});
