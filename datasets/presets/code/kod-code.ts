import { RowFault } from '../../../domains/row/row-fault.ts';
import { text } from '../../../domains/row/text.ts';
import type { Preset } from '../preset.ts';

/**
 * KodCode: the tests are functions for pytest, which take the answer from a module `solution`. They become a check that
 * calls each of them; tests with fixtures or marks of pytest are told as such.
 */
export const kodCode: Preset = {
  name: 'kod-code',
  title: 'KodCode: question, solution, test (functions for pytest), test_info (function_name)',
  verified: false,
  licence: 'CC-BY-NC-4.0',
  domain: 'code',
  fields: {
    statement: 'question',
    solution: 'solution',
    tests: ['test', 'test_code'],
    id: 'question_id',
    level: 'gpt_difficulty',
    subject: 'subset',
  },
  omit: ['r1_solution', 'conversations', 'r1_correctness', 'metadata'],
  normalise: (draft, row) => {
    const lines = text(draft.tests, 'test').split('\n');
    const imported = lines.flatMap((line) => namesImported(line));
    const [entryPoint] = [functionIn(row.test_info), ...imported].filter((name) => name !== null);
    const functions = lines.flatMap((line) => /^def (test\w*)\(\s*\):/.exec(line)?.[1] ?? []);
    if (
      lines.some((line) => /^import pytest|^from pytest|^@|^def test\w*\([^)\s]/.test(line)) ||
      functions.length === 0
    )
      throw new RowFault('not-checkable', 'test needs pytest (fixtures, marks or raises), which is not at hand here.');
    if (!entryPoint) throw new RowFault('tests-not-understood', 'test does not say which function is asked for.');
    const kept = lines.filter((line) => namesImported(line).length === 0);
    const calls = functions.map((name) => `    ${name}()`);
    const source = `${kept.join('\n')}\n\ndef check(candidate):\n${calls.join('\n')}\n`;
    return { ...draft, language: 'python', tests: { kind: 'check', entryPoint, source } };
  },
};

const namesImported = (line: string): string[] => {
  if (!line.startsWith('from solution import ')) return [];
  return line
    .slice('from solution import '.length)
    .split(',')
    .map((name) => name.trim());
};

const functionIn = (info: unknown): string | null => {
  const [first] = Array.isArray(info) ? info : [info];
  const name = (first as { function_name?: unknown } | null | undefined)?.function_name;
  return typeof name === 'string' ? name : null;
};
