import type { Draft } from '../../../domains/port.ts';
import { text } from '../../../domains/row/text.ts';
import type { Preset } from '../preset.ts';

const fields = {
  statement: ['problem', 'Problem', 'question'],
  answer: ['answer', 'Answer'],
  solution: ['solution', 'Solution'],
  id: ['id', 'ID', 'problem_idx'],
} as const;

/** An answer is a whole number up to 999, which some print with zeros in front of it, or as a float. */
const normalise = (draft: Draft): Draft => {
  const answer = text(draft.answer, 'answer').trim();
  return { ...draft, answer: /^\$?0*(\d{1,3})(?:\.0+)?\$?$/.exec(answer)?.[1] ?? answer };
};

/** AIME 2024, in the columns of its several publishers. */
export const aime24: Preset = {
  name: 'aime24',
  title: 'AIME 2024: problem, answer, solution, id',
  verified: true,
  licence: null,
  domain: 'maths',
  fields,
  normalise,
};

/** AIME 2025, likewise. */
export const aime25: Preset = {
  name: 'aime25',
  title: 'AIME 2025: problem, answer',
  verified: true,
  licence: null,
  domain: 'maths',
  fields,
  normalise,
};
