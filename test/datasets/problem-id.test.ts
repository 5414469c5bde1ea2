import { describe, expect, it } from 'vitest';
import { problemId, referenceOf } from '../../datasets/problem-id.ts';

const maths = { domain: 'maths', statement: 'What is 1 + 1?', choices: [], tests: null } as const;
const code = { domain: 'code', statement: 'Write f.', choices: [], tests: '{"kind":"asserts"}' } as const;
const reference = (answer: string) => referenceOf({ domain: 'maths', answer, tests: null });

describe('problemId', () => {
  it('is 128 bits in hex and stays what it is', () => {
    expect(problemId(maths)).toBe('09efcc926f01eca420c7be0b7383a7b9');
  });

  it('does not see white space and Unicode form', () => {
    expect(problemId({ ...maths, statement: '  What\n is\t1 +\u00a01? ' })).toBe(problemId(maths));
    expect(problemId({ ...maths, statement: 'caf\u00e9' })).toBe(problemId({ ...maths, statement: 'cafe\u0301' }));
  });

  it('sees domain, statement, choices and tests', () => {
    const all = [
      maths,
      code,
      { ...maths, statement: 'what is 1 + 1?' },
      { ...maths, domain: 'choice', choices: ['a', 'b'] } as const,
      { ...maths, domain: 'choice', choices: ['b', 'a'] } as const,
      { ...maths, domain: 'choice', choices: ['a b'] } as const,
      { ...code, tests: '{"kind":"check"}' },
    ];
    expect(new Set(all.map(problemId)).size).toBe(all.length);
  });
});

describe('referenceOf', () => {
  it.for([
    ['18', '18.0', '$18$', ' 18. ', '18.00', '+18', '\\boxed{18}', '018'],
    ['1234', '1,234', '$1,234.0$'],
    ['\\frac{1}{2}', '\\dfrac{1}{2}', '$\\tfrac{1}{2}$', '\\frac{1} {2}'],
    ['(3,4)', '\\left( 3, 4 \\right)', '$(3, 4)$'],
    ['-0.5', '-0.50', '-00.5'],
  ])('%s has one spelling', (spellings) => {
    expect(new Set(spellings.map(reference)).size).toBe(1);
  });

  it.for([
    ['18', '-18', '81', '18%', '1.8', '180'],
    ['1,23', '123'],
    ['(1,234)', '(1234)'],
    ['x', 'X'],
  ])('%s are different', (references) => {
    expect(new Set(references.map(reference)).size).toBe(references.length);
  });

  it('is the letter of a choice and the tests of code', () => {
    expect(referenceOf({ domain: 'choice', answer: ' b ', tests: null })).toBe('B');
    expect(referenceOf({ domain: 'code', answer: null, tests: '{}' })).toBe('{}');
  });
});
