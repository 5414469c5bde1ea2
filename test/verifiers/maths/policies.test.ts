import { describe, expect, it } from 'vitest';
import { compareMaths, explainMaths, type Policies, verifyMaths } from '../../../verifiers/maths/index.ts';

const cases: readonly (readonly [policies: Partial<Policies>, reference: string, answer: string, expected: string])[] =
  [
    [{}, '10\\%', '0.1', 'equal'],
    [{}, '10\\%', '10', 'equal'],
    [{ percent: 'value' }, '10\\%', '0.1', 'equal'],
    [{ percent: 'value' }, '10\\%', '10', 'different'],
    [{ percent: 'number' }, '10\\%', '10', 'equal'],
    [{ percent: 'number' }, '10\\%', '0.1', 'different'],
    [{ percent: 'strict' }, '10\\%', '10', 'different'],
    [{ percent: 'strict' }, '10\\%', '10 \\%', 'equal'],
    [{}, '5 \\text{ cm}', '5', 'equal'],
    [{ units: 'required' }, '5 \\text{ cm}', '5', 'different'],
    [{ units: 'required' }, '5 \\text{ cm}', '50 \\text{ mm}', 'equal'],
    [{}, '(1, 2)', '1, 2', 'equal'],
    [{ tuples: 'strict' }, '(1, 2)', '1, 2', 'different'],
    [{}, 'C', 'c', 'different'],
    [{ letters: 'ignore-case' }, 'C', 'c', 'equal'],
    [{}, 'x^2 + C', 'x^2', 'different'],
    [{ constantOfIntegration: 'optional' }, 'x^2 + C', 'x^2', 'equal'],
    [{ constantOfIntegration: 'optional' }, 'x^2', 'x^2 + C', 'equal'],
    [{ constantOfIntegration: 'optional' }, 'x^2 + C', 'x^3', 'different'],
    [{}, '1011_2', '1011', 'equal'],
    [{ bases: 'required' }, '1011_2', '1011', 'different'],
  ];

describe('policies', () => {
  it.each(cases)('%j: %s against %s is %s', (policies, reference, answer, expected) => {
    expect(compareMaths(reference, answer, policies).result).toBe(expected);
  });
});

describe('verdicts', () => {
  const judge = (answer: string, response: string) => verifyMaths({ reference: { domain: 'maths', answer }, response });

  it('are unverifiable where the reference cannot be read', () => {
    expect(judge('\\frac{1}{', 'The answer is \\boxed{5}.').verdict).toBe('unverifiable');
    expect(judge('\\unknown{1}', '').verdict).toBe('unverifiable');
  });

  it('are wrong where only the answer cannot be read', () => {
    expect(judge('5', 'The answer is \\boxed{\\frac{1}{}.').verdict).toBe('wrong');
  });

  it('are unverifiable where the step budget ends', () => {
    const task = { reference: { domain: 'maths', answer: '(x+1)^2' } as const, response: '\\boxed{x^2+2x+1}' };
    expect(verifyMaths(task, { steps: 20 })).toMatchObject({
      verdict: 'unverifiable',
      reason: 'the step budget ended',
    });
    expect(verifyMaths(task).verdict).toBe('right');
  });

  it('are refused for other domains', () => {
    expect(() =>
      verifyMaths({ reference: { domain: 'choice', answer: 'A', choices: ['1', '2'] }, response: 'A' }),
    ).toThrow(TypeError);
  });
});

describe('an explanation', () => {
  it('shows both answers as they were read, and why', () => {
    expect(explainMaths('\\frac{1}{2}', 'So $p = \\boxed{0.5}$.')).toMatchObject({
      verdict: 'right',
      result: 'equal',
      extracted: '0.5',
      found: 'boxed',
      reference: '(1)/(2)',
      answer: '1/2',
    });
  });

  it('shows what else is claimed, and why it is not the answer', () => {
    const { claims } = explainMaths('4', 'I get \\boxed{3}. Wait, I forgot a case. The answer is 4. Is it 5?');
    expect(claims.map(({ text, stance, reading, lost }) => ({ text, stance, reading, lost }))).toEqual(
      expect.arrayContaining([
        { text: '3', stance: 'corrected', reading: '3', lost: 'it is corrected' },
        { text: '4', stance: 'stated', reading: '4', lost: null },
      ]),
    );
  });

  it('agrees with the verdict', () => {
    const { verdict, reason, extracted } = verifyMaths({
      reference: { domain: 'maths', answer: '3' },
      response: 'The answer is 4.',
    });
    expect(explainMaths('3', 'The answer is 4.')).toMatchObject({ verdict, reason, extracted });
  });
});
