import { parsePythonLiteral } from '../../../domains/row/python-literal.ts';
import { RowFault } from '../../../domains/row/row-fault.ts';
import { optionalText, text, texts } from '../../../domains/row/text.ts';
import type { Preset } from '../preset.ts';

/** MBPP: only the asserts tell the function's name, so the statement shows them, as the benchmark's own prompt does. */
export const mbpp: Preset = {
  name: 'mbpp',
  title: 'MBPP: text, code, task_id, test_setup_code, test_list (a list, also one written in Python)',
  verified: true,
  licence: 'CC-BY-4.0',
  domain: 'code',
  fields: {
    statement: ['text', 'prompt'],
    solution: 'code',
    id: 'task_id',
    tests: ['test_list', 'assertion'],
  },
  omit: ['challenge_test_list', 'source_file'],
  normalise: (draft, row) => {
    const asserts = assertsIn(draft.tests);
    const setup = row.test_imports ? listOf(row.test_imports, 'test_imports').join('\n') : row.test_setup_code;
    const statement = `${text(draft.statement, 'text').trim()}\n\nYour code should pass these tests:\n\n${asserts.join('\n')}`;
    return {
      ...draft,
      statement,
      language: 'python',
      tests: { kind: 'asserts', setup: optionalText(setup, 'test_setup_code') ?? '', asserts },
    };
  },
};

/** EvalPlus writes them as one text. */
const assertsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' && value.trimStart().startsWith('assert')
    ? value.split('\n').filter((line) => line.startsWith('assert'))
    : listOf(value, 'test_list');

const listOf = (value: unknown, field: string): readonly string[] => {
  if (typeof value !== 'string') return texts(value, field);
  const list = parsePythonLiteral(value);
  if (!Array.isArray(list))
    throw new RowFault('wrong-type', `${field} is text that is no list of strings; a list is wanted.`);
  return texts(list, field);
};
