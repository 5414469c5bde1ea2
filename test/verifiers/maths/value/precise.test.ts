import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newBudget } from '../../../../verifiers/maths/budget.ts';
import { readAnswer } from '../../../../verifiers/maths/read/answer.ts';
import { type Ball, divide, multiply, ofRational, subtract } from '../../../../verifiers/maths/value/precise/ball.ts';
import { precise } from '../../../../verifiers/maths/value/precise/evaluate.ts';

const ENOUGH = 1_000_000;
const evaluated = (formula: string) => {
  const budget = newBudget(ENOUGH);
  return precise(readAnswer(formula, budget), budget, 'e');
};

const PLACES = 36n;
const digits = ({ mid, bits }: Ball): string => {
  const scaled = (mid * 10n ** PLACES) >> BigInt(bits);
  const size = String(scaled < 0n ? -scaled : scaled).padStart(Number(PLACES) + 1, '0');
  return `${scaled < 0n ? '-' : ''}${size.slice(0, -Number(PLACES))}.${size.slice(-Number(PLACES))}`;
};
const holdsZero = ({ mid, rad }: Ball): boolean => (mid < 0n ? -mid : mid) <= rad;

describe('a value to a hundred digits', () => {
  it.each([
    ['\\pi', '3.141592653589793238462643383279502884'],
    ['e', '2.718281828459045235360287471352662497'],
    ['\\ln 2', '0.693147180559945309417232121458176568'],
    ['e^{\\pi\\sqrt{163}}', '262537412640768743.999999999999250072597198185688879353'],
    ['\\sin 10', '-0.544021110889369813404747661851377282'],
    ['\\sqrt[3]{2}', '1.259921049894873164767210607278228350'],
    ['\\arctan 5', '1.373400766945015860861271926444961148'],
  ])('of %s is what tables have', (formula, expected) => {
    const shown = digits(evaluated(formula).re);
    expect([expected, shown].map((text) => text.slice(0, -1))).toEqual(Array(2).fill(expected.slice(0, -1)));
  });

  it.each(['\\sin^2 7+\\cos^2 7-1', '\\ln e^{9}-9', '\\sqrt{2}\\sqrt{3}-\\sqrt{6}', '4\\arctan 1-\\pi', 'e^{i\\pi}+1'])(
    'of %s holds zero',
    (formula) => {
      const { re, im } = evaluated(formula);
      expect([holdsZero(re), holdsZero(im)]).toEqual([true, true]);
    },
  );

  it('holds the true value through sums, products and quotients of fractions', () => {
    const part = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    const fraction = fc.tuple(part, fc.bigInt({ min: 1n, max: 10n ** 30n })).map(([n, d]) => ({ n, d }));
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        fc.pre(a.n !== 0n && b.n !== 0n);
        const [x, y] = [ofRational(a, 400), ofRational(b, 400)];
        const product = ofRational({ n: a.n * b.n, d: a.d * b.d }, 400);
        expect(holdsZero(subtract(multiply(x, y), product))).toBe(true);
        expect(holdsZero(subtract(divide(product, y), x))).toBe(true);
      }),
      { numRuns: 300, seed: 16 },
    );
  });

  it('charges a function by its digits, and refuses before it works', () => {
    const node = readAnswer('\\sin 1', newBudget());
    expect(() => precise(node, newBudget(50), 'e')).toThrow('the step budget ended');
  });
});
