import type { Preset } from '../preset.ts';

/** MMLU-Pro: up to ten options, the answer as a letter; the worked answer belongs to the validation rows. */
export const mmluPro: Preset = {
  name: 'mmlu-pro',
  title: 'MMLU-Pro: question, options, answer (a letter), category',
  verified: false,
  licence: 'MIT',
  domain: 'choice',
  fields: {
    statement: 'question',
    choices: 'options',
    answer: 'answer',
    solution: 'cot_content',
    id: 'question_id',
    subject: 'category',
  },
  omit: ['answer_index'],
};
