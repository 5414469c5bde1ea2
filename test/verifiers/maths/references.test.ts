import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BudgetEnded, newBudget } from '../../../verifiers/maths/budget.ts';
import { compareAnswers } from '../../../verifiers/maths/equal/answers.ts';
import { compareMaths, verifyMaths } from '../../../verifiers/maths/index.ts';
import { DEFAULT_POLICIES } from '../../../verifiers/maths/policies.ts';
import { readAnswer } from '../../../verifiers/maths/read/answer.ts';
import { readReference } from '../../../verifiers/maths/read/reference.ts';
import type { Node } from '../../../verifiers/maths/tree.ts';

const DATA = process.env.SLUICE_DATA ?? '../shared/data';
const haveData = existsSync(DATA);

const rowsOf = (path: string) =>
  readFileSync(join(DATA, path), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

const math500 = (): { answer: string; solution: string }[] => rowsOf('math500/test.jsonl');
const gsm8k = (): { answer: string }[] => [...rowsOf('gsm8k/test.jsonl'), ...rowsOf('gsm8k/train.jsonl')];
const aime = (): { answer: string }[] =>
  [...rowsOf('aime24/test.jsonl'), ...rowsOf('aime25/test.jsonl')].map((row) => ({
    ...row,
    answer: String(row.answer),
  }));

const verdict = (answer: string, response: string): string =>
  verifyMaths({ reference: { domain: 'maths', answer }, response }).verdict;

function isEqual(reference: Node, answer: Node): boolean {
  try {
    return compareAnswers(reference, answer, DEFAULT_POLICIES, newBudget()).result === 'equal';
  } catch (error) {
    if (error instanceof BudgetEnded) return false;
    throw error;
  }
}

describe('references of real data sets', () => {
  it.skipIf(!haveData)('are all read, five names and words of MATH-500 as text', () => {
    const answers = [...math500(), ...aime()]
      .map(({ answer }) => answer)
      .concat(gsm8k().map(({ answer }) => answer.split('#### ')[1]!));
    const kinds = answers.map((answer) => ({ answer, kind: compareMaths(answer, answer).parsed.reference?.kind }));
    expect(kinds.filter(({ kind }) => kind === 'unreadable' || kind === undefined)).toEqual([]);
    expect(kinds.filter(({ kind }) => kind === 'text').map(({ answer }) => answer)).toEqual([
      '\\text{Evelyn}',
      '\\text{east}',
      '\\text{even}',
      '\\text{ellipse}',
      '\\text{Navin}',
    ]);
  });

  it.skipIf(!haveData)('equal the boxed answers of their own solutions in MATH-500', () => {
    expect(math500().filter(({ answer, solution }) => verdict(answer, solution) !== 'right')).toEqual([]);
  });

  it.skipIf(!haveData)('equal what stands after #### in GSM8K', () => {
    expect(gsm8k().filter(({ answer }) => verdict(answer.split('#### ')[1]!, answer) !== 'right')).toEqual([]);
  });

  it.skipIf(!haveData)('equal the boxed answers of their own solutions in AIME 2024', () => {
    expect(rowsOf('aime24/test.jsonl').filter((row) => verdict(String(row.answer), row.solution) !== 'right')).toEqual(
      [],
    );
  });

  it.skipIf(!haveData)('of MATH-500 are pairwise different but for these, looked at by hand', () => {
    const answers = [...new Set(math500().map(({ answer }) => answer))];
    const read = answers.map((answer) => ({
      answer,
      reference: readReference(answer, newBudget()),
      node: readAnswer(answer, newBudget()),
    }));
    const equal = read.flatMap((a, index) =>
      read.slice(index + 1).flatMap((b) => (isEqual(a.reference, b.node) ? [`${a.answer} = ${b.answer}`] : [])),
    );
    expect(equal.sort()).toEqual(
      [
        // Two spellings of one value.
        '\\frac{1}{4} = \\frac14',
        '2 \\sqrt{5} = 2\\sqrt{5}',
        '10,\\!080 = 10080',
        '5 = x=5',
        '1,-2 = -2,1',
        // A unit, a base or a bracket that one side leaves out.
        '90^\\circ = 90',
        '120^\\circ = 120',
        '30^\\circ = 30',
        '36 = 36^\\circ',
        '36 = \\$36',
        '15 = 15\\mbox{ cm}^2',
        '40_9 = 40',
        '(-2,1) = -2,1',
        // Half a turn.
        '\\pi = 180^\\circ',
      ].sort(),
    );
  });
});
