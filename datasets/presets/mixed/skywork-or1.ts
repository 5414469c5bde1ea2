import { testsOf } from '../../../domains/row/test-forms.ts';
import type { Preset } from '../preset.ts';
import { lastQuestion } from '../values/statements.ts';

/** Skywork-OR1: the gold of a problem of mathematics is JSON text of a list, that of a program its tests. */
export const skyworkOr1: Preset = {
  name: 'skywork-or1',
  title: 'Skywork-OR1-RL-Data: prompt (turns), ability, reward_model.ground_truth (a list of one, or tests)',
  verified: false,
  licence: 'Apache-2.0',
  domain: null,
  fields: {
    statement: 'prompt',
    answer: 'reward_model.ground_truth',
    id: 'extra_info.index',
    subject: 'data_source',
  },
  normalise: (draft, row) => {
    const common = { ...draft, statement: lastQuestion(draft.statement) };
    if (row.ability !== 'code') return { ...common, domain: 'maths' };
    return { ...common, answer: null, domain: 'code', tests: testsOf(draft.tests ?? draft.answer) };
  },
};
