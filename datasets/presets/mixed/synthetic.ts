import type { Draft } from '../../../domains/port.ts';
import { unpacked } from '../../../domains/row/json-text.ts';
import { RowFault } from '../../../domains/row/row-fault.ts';
import { softText } from '../../../domains/row/soft-text.ts';
import { testsOf } from '../../../domains/row/test-forms.ts';
import type { Preset } from '../preset.ts';

/** What a task is checked against: an answer, or tests in a language. Tasks that only a judge can mark have neither. */
const normalise = (draft: Draft): Draft => {
  const about = unpacked(draft.tests ?? draft.answer);
  const { ground_truth: answer, language, ...rest } = (about ?? {}) as Record<string, unknown>;
  if (typeof answer === 'string' || typeof answer === 'number')
    return { ...draft, tests: null, domain: 'maths', answer };
  if (!('test_cases' in rest))
    throw new RowFault('not-checkable', 'verification_info holds neither ground_truth nor test_cases.');
  return { ...draft, answer: null, domain: 'code', language: softText(language), tests: testsOf(rest) };
};

/** SYNTHETIC-1: tasks of several kinds; its answer of a model is read as a recorded one alone. */
export const synthetic1: Preset = {
  name: 'synthetic-1',
  title: 'SYNTHETIC-1: prompt, verification_info (ground_truth, or test_cases with a language), task_type',
  verified: false,
  licence: 'Apache-2.0',
  domain: null,
  fields: {
    statement: 'prompt',
    answer: 'verification_info',
    solution: 'gold_standard_solution',
    id: 'problem_id',
    subject: 'task_type',
  },
  omit: ['llm_response', 'messages'],
  recorded: { response: ['llm_response', 'messages'] },
  normalise,
};

/** SYNTHETIC-2, likewise. */
export const synthetic2: Preset = {
  ...synthetic1,
  name: 'synthetic-2',
  title: 'SYNTHETIC-2: the same columns',
};
