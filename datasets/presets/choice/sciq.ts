import type { Preset } from '../preset.ts';
import { shuffledChoices } from '../values/shuffled.ts';

const wrong = ['distractor1', 'distractor2', 'distractor3'] as const;

/** SciQ: the right choice and three distractors, shuffled by the question alone. */
export const sciq: Preset = {
  name: 'sciq',
  title: 'SciQ: question, correct_answer, distractor1–3; choices shuffled by the question',
  verified: false,
  licence: 'CC-BY-NC-3.0',
  domain: 'choice',
  fields: { statement: 'question', answer: 'correct_answer', solution: 'support' },
  normalise: (draft, row) => ({
    ...draft,
    ...shuffledChoices(
      draft.statement,
      draft.answer,
      wrong.map((column) => row[column]),
      { question: 'question', right: 'correct_answer', wrong: 'distractor' },
    ),
  }),
};
