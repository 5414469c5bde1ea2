import { type EvaluationText, problemAt, runStarts } from './evaluation-text.ts';
import { type NgramTable, ngramTable, positionsOf } from './ngram-table.ts';

/** The runs of `length` words that stand in one evaluation problem alone. */
export const longRuns = (evaluations: EvaluationText, length: number): NgramTable => {
  const all = ngramTable(length, evaluations.words, runStarts(evaluations, length));
  const own = runStarts(evaluations, length).filter((start) => isOwn(all, evaluations, start));
  return ngramTable(length, evaluations.words, own);
};

/** A problem that repeats itself without end must not cost time without end. */
const maxPlaces = 1000;

/** Where such a run of a statement stands in the evaluation text; -1 where none does. */
export const longRun = (runs: NgramTable, words: Uint32Array): number => {
  for (let start = 0; start + runs.n <= words.length; start++) {
    const [found] = positionsOf(runs, words, start, 1);
    if (found !== undefined) return found;
  }
  return -1;
};

const isOwn = (all: NgramTable, evaluations: EvaluationText, start: number): boolean => {
  const problem = problemAt(evaluations, start);
  return positionsOf(all, evaluations.words, start, maxPlaces).every((at) => problemAt(evaluations, at) === problem);
};
