import type { Preset } from '../preset.ts';
import { shuffledChoices } from '../values/shuffled.ts';

const wrong = ['Incorrect Answer 1', 'Incorrect Answer 2', 'Incorrect Answer 3'] as const;

/**
 * GPQA: the right choice always stands first in the file, so the choices are shuffled. The order hangs on the
 * question alone: each reading of the file, and each subset, gives the same letters.
 */
export const gpqa: Preset = {
  name: 'gpqa',
  title: 'GPQA: Question, Correct Answer, Incorrect Answer 1–3; choices shuffled by the question',
  verified: false,
  licence: 'CC-BY-4.0',
  domain: 'choice',
  fields: {
    statement: 'Question',
    answer: 'Correct Answer',
    solution: 'Explanation',
    id: 'Record ID',
    subject: ['Subdomain', 'High-level domain'],
  },
  normalise: (draft, row) =>
    draft.choices !== undefined
      ? draft
      : {
          ...draft,
          ...shuffledChoices(
            draft.statement,
            draft.answer,
            wrong.map((column) => row[column]),
            { question: 'Question', right: 'Correct Answer', wrong: 'Incorrect Answer' },
          ),
        },
};
