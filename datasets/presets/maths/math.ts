import { RowFault } from '../../../domains/row/row-fault.ts';
import { optionalText, text } from '../../../domains/row/text.ts';
import type { Preset } from '../preset.ts';
import { answerInBox } from '../values/boxed.ts';

/** MATH as first published: no answer of its own, it is the last box of the worked solution. */
export const math: Preset = {
  name: 'math',
  title: 'MATH (Hendrycks): problem, level, type, solution with \\boxed{}',
  verified: false,
  licence: 'MIT',
  domain: 'maths',
  fields: {
    statement: 'problem',
    answer: 'answer',
    solution: 'solution',
    level: 'level',
    subject: ['type', 'subject'],
  },
  normalise: (draft) => ({
    ...draft,
    answer: draft.answer || boxedIn(draft.solution),
    level: levelNumber(draft.level),
  }),
};

/** MATH-500, with an answer and an id of its own. */
export const math500: Preset = {
  name: 'math500',
  title: 'MATH-500: problem, solution, answer, subject, level, unique_id',
  verified: true,
  licence: 'MIT',
  domain: 'maths',
  fields: {
    statement: 'problem',
    answer: 'answer',
    solution: 'solution',
    id: 'unique_id',
    level: 'level',
    subject: 'subject',
  },
};

const boxedIn = (solution: unknown): string => {
  const answer = answerInBox(text(solution, 'solution'));
  if (answer === null)
    throw new RowFault('not-checkable', 'solution holds no \\boxed{} answer; name a column with one.');
  return answer;
};

/** `Level 5` → `5`; `Level ?` says nothing. */
const levelNumber = (level: unknown): string | null => /\d+/.exec(optionalText(level, 'level') ?? '')?.[0] ?? null;
