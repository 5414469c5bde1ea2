import { text } from '../../../domains/row/text.ts';
import type { Preset } from '../preset.ts';

/** HumanEval: the statement is the beginning of the program itself, and a completion goes on behind it. */
export const humaneval: Preset = {
  name: 'humaneval',
  title: 'HumanEval: task_id, prompt, canonical_solution, test, entry_point',
  verified: true,
  licence: 'MIT',
  domain: 'code',
  fields: {
    statement: 'prompt',
    prompt: 'prompt',
    solution: 'canonical_solution',
    id: 'task_id',
    tests: 'test',
  },
  normalise: (draft, row) => ({
    ...draft,
    language: 'python',
    tests: { kind: 'check', entryPoint: text(row.entry_point, 'entry_point'), source: text(draft.tests, 'test') },
  }),
};
