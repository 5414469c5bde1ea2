import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluationText, problemAt } from '../../../datasets/decontamination/evaluation-text.ts';
import { longRun, longRuns } from '../../../datasets/decontamination/long-runs.ts';
import { hashesOf, wordsOf } from '../../../datasets/decontamination/statement-forms.ts';

const length = 3;
const runsOf = (statement: string): string[] => {
  const words = statement.split(' ').filter(Boolean);
  return words.slice(0, Math.max(0, words.length - length + 1)).map((_, at) => words.slice(at, at + length).join(' '));
};

/** The problems that a statement shares a run with which no other problem has; by comparing everything with everything. */
const oracle = (problems: readonly string[], statement: string): number[] =>
  problems.flatMap((problem, index) => {
    const others = new Set(problems.filter((_, other) => other !== index).flatMap(runsOf));
    const own = new Set(runsOf(problem).filter((run) => !others.has(run)));
    return runsOf(statement).some((run) => own.has(run)) ? [index] : [];
  });

const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }).map((words) => words.join(' '));

describe('longRun', () => {
  it('finds what comparing everything with everything finds', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(text, { maxLength: 6, selector: (one) => one.replaceAll(' ', '') }),
        text,
        (problems, statement) => {
          const evaluations = evaluationText(problems.map((one) => ({ evaluation: 'made', statement: one })));
          const found = longRun(longRuns(evaluations, length), hashesOf(wordsOf(statement)));
          const wanted = oracle(problems.filter(Boolean), statement);
          if (found < 0) expect(wanted).toEqual([]);
          else expect(wanted).toContain(problemAt(evaluations, found));
        },
      ),
      { numRuns: 1000 },
    ));
});
