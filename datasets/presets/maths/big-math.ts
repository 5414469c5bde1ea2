import type { Preset } from '../preset.ts';

/** Big-Math: its own column `domain` is a path of subjects. */
export const bigMath: Preset = {
  name: 'big-math',
  title: 'Big-Math-RL-Verified: problem, answer, domain (subjects), source',
  verified: false,
  licence: 'Apache-2.0',
  domain: 'maths',
  fields: { statement: ['problem', 'prompt'], answer: ['answer', 'solution'], subject: 'domain' },
};
