import { createHash } from 'node:crypto';
import { dataRows } from '../real-data.ts';
import { type Answer, answered } from './model-replies.ts';
import { type Call, type ModelServerSettings, modelServer } from './model-server.ts';

export const students = ['6b_finetuning', '6b_verification', '175b_finetuning', '175b_verification'] as const;
export type Student = (typeof students)[number];

/** A row of `gsm8k/example_model_solutions.jsonl`: what four real models answered, each marked. */
export type RecordedRow = { readonly question: string; readonly ground_truth: string } & Readonly<
  Record<Student, { readonly solution: string; readonly is_correct: boolean }>
>;

export const recordedRows: readonly RecordedRow[] = dataRows('gsm8k/example_model_solutions.jsonl');

/** A number in [0, 1) that is a fixed function of the text: the first 32 bits of its SHA-256. */
export const hashShare = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;

/** The prompt that puts the statement alone, so that the server knows the problem again. */
export const barePrompt = { maths: '{statement}' };

/** Share of the problems that the teacher never gets right, by a hash of the question. */
export const teacherFails = (question: string, share: number): boolean => hashShare(`teacher ${question}`) < share;

/**
 * The recorded models behind HTTP: each student by its name, `four` as four attempts told apart by the seed, a teacher
 * that knows the reference but fails on a share of the problems, and the stand-in for a process reward model.
 */
export const recordedServer = (settings: { failing?: number } & Partial<ModelServerSettings> = {}) => {
  const byQuestion = new Map(recordedRows.map((row) => [row.question.trim(), row]));
  const chat = ({ model, text, seed }: Call): Answer => {
    const row = byQuestion.get(text.trim());
    if (row === undefined) return answered('I do not know.');
    if (model === 'teacher') return teach(row, settings.failing ?? 0);
    return answered(row[model === 'four' ? (students[seed ?? 0] as Student) : (model as Student)].solution);
  };
  return modelServer({ chat, score: ({ steps }) => steps.map(hashShare), ...settings });
};

const teach = ({ question, ground_truth }: RecordedRow, failing: number): Answer => {
  const answer = (ground_truth.split('A:').at(-1) ?? '').trim();
  const given = teacherFails(question, failing) ? `${answer}1` : answer;
  return answered(`Therefore the answer is \\boxed{${given}}.`, ground_truth);
};
