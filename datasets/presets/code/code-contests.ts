import { RowFault } from '../../../domains/row/row-fault.ts';
import { joinedCases, testsOf } from '../../../domains/row/test-forms.ts';
import type { Preset } from '../preset.ts';
import { limitsOf } from '../values/limits.ts';

/** CodeContests: public, private and generated tests, each as two lists; the recorded solutions are not read. */
export const codeContests: Preset = {
  name: 'code-contests',
  title: 'CodeContests: description, public_tests, private_tests, generated_tests, time_limit',
  verified: false,
  licence: 'CC-BY-4.0',
  domain: 'code',
  fields: { statement: 'description', tests: 'public_tests', id: 'name', level: 'difficulty' },
  omit: ['solutions', 'incorrect_solutions', 'untranslated_description'],
  normalise: (draft, row) => {
    if (row.input_file || row.output_file)
      throw new RowFault('not-checkable', 'reads or writes a file of its own (input_file, output_file).');
    const cases = joinedCases(draft.tests, row.private_tests, row.generated_tests);
    return { ...draft, tests: limitsOf(testsOf(cases), row) };
  },
};
