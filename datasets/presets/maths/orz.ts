import type { Preset } from '../preset.ts';

/** Open-Reasoner-Zero: each row is a list of two turns, the second of which holds the answer alone. */
export const orz: Preset = {
  name: 'orz',
  title: 'ORZ: rows are lists of a question (value) and its ground_truth.value',
  verified: false,
  licence: 'MIT',
  domain: 'maths',
  rows: 'lists',
  fields: { statement: '0.value', answer: '1.ground_truth.value' },
};
