import type { Preset } from '../preset.ts';

/** DeepScaleR: one JSON array; some rows have an empty solution. */
export const deepscaler: Preset = {
  name: 'deepscaler',
  title: 'DeepScaleR-Preview: problem, answer, solution',
  verified: false,
  licence: 'MIT',
  domain: 'maths',
  fields: { statement: 'problem', answer: 'answer', solution: 'solution' },
};
