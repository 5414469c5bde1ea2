import type { Draft } from '../../../domains/port.ts';
import { RowFault } from '../../../domains/row/row-fault.ts';
import { optionalText } from '../../../domains/row/text.ts';
import type { Preset } from '../preset.ts';
import { letteredChoices } from '../values/lettered-choices.ts';

const fields = {
  statement: 'problem',
  answer: 'answer',
  solution: 'solution',
  id: 'uuid',
  subject: 'problem_type',
} as const;

/**
 * NuminaMath 1.5: proofs, answers that were not found and problems marked as unsound cannot be checked. A question with
 * choices, whose answer is a letter, has them in its statement.
 */
export const numinamath: Preset = {
  name: 'numinamath-1.5',
  title: 'NuminaMath 1.5: problem, solution, answer, problem_type, validity marks',
  verified: false,
  licence: 'Apache-2.0',
  domain: null,
  fields,
  normalise: (draft, row) => {
    checkAnswer(optionalText(draft.answer, 'answer'));
    checkMark(row, 'problem_is_valid');
    checkMark(row, 'solution_is_valid');
    return withChoices(draft, row);
  },
};

/** OpenR1-Math: NuminaMath's problems with recorded generations, which are read as recorded answers alone. */
export const openr1Math: Preset = {
  ...numinamath,
  name: 'openr1-math',
  title: "OpenR1-Math-220k: NuminaMath's columns; the generations are recorded answers",
  omit: ['generations', 'messages', 'correctness_math_verify', 'correctness_llama', 'finish_reasons'],
  recorded: { response: 'generations', finish: 'finish_reasons' },
};

const checkAnswer = (answer: string | null): void => {
  if (answer !== null && /^(?:\\text\s*\{)?\s*(?:proof|not ?found)\s*\}?\.?$/i.test(answer.trim()))
    throw new RowFault('not-checkable', `answer is "${answer.trim()}": there is nothing to check an answer against.`);
};

const withChoices = (draft: Draft, { question_type: type }: Readonly<Record<string, unknown>>): Draft => {
  const maths = { ...draft, domain: 'maths' };
  const letter = letterIn(`${draft.answer ?? ''}`);
  if (type !== 'MCQ' || !letter || typeof draft.statement !== 'string') return maths;
  const found = letteredChoices(draft.statement, letter);
  return found ? { ...draft, ...found, answer: letter, domain: 'choice' } : maths;
};

/** `B`, `(B)`, `\textbf{(B) }`, `$B$`. */
const letterIn = (answer: string): string | undefined =>
  /^(?:\\(?:text|textbf|mathrm|mathbf))?([A-J])$/.exec(answer.slice(0, 40).replace(/[\s$(){}.]/g, ''))?.[1];

/** The marks say `Yes`, `No`, `Incomplete`, `Problem not solved`. */
const checkMark = (row: Readonly<Record<string, unknown>>, column: string): void => {
  const mark = row[column];
  if (mark === false || (typeof mark === 'string' && mark !== 'Yes'))
    throw new RowFault(
      'not-checkable',
      `${column} is "${String(mark).slice(0, 40)}": the data set itself doubts this row.`,
    );
};
