import { testsOf } from '../../../domains/row/test-forms.ts';
import type { Preset } from '../preset.ts';

/** AceCode: a list of asserts; the recorded programs with their pass rates are not read. */
export const aceCode: Preset = {
  name: 'ace-code',
  title: 'AceCode-87K: question, test_cases (asserts), id, source',
  verified: false,
  licence: 'MIT',
  domain: 'code',
  fields: { statement: 'question', tests: 'test_cases', id: 'id', subject: 'source' },
  omit: ['inferences', 'context_messages'],
  normalise: (draft) => ({ ...draft, language: 'python', tests: testsOf(draft.tests) }),
};
