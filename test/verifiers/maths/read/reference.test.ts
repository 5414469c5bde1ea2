import { expect, describe as group, it } from 'vitest';
import { newBudget } from '../../../../verifiers/maths/budget.ts';
import { describe } from '../../../../verifiers/maths/describe.ts';
import { checkReference, readReference } from '../../../../verifiers/maths/read/reference.ts';

const read = (source: string): string => describe(readReference(source, newBudget()));

group('a reference', () => {
  it.each([
    ['The answer is $\\boxed{5}$', '5'],
    ['Start with $s=\\alpha f$; for the values given, $s=\\boxed{1.6} \\mathrm{~cm}$', '8/5·unit(cm)'],
    ['["4"]', '4'],
    ["['1', '2']", 'list 1, 2'],
    ['[1,2]', '[1, 2]'],
    ['3 + 4 = 7\n#### 7', '7'],
    ['\\boxed{\\frac{3}{4}', '(3)/(4)'],
  ])('%s is read', (source, reading) => {
    expect([read(source), checkReference(source)]).toEqual([reading, { readable: true }]);
  });

  it.each([
    ['', 'empty'],
    ['See the solution above.', 'missing'],
    ['We have to find how the sides of the square depend on one another.', 'prose'],
    ['\\frac{1}{', 'breaks off'],
    ['\\boxed{\\frac{3}{', 'breaks off'],
  ])('%s is refused with a reason', (source, why) => {
    expect(checkReference(source)).toMatchObject({ readable: false, why: expect.stringContaining(why) });
  });
});
