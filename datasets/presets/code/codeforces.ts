import { RowFault } from '../../../domains/row/row-fault.ts';
import { isThere, softText } from '../../../domains/row/soft-text.ts';
import { testsOf } from '../../../domains/row/test-forms.ts';
import { text } from '../../../domains/row/text.ts';
import type { Preset } from '../preset.ts';
import { limitsOf } from '../values/limits.ts';

/**
 * Codeforces (open-r1): a statement in parts. A problem that talks with its judge, one with many right outputs (a
 * checker goes with it), one that reads files and one whose tests are not all there are named, not judged wrongly.
 */
export const codeforces: Preset = {
  name: 'codeforces',
  title: 'Codeforces (open-r1): description in parts, official_tests, time_limit, memory_limit, rating',
  verified: false,
  licence: 'CC-BY-4.0',
  domain: 'code',
  fields: {
    statement: 'description',
    tests: 'official_tests',
    solution: 'editorial',
    id: 'id',
    level: 'rating',
    subject: 'tags',
    language: 'language',
  },
  omit: ['generated_tests', 'contest_start', 'aliases'],
  normalise: (draft, row) => {
    if (isThere(row.interaction_format))
      throw new RowFault('not-checkable', 'is interactive: it talks with its judge.');
    if (isThere(row.generated_checker))
      throw new RowFault('not-checkable', 'has many right outputs, and comes with a checker of its own.');
    if (row.input_mode === 'file') throw new RowFault('not-checkable', 'reads a file, not standard input.');
    if (!isThere(draft.tests) || row.official_tests_complete === false)
      throw new RowFault(
        'not-checkable',
        'has no tests, or not all of them (official_tests, official_tests_complete).',
      );
    return {
      ...draft,
      statement: statementOf(text(draft.statement, 'description'), row),
      tests: limitsOf(testsOf(draft.tests), row),
    };
  },
};

const parts = [
  ['input_format', 'Input'],
  ['output_format', 'Output'],
  ['note', 'Note'],
] as const;

const statementOf = (description: string, row: Readonly<Record<string, unknown>>): string => {
  const title = softText(row.title);
  const said = parts.flatMap(([column, heading]) => {
    const part = softText(row[column]);
    return part === null || part.trim() === '' ? [] : [`${heading}\n\n${part.trim()}`];
  });
  return [...(title ? [title] : []), description.trim(), ...said, ...examplesIn(row.examples)].join('\n\n');
};

const examplesIn = (examples: unknown): string[] =>
  (Array.isArray(examples) ? examples : []).map(
    ({ input, output }, index) =>
      `Example ${index + 1}\n\nInput:\n${softText(input) ?? ''}\n\nOutput:\n${softText(output) ?? ''}`,
  );
