import type { Contamination } from '../../schemas/types.ts';
import { type EvaluationProblem, type EvaluationText, evaluationText, problemAt } from './evaluation-text.ts';
import { longRun, longRuns } from './long-runs.ts';
import { reworded, rewordings } from './rewordings.ts';
import { compactForm, hashesOf, wordsOf } from './statement-forms.ts';

export interface ContaminationIndex {
  /** The evaluation problem that a statement gives away, with the words that stand in both; null where there is none. */
  readonly find: (statement: string) => Contamination | null;
  /** How many evaluation problems are looked for. */
  readonly size: number;
}

/**
 * Makes evaluation sets searchable for what training must not see. A statement is contaminated if it
 * - is an evaluation problem but for typesetting (the only test for those of fewer than `runLength` words),
 * - shares `runLength` words in a row with one (13 as in GPT-3, arXiv 2005.14165, appendix C), unless several
 *   evaluation problems share them too, for then they are phrasing ("where m and n are relatively prime …"), or
 * - rewords one: the same numbers, and most of its pairs of neighbouring words.
 */
export const contaminationIndex = (problems: Iterable<EvaluationProblem>, runLength = 13): ContaminationIndex => {
  const evaluations = evaluationText(problems);
  const runs = longRuns(evaluations, runLength);
  const pairs = rewordings(evaluations, runLength);
  return {
    size: evaluations.problems.length,
    find: (statement) => {
      const exact = evaluations.byForm.get(compactForm(statement));
      if (exact !== undefined) return contamination(evaluations, exact, statement);
      const words = hashesOf(wordsOf(statement));
      const run = longRun(runs, words);
      if (run >= 0)
        return contamination(evaluations, problemAt(evaluations, run), wordsFrom(evaluations, run, runLength));
      const found = reworded(pairs, words, statement);
      return found && contamination(evaluations, found.problem, found.text);
    },
  };
};

const maxTextLength = 500;

const contamination = ({ problems }: EvaluationText, problem: number, text: string): Contamination => ({
  evaluation: problems[problem]!.evaluation,
  text: text.length > maxTextLength ? `${text.slice(0, maxTextLength)}…` : text,
});

const wordsFrom = (evaluations: EvaluationText, position: number, length: number): string => {
  const problem = problemAt(evaluations, position);
  const start = position - evaluations.starts[problem]!;
  return wordsOf(evaluations.problems[problem]!.statement)
    .slice(start, start + length)
    .join(' ');
};
