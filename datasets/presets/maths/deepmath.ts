import type { Preset } from '../preset.ts';

/** DeepMath: three recorded solutions of a model, which are not read. */
export const deepmath: Preset = {
  name: 'deepmath',
  title: 'DeepMath-103K: question, final_answer, difficulty, topic',
  verified: false,
  licence: 'MIT',
  domain: 'maths',
  fields: { statement: 'question', answer: 'final_answer', level: 'difficulty', subject: 'topic' },
  omit: ['r1_solution_1', 'r1_solution_2', 'r1_solution_3'],
};
