import { createHash } from 'node:crypto';
import { RowFault } from '../../../domains/row/row-fault.ts';
import { text } from '../../../domains/row/text.ts';
import type { Preset } from '../preset.ts';

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
  mend: (draft, row) => {
    const right = text(draft.answer, 'Correct Answer').trim();
    const all = [right, ...wrong.map((column) => text(row[column], column).trim())];
    if (all.lastIndexOf(right) > 0)
      throw new RowFault('not-checkable', 'Correct Answer is one of the incorrect ones too; mend the row.');
    const choices = shuffled(all, text(draft.statement, 'Question').trim());
    return { ...draft, choices, answer: 'ABCD'[choices.indexOf(right)] };
  },
};

const shuffled = (choices: readonly string[], seed: string): readonly string[] =>
  choices
    .map((choice) => ({
      choice,
      order: createHash('sha256')
        .update(JSON.stringify([seed, choice]))
        .digest('hex'),
    }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ choice }) => choice);
