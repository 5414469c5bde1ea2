import { expect, it } from 'vitest';
import * as all from '../../../../datasets/out/exporters/all.ts';
import { withPrompt, withStudent } from '../../../../datasets/out/format/as-asked.ts';
import type { AnyFormat, ExportFormat } from '../../../../datasets/out/format/format.ts';
import { cot, graded, levelled } from '../../records.ts';
import { ofRun } from '../making.ts';

const asked = [
  { role: 'system', content: 'You are a pupil.' },
  { role: 'user', content: 'Pupil: what is 6 times 7?' },
];
const of = { ...ofRun, asked: () => asked };
const rowsOf = (format: AnyFormat) => {
  if (format.from === 'cot') return format.rows(cot(), of);
  return (format as ExportFormat<'preferences'>).rows({ cot: cot(), graded: graded() }, of);
};

it('begins with the turn that is meant: of the student, of the teacher, the statement alone', () => {
  const promptOf = (choice: Parameters<typeof withPrompt>[1]) =>
    rowsOf(withPrompt(all.trlPromptCompletion, choice)).map(({ prompt }) => prompt);
  expect(promptOf('student')).toEqual([asked]);
  expect(promptOf('teacher')).toEqual([cot().messages]);
  expect(promptOf('statement')).toEqual([[{ role: 'user', content: 'What is 6 times 7?' }]]);
  expect(rowsOf(withPrompt(all.dpo, 'student'))[0]).toMatchObject({ prompt: asked });
  expect(rowsOf(withPrompt(all.verlSft, 'student'))[0]).toMatchObject({ prompt: asked[1]?.content });
  const bank = withPrompt(all.bank, 'student') as typeof all.bank;
  expect(bank.rows(levelled(), of)).toEqual(all.bank.rows(levelled(), of));
});

it('gives what the student made of it along, where there is a place for it', () => {
  const student = {
    verdict: 'wrong',
    answer: graded().attempts[0]?.answer,
    score: cot().score,
    completionTokens: cot().grade.completionTokens,
  };
  for (const format of [all.trl, all.jsonlCot, all.dpo]) {
    for (const row of rowsOf(withStudent(format) as AnyFormat)) expect(row).toMatchObject({ student });
  }
  expect(withStudent(all.verlSft)).toBeNull();
  expect(withStudent(all.bank)).toBeNull();
});

it('tells pairs that would teach the tag apart', () => {
  const made = (reasoning: string) =>
    all.dpo.rows({ cot: cot({ reasoning }), graded: graded() }, of).map((row) => [row.rejected_by, row.thinking]);
  expect(made('So.')).toEqual([
    ['teacher', 'both'],
    ['student', 'chosen'],
  ]);
  expect(made('')).toEqual([
    ['teacher', 'rejected'],
    ['student', 'neither'],
  ]);
});
