import type { Draft } from '../../../domains/port.ts';
import type { Preset } from '../preset.ts';
import { letterOfLabel } from '../values/places.ts';

/** The key of an answer is a label that stands beside its text: a letter, in some rows of ARC a number from 1. */
const normalise = (draft: Draft, row: Readonly<Record<string, unknown>>): Draft => {
  const labels = (row.choices as { label?: unknown } | null | undefined)?.label;
  return { ...draft, answer: letterOfLabel(draft.answer, labels) };
};

/** ARC, the easy and the challenge set. */
export const arc: Preset = {
  name: 'arc',
  title: 'ARC: question, choices (text, label), answerKey',
  verified: false,
  licence: 'CC-BY-SA-4.0',
  domain: 'choice',
  fields: { statement: 'question', choices: 'choices.text', answer: 'answerKey', id: 'id' },
  normalise,
};

/** OpenBookQA, likewise. */
export const openbookqa: Preset = {
  name: 'openbookqa',
  title: 'OpenBookQA: question_stem, choices (text, label), answerKey',
  verified: false,
  licence: 'Apache-2.0',
  domain: 'choice',
  fields: {
    statement: ['question_stem', 'question.stem'],
    choices: 'choices.text',
    answer: 'answerKey',
    id: 'id',
  },
  normalise,
};
