import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareMaths, verifyMaths } from '../../../verifiers/maths/index.ts';
import { generatePair, randomFrom } from './generated-pairs.ts';

const FOLDER = join(import.meta.dirname, 'corpus');
const answers = readdirSync(FOLDER)
  .flatMap((file) => readFileSync(join(FOLDER, file), 'utf8').split('\n'))
  .filter((line) => line !== '' && !line.startsWith('#'))
  .flatMap((line) => line.split(/ == | =\/= /));

const result = (a: string, b: string): string => compareMaths(a, b).result;
const seeds = fc.integer({ min: 0, max: 2 ** 31 });

describe('laws of the maths verifier', () => {
  it('decides generated pairs as exact arithmetic does, in either order', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const pair = generatePair(randomFrom(seed));
        const expected = pair.isEqual ? 'equal' : 'different';
        expect([pair, result(pair.reference, pair.answer), result(pair.answer, pair.reference)]).toEqual([
          pair,
          expected,
          expected,
        ]);
      }),
      { numRuns: 400, seed: 20260101 },
    );
  });

  it('holds that every text equals itself', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (text) => {
        fc.pre(text.trim() !== '');
        expect(result(text, text)).toBe('equal');
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('gives the same result both ways for any two answers', () => {
    fc.assert(
      fc.property(fc.constantFrom(...answers), fc.constantFrom(...answers), (a, b) => {
        expect([a, b, result(a, b)]).toEqual([a, b, result(b, a)]);
      }),
      { numRuns: 1500, seed: 2 },
    );
  });

  it('gives the same judgement each time', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { reference, answer } = generatePair(randomFrom(seed));
        const task = {
          reference: { domain: 'maths', answer: reference } as const,
          response: `The answer is $${answer}$.`,
        };
        expect(verifyMaths(task)).toEqual(verifyMaths(task));
      }),
      { numRuns: 50, seed: 3 },
    );
  });

  /** Only between tokens: never within a number, a command or a text, nor after a comma. */
  const spaced = (answer: string): string => answer.replace(/([=+^*(){}[\]])(?=[^\s,])/g, '$1 ');

  const clothes: readonly (readonly [string, (answer: string) => string])[] = [
    ['white space between tokens', spaced],
    [
      '\\left and \\right',
      (answer) =>
        answer.replace(/(?<!\\|left|right|big)\(/g, '\\left(').replace(/(?<!\\|left|right|big)\)/g, '\\right)'),
    ],
    ['\\dfrac for \\frac', (answer) => answer.replace(/\\frac/g, '\\dfrac')],
    ['dollar signs', (answer) => `$${answer}$`],
    ['\\( and \\)', (answer) => `\\(${answer}\\)`],
  ];

  it.each(clothes)('does not change a result with %s', (_, dress) => {
    const plain = answers.filter(
      (answer) =>
        !/\\text|\\mbox|\\operatorname|\\begin|\$|\\\\|\\\[|\\\(|\*\*|^[A-Za-z\s"'.-]+$|bigl|left/.test(answer),
    );
    const changed = plain.filter((answer) => result(answer, dress(answer)) !== 'equal');
    expect(changed).toEqual([]);
    expect(plain.length).toBeGreaterThan(700);
  });

  it('keeps digits apart that white space separates', () => {
    expect(result('3 1/2', '31/2')).toBe('different');
    expect(result('1, 234', '1234')).toBe('different');
  });

  it('takes a decimal for an approximation only where the policy or many decimals allow it', () => {
    expect(result('0.333', '1/3')).toBe('different');
    expect(result('1/3', '0.333')).toBe('different');
    expect(compareMaths('0.333', '1/3', { decimals: 'rounded' }).result).toBe('equal');
    expect(compareMaths('1/3', '0.333', { decimals: 'rounded' }).result).toBe('different');
    expect(compareMaths('0.333333', '1/3').result).toBe('equal');
    expect(compareMaths('0.333333', '1/3', { decimals: 'exact' }).result).toBe('different');
    expect(compareMaths('3.14', '\\pi', { decimals: 'rounded' }).result).toBe('equal');
    expect(compareMaths('3.14', '3.15', { decimals: 'rounded' }).result).toBe('different');
  });
});
