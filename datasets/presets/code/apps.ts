import { testsOf } from '../../../domains/row/test-forms.ts';
import type { Preset } from '../preset.ts';
import { limitsOf } from '../values/limits.ts';
import { withStarterCode } from '../values/statements.ts';

/** APPS: tests as JSON text, of standard input or, with `fn_name`, of a function. */
export const apps: Preset = {
  name: 'apps',
  title: 'APPS: question, input_output (JSON text: inputs, outputs, fn_name), starter_code, difficulty',
  verified: false,
  licence: 'MIT',
  domain: 'code',
  fields: {
    statement: 'question',
    tests: 'input_output',
    id: ['problem_id', 'id'],
    level: 'difficulty',
  },
  omit: ['solutions'],
  normalise: (draft, row) => ({
    ...draft,
    statement: withStarterCode(draft.statement, row.starter_code),
    tests: limitsOf(testsOf(draft.tests), row),
  }),
};

/** TACO: the same layout, with limits as words (`2 seconds`, `256 megabytes`). */
export const taco: Preset = {
  ...apps,
  name: 'taco',
  title: 'TACO: the columns of APPS, with time_limit and memory_limit in words',
  licence: 'Apache-2.0',
  fields: { ...apps.fields, id: ['id', 'problem_id', 'url'], subject: ['skill_types', 'tags'] },
};
