import { compactForm, hashesOf, wordsOf } from './statement-forms.ts';

/** One problem of an evaluation set. */
export interface EvaluationProblem {
  /** How the evaluation set is called. */
  readonly evaluation: string;
  readonly statement: string;
}

/** All evaluation problems as one text of hashed words; a problem that several sets hold is there once. */
export interface EvaluationText {
  readonly problems: readonly EvaluationProblem[];
  /** Problem by compact form. */
  readonly byForm: ReadonlyMap<string, number>;
  readonly words: Uint32Array;
  /** Where each problem's words begin, and behind the last one where they end. */
  readonly starts: Uint32Array;
}

export const evaluationText = (given: Iterable<EvaluationProblem>): EvaluationText => {
  const problems: EvaluationProblem[] = [];
  const byForm = new Map<string, number>();
  const parts: Uint32Array[] = [];
  for (const { evaluation, statement } of given) {
    const form = compactForm(statement);
    if (form === '' || byForm.has(form)) continue;
    byForm.set(form, problems.length);
    problems.push({ evaluation, statement });
    parts.push(hashesOf(wordsOf(statement)));
  }
  return { problems, byForm, ...joined(parts) };
};

/** The problem that a word's position belongs to. */
export const problemAt = ({ starts }: Pick<EvaluationText, 'starts'>, position: number): number => {
  let low = 0;
  let high = starts.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (starts[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** Where runs of `length` words begin that lie within one problem. */
export const runStarts = ({ starts }: Pick<EvaluationText, 'starts'>, length: number): number[] => {
  const found: number[] = [];
  for (let problem = 0; problem + 1 < starts.length; problem++)
    for (let start = starts[problem]!; start + length <= starts[problem + 1]!; start++) found.push(start);
  return found;
};

const joined = (parts: readonly Uint32Array[]): Pick<EvaluationText, 'words' | 'starts'> => {
  const starts = new Uint32Array(parts.length + 1);
  parts.forEach((part, problem) => {
    starts[problem + 1] = starts[problem]! + part.length;
  });
  const words = new Uint32Array(starts.at(-1)!);
  parts.forEach((part, problem) => {
    words.set(part, starts[problem]);
  });
  return { words, starts };
};
