import { type EvaluationText, problemAt, runStarts } from './evaluation-text.ts';
import { type NgramTable, ngramTable, positionsOf } from './ngram-table.ts';
import { numbersOf, wordsOf } from './statement-forms.ts';

/** Evaluation problems by their runs of three words, which lead to those that a statement may reword. */
export interface Rewordings {
  readonly evaluations: EvaluationText;
  readonly table: NgramTable;
  readonly minWords: number;
}

/** Measured on MATH-500: below, other problems of the same kind are hit; above, rewordings are missed. */
const sharedPairs = 0.55;
const sharedNumbers = 0.8;

/** A run that stands in more places than this leads to too many problems to say anything. */
const maxPlaces = 32;
/** Two runs in common are the least that a rewording has; of many problems the closest few are looked at. */
const minRuns = 2;
const maxCandidates = 8;

export const rewordings = (evaluations: EvaluationText, minWords: number): Rewordings => ({
  evaluations,
  table: ngramTable(3, evaluations.words, runStarts(evaluations, 3)),
  minWords,
});

/**
 * The evaluation problem that a statement rewords, with the words they share; null where there is none.
 * @param isMeant which of them are looked at
 */
export const reworded = (
  index: Rewordings,
  words: Uint32Array,
  statement: string,
  isMeant: (problem: number) => boolean = () => true,
): { problem: number; text: string } | null => {
  if (words.length < index.minWords - 1) return null;
  for (const problem of candidates(index, words, isMeant)) {
    const text = sharedText(index.evaluations, problem, words, statement);
    if (text !== null) return { problem, text };
  }
  return null;
};

const candidates = (
  { evaluations, table, minWords }: Rewordings,
  words: Uint32Array,
  isMeant: (problem: number) => boolean,
): number[] => {
  const runs = new Map<number, number>();
  for (let start = 0; start + table.n <= words.length; start++) {
    const places = positionsOf(table, words, start, maxPlaces + 1);
    if (places.length > maxPlaces) continue;
    for (const at of places) {
      const problem = problemAt(evaluations, at);
      if (!isMeant(problem)) continue;
      runs.set(problem, (runs.get(problem) ?? 0) + 1);
    }
  }
  return [...runs]
    .filter(([problem, count]) => count >= minRuns && lengthOf(evaluations, problem) >= minWords)
    .sort((a, b) => b[1] - a[1])
    .slice(0, maxCandidates)
    .map(([problem]) => problem);
};

const lengthOf = ({ starts }: EvaluationText, problem: number): number => starts[problem + 1]! - starts[problem]!;

/** The problem's words that the statement shares, if it shares enough of them and the numbers. */
const sharedText = (
  evaluations: EvaluationText,
  problem: number,
  words: Uint32Array,
  statement: string,
): string | null => {
  const own = evaluations.words.subarray(evaluations.starts[problem], evaluations.starts[problem + 1]);
  const shared = sharedPairsOf(own, words);
  if (shared.filter(Boolean).length < sharedPairs * shared.length) return null;
  const original = evaluations.problems[problem]!.statement;
  if (!haveSameNumbers(numbersOf(original), numbersOf(statement))) return null;
  return wordsInPairs(wordsOf(original), shared);
};

/** Which of the pairs of neighbouring words stand in the other text too. */
const sharedPairsOf = (own: Uint32Array, other: Uint32Array): boolean[] => {
  const pairs = new Set<number>();
  for (let at = 0; at + 1 < other.length; at++) pairs.add(pairAt(other, at));
  return Array.from({ length: Math.max(0, own.length - 1) }, (_, at) => pairs.has(pairAt(own, at)));
};

/** Two hashes as one number within 2^53. */
const pairAt = (words: Uint32Array, at: number): number => words[at]! * 0x200000 + (words[at + 1]! & 0x1fffff);

const haveSameNumbers = (one: readonly string[], other: readonly string[]): boolean =>
  shareOf(one, other) >= sharedNumbers && shareOf(other, one) >= sharedNumbers;

/** The share of `some` that stands in `all`, each as often as it is there. */
const shareOf = (some: readonly string[], all: readonly string[]): number => {
  const left = new Map<string, number>();
  for (const one of all) left.set(one, (left.get(one) ?? 0) + 1);
  let found = 0;
  for (const one of some) {
    const count = left.get(one) ?? 0;
    if (count > 0) found++;
    left.set(one, count - 1);
  }
  return some.length === 0 ? 1 : found / some.length;
};

const wordsInPairs = (words: readonly string[], shared: readonly boolean[]): string => {
  const marked = words.map((word, at) => (shared[at] || shared[at - 1] ? word : '…'));
  return marked.join(' ').replaceAll(/…(?: …)+/g, '…');
};
