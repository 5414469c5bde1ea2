import { testsOf } from '../../../domains/row/test-forms.ts';
import type { Preset } from '../preset.ts';
import { lastQuestion } from '../values/statements.ts';

/** What Eurus adds to every question, which is the asking's and not the problem's. */
const wrappings = ['\n\nPresent the answer in LaTex format:', '\n\nWrite Python code to solve the problem.'];

/** Eurus-2: mathematics and programs in one set; the system's turn, a long prompt of its own, is left out. */
export const eurus: Preset = {
  name: 'eurus',
  title: 'Eurus-2-RL-Data: prompt (turns), ability, reward_model.ground_truth (an answer, or tests as JSON text)',
  verified: false,
  licence: 'MIT',
  domain: null,
  fields: {
    statement: 'prompt',
    answer: 'reward_model.ground_truth',
    id: 'extra_info.index',
    subject: 'data_source',
  },
  normalise: (draft, row) => {
    const common = { ...draft, statement: unwrapped(lastQuestion(draft.statement)) };
    if (row.ability !== 'code') return { ...common, domain: 'maths' };
    return { ...common, answer: null, domain: 'code', tests: testsOf(draft.tests ?? draft.answer) };
  },
};

const unwrapped = (question: unknown): unknown => {
  if (typeof question !== 'string') return question;
  const ends = wrappings.map((wrapping) => question.lastIndexOf(wrapping)).filter((at) => at > 0);
  return question.slice(0, Math.min(question.length, ...ends));
};
