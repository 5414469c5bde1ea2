import { describe, expect, it } from 'vitest';
import { verifyMaths } from '../../../verifiers/maths/verify.ts';

const isRight = (response: string): boolean =>
  verifyMaths({ reference: { domain: 'maths', answer: '37' }, response }).verdict === 'right';

/** What makes another value of the one behind it. */
const BEFORE =
  'below, under, over, beyond, nearly, almost, barely, hardly, not, never, anything but, far from, half, twice, double, the square of, the cube root of, the reciprocal of, the inverse of, negative, one less than, three above, ten below, a tenth of, a third of, a fraction of, a multiple of, a divisor of, a factor of, a power of, the logarithm of, the sine of, the sum of the digits of, the predecessor of, the successor of, greater than, at least, at most, up to, somewhere between 30 and, neither 36 nor, all but, every number except, different from, coprime to, congruent to, divisible by, proportional to, the ceiling of, the complement of, 10 percent of, modulo, base, what remains of, what is left of, the number whose double is, everything besides'.split(
    ', ',
  );
/** The same of the one in front of it. */
const BEHIND =
  'squared, factorial, dozen, hundred, million, per mille, times 4, plus 4, divided by 2, halves, tenths, and a half, point five, or more, or so, or thereabouts, or even 38, to 40, through 40, and up, and above, give or take 2, at least, at the very least, if n is even, unless n is 1, provided x is positive, in base 5, modulo 7, choose 2, to the power 2, to the fourth power, less than that, short of 100, below zero, too many, (wrong), (rejected), is wrong, is not possible, does not work, doubled, lakh, score, and counting, and change, as an upper bound, nines, tens, lots of 3, copies of 15, away from 50, to the left of 0, with an error of 2, plus or minus 2, rounded up to 40, rounded to 40, before adding the rest, which must still be halved'.split(
    ', ',
  );
const FRAMES = ['The answer is X.', 'Answer: X', 'Hence the total is X.', '\\boxed{\\text{X}}', 'X'];

describe('a value with words beside it that make another of it is not that value', () => {
  it.each(FRAMES)('%s', (frame) => {
    const said = [...BEFORE.map((words) => `${words} 37`), ...BEHIND.map((words) => `37 ${words}`)];
    expect(said.map((words) => frame.replace('X', words)).filter(isRight)).toEqual([]);
  });
});

const SUBJECTS = ['Maria', 'The second machine', 'Each child', 'They'];
const VERBS =
  'picked, needs, delivered, has, scored, would like, ended up with, is left with, will have earned, can seat, gave away, contains'.split(
    ', ',
  );
const TAILS =
  'in all, on Friday, in 3 days, for her 4 friends, after giving away 5, before the 2 guests arrive, by the 9th day, per week, while Tom has 12, (see step 4), as computed in part 3, since 30 + 7 = 37, instead of 40, but not 40'.split(
    ', ',
  );
const LEADS = ['In 3 weeks, ', 'Out of the 50, ', 'Since 30 + 7 = 37, ', 'With 4 helpers, ', 'At 6 dollars each, '];

describe('what only says where, when and why leaves a value what it is', () => {
  it.each(SUBJECTS)('%s', (subject) => {
    const behind = VERBS.flatMap((verb) => TAILS.map((tail) => `${subject} ${verb} 37 apples ${tail}.`));
    const before = LEADS.map((lead) => `${lead}${subject.replace(/^[ET]/, (first) => first.toLowerCase())} picked 37.`);
    expect([...behind, ...before].filter((response) => !isRight(response))).toEqual([]);
  });
});
