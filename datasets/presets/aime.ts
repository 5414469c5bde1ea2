import type { Preset } from './preset.ts';

const fields = {
  statement: ['problem', 'Problem', 'question'],
  answer: ['answer', 'Answer'],
  solution: ['solution', 'Solution'],
  id: ['id', 'ID', 'problem_idx'],
} as const;

/** AIME 2024, in the columns of its several publishers. */
export const aime24: Preset = {
  name: 'aime24',
  title: 'AIME 2024: problem, answer, solution, id',
  verified: true,
  licence: null,
  domain: 'maths',
  fields,
};

/** AIME 2025, likewise. */
export const aime25: Preset = {
  name: 'aime25',
  title: 'AIME 2025: problem, answer',
  verified: true,
  licence: null,
  domain: 'maths',
  fields,
};
