import { unpacked } from '../../../domains/row/json-text.ts';
import type { Preset } from '../preset.ts';
import { letterOfPlace } from '../values/places.ts';

/** MMLU: the answer is a place in `choices`, counted from 0. The subset `auxiliary_train` has its columns in one. */
export const mmlu: Preset = {
  name: 'mmlu',
  title: 'MMLU: question, choices, answer (a place from 0), subject',
  verified: false,
  licence: 'MIT',
  domain: 'choice',
  fields: {
    statement: ['question', 'train.question'],
    choices: ['choices', 'train.choices'],
    answer: ['answer', 'train.answer'],
    subject: ['subject', 'train.subject'],
  },
  normalise: (draft) => {
    const choices = unpacked(draft.choices);
    return { ...draft, choices, answer: letterOfPlace(draft.answer, choices) };
  },
};
