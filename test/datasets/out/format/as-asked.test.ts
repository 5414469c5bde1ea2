import { expect, it } from 'vitest';
import * as all from '../../../../datasets/out/exporters/all.ts';
import { prompts, withPrompt, withStudent } from '../../../../datasets/out/format/as-asked.ts';
import type { AnyFormat, ExportFormat } from '../../../../datasets/out/format/format.ts';
import type { Cot, Turn } from '../../../../schemas/types.ts';
import { cot, graded } from '../../records.ts';
import { ofRun } from '../making.ts';

const asked: Turn[] = [
  { role: 'system', content: 'You are a pupil.' },
  { role: 'user', content: 'Pupil: what is 6 times 7?' },
];
const of = ofRun;
const rowsOf = (format: AnyFormat | null, record: Cot = cot({ studentMessages: asked })) => {
  if (format?.from === 'cot') return format.rows(record, of);
  return (format as ExportFormat<'preferences'>).rows({ cot: record, graded: graded() }, of);
};

it('begins with the turn that is meant: of the student, of the teacher, the statement alone', () => {
  const promptOf = (choice: Parameters<typeof withPrompt>[1]) =>
    rowsOf(withPrompt(all.trlPromptCompletion, choice)).map(({ prompt }) => prompt);
  expect(promptOf('student')).toEqual([asked]);
  expect(promptOf('teacher')).toEqual([cot().messages]);
  expect(promptOf('statement')).toEqual([[{ role: 'user', content: 'What is 6 times 7?' }]]);
  expect(rowsOf(withPrompt(all.dpo, 'student'))[0]).toMatchObject({ prompt: asked });
  expect(rowsOf(withPrompt(all.verlSft, 'student'))[0]).toMatchObject({ prompt: asked[1]?.content });
});

it('takes the turn of the teacher for that of the student where both were asked the same', () => {
  const [row] = rowsOf(withPrompt(all.trlPromptCompletion, 'student'), cot());
  expect(row?.prompt).toEqual(cot().messages);
});

it('has no turn to choose in what holds no answer of the teacher', () => {
  for (const format of [all.bank, all.verlRlBank])
    for (const choice of prompts) expect(withPrompt(format, choice)).toBeNull();
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
