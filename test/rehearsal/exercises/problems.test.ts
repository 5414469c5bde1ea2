import { describe, expect, it } from 'vitest';
import { families } from '../../../rehearsal/exercises/families.ts';
import { exerciseIn, rehearsalProblem, rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { draws } from '../../../rehearsal/exercises/random.ts';

/** Numbers of a text, in order. */
const numbers = (text: string): number[] => [...text.matchAll(/-?\d+/g)].map(Number);
const divisor = (left: number, right: number): number => (right === 0 ? left : divisor(right, left % right));

/** Solves each kind of problem from its text alone, by other means than the generator. */
const solvers: Record<string, (text: string) => string> = {
  sum: (text) => {
    const [has, more, away] = numbers(text) as [number, number, number];
    return String(has - away + more);
  },
  shopping: (text) => {
    const [count, price, paid] = numbers(text) as [number, number, number];
    return String(paid - Array.from({ length: count }, () => price).reduce((sum, one) => sum + one));
  },
  percent: (text) => {
    const [price, off, added] = numbers(text) as [number, number, number];
    return String(price * (1 - off / 100) + added);
  },
  fractions: (text) => {
    const [a, b, c, d] = numbers(text) as [number, number, number, number];
    const [over, under] = [a * d + c * b, b * d];
    const shared = divisor(over, under);
    return under === shared ? String(over / shared) : `\\frac{${over / shared}}{${under / shared}}`;
  },
  linear: (text) => {
    const [, a, b, c, d] = /(\d+)x \+ (\d+) = (\d+)x \+ (-?\d+)/.exec(text)!.map(Number) as [
      0,
      number,
      number,
      number,
      number,
    ];
    for (let x = -100; x <= 100; x++) if (a * x + b === c * x + d) return String(x);
    return 'none';
  },
  series: (text) => {
    const [first, gap, count] = numbers(text) as [number, number, number];
    let sum = 0;
    for (let index = 0; index < count; index++) sum += first + index * gap;
    return String(sum);
  },
  pair: (text) => {
    const [, a, p, b, q] = /(\d+)x \+ y = (\d+) and x \+ (\d+)y = (\d+)/.exec(text)!.map(Number) as [
      0,
      number,
      number,
      number,
      number,
    ];
    for (let x = 0; x < 100; x++)
      for (let y = 0; y < 100; y++) if (a * x + y === p && x + b * y === q) return String(x * y);
    return 'none';
  },
  roots: (text) => {
    const [, sign, sum, product] = /x\^2 ([+-]) (\d+)x - (\d+) = 0/.exec(text) as unknown as [
      string,
      string,
      string,
      string,
    ];
    const b = Number(sum) * (sign === '+' ? 1 : -1);
    const root = Math.sqrt(b * b + 4 * Number(product));
    return String(Math.round(((-b + root) / 2) ** 2 + ((-b - root) / 2) ** 2));
  },
  remainder: (text) => {
    const [base, exponent, modulus] = numbers(text) as [number, number, number];
    return String(BigInt(base) ** BigInt(exponent) % BigInt(modulus));
  },
};

describe('the problems of a rehearsal', () => {
  it.each(families.map((family) => [family.name, family] as const))(
    'of kind %s have the answer that they say',
    (name, family) => {
      for (let index = 0; index < 200; index++) {
        const { text, answer, steps } = family.sketch(draws('test', index));
        expect(solvers[name]!(text), text).toBe(answer);
        expect(steps.at(-1), text).toContain(answer);
        expect(steps.length).toBeGreaterThanOrEqual(3);
      }
    },
  );

  it('rise in difficulty from one kind to the next', () => {
    const difficulties = families.map(({ difficulty }) => difficulty);
    expect(difficulties).toEqual([...difficulties].sort((left, right) => left - right));
  });

  it('are the same for the same seed, and all different', () => {
    const rows = [...rehearsalProblems({ seed: 3, count: 3000 })];
    expect([...rehearsalProblems({ seed: 3, count: 3000 })]).toEqual(rows);
    expect(new Set(rows.map(({ statement }) => statement)).size).toBe(3000);
    expect(new Set(rows.map(({ meta }) => meta.family)).size).toBe(families.length);
    expect(rehearsalProblem(3, 0).answer).toBe(rows[0]!.answer);
    expect(rehearsalProblem(4, 0).statement).not.toBe(rows[0]!.statement);
  });

  it('are found in any prompt', () => {
    const { statement } = rehearsalProblem(12, 345);
    expect(exerciseIn(`You are a tutor.\n\n${statement}\nThink first.`)).toEqual({ seed: 12, index: 345 });
    expect(exerciseIn('Exercise 1.2. An example.\n\nExercise 3.4. The question.')).toEqual({ seed: 3, index: 4 });
    expect(exerciseIn('What is 1 + 1?')).toBeNull();
  });
});
