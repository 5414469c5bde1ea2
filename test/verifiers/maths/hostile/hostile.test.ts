import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareMaths, explainMaths, verifyMaths } from '../../../../verifiers/maths/index.ts';
import { anyAnswer } from '../any-answer.ts';
import { HOSTILE } from './hostile-inputs.ts';

const STEPS = 60_000;
/** What one step may take from the budget beyond its end: the last charge is made before its work is refused. */
const judged = (reference: string, response: string) => explainMaths(reference, response, { steps: STEPS });

describe.each(Object.entries(HOSTILE))('%s', (_, input) => {
  it('gets a verdict within the step budget, wherever it stands', () => {
    const verdicts = [
      judged('5', input),
      judged('5', `So \\boxed{${input}}`),
      judged(input, `The answer is $${input}$.`),
      judged(input, 'The answer is 5.'),
    ];
    for (const { verdict, steps } of verdicts) {
      expect(['right', 'wrong', 'unverifiable']).toContain(verdict);
      expect(steps).toBeLessThanOrEqual(STEPS);
    }
  });

  it('equals itself, and is not called equal to another', () => {
    expect(compareMaths(input, input).result).toBe('equal');
    expect(compareMaths(input, '\\frac{17}{39}').result).not.toBe('equal');
  });
});

describe('any input', () => {
  it('gets a verdict and costs no more than the budget: 10,000 answers made of tokens and bytes', () => {
    fc.assert(
      fc.property(anyAnswer, anyAnswer, (reference, response) => {
        const { verdict, steps } = judged(reference, response);
        expect(['right', 'wrong', 'unverifiable']).toContain(verdict);
        expect(steps).toBeLessThanOrEqual(STEPS);
      }),
      { numRuns: 10_000, seed: 20260102 },
    );
  }, 300_000);

  it('gets a judgement of the port’s shape', () => {
    fc.assert(
      fc.property(anyAnswer, (response) => {
        const judgement = verifyMaths({ reference: { domain: 'maths', answer: '5' }, response });
        expect(Object.keys(judgement).sort()).toEqual(['extracted', 'found', 'passedShare', 'reason', 'verdict']);
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});
