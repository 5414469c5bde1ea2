import type { Cot, Graded } from '../../../schemas/types.ts';
import type { AnyFormat, ExportFormat, ExportRow, OfRun } from './format.ts';

/** Whose turn stands before the answer: what the student is asked, what the teacher was asked, or the statement alone. */
export const prompts = ['student', 'teacher', 'statement'] as const;
export type PromptChoice = (typeof prompts)[number];

/** A format whose verified records begin with the turn that is meant. Formats without a teacher's answer stay as they are. */
export const withPrompt = (format: AnyFormat, choice: PromptChoice): AnyFormat => {
  if (choice === 'teacher') return format;
  if (format.from === 'cot')
    return {
      ...format,
      rows: (record, of) => format.rows(asAsked(record, choice, of), of),
    } satisfies ExportFormat<'cot'>;
  if (format.from === 'preferences') {
    return {
      ...format,
      rows: ({ cot, graded }, of) => format.rows({ cot: asAsked(cot, choice, of), graded }, of),
    } satisfies ExportFormat<'preferences'>;
  }
  return format;
};

/** The same with what the student made of the problem beside each row; null where there is no such thing in the format. */
export const withStudent = (format: AnyFormat): AnyFormat | null => {
  if (format.columns !== null) return null;
  if (format.from === 'preferences') {
    return {
      ...format,
      rows: (record, of) => format.rows(record, of).map((row) => ({ ...row, student: studentPart(record) })),
    } satisfies ExportFormat<'preferences'>;
  }
  if (format.from !== 'cot') return null;
  return {
    ...format,
    from: 'preferences',
    rows: (record, of) => format.rows(record.cot, of).map((row) => ({ ...row, student: studentPart(record) })),
    about: ({ cot }) => format.about(cot),
  } satisfies ExportFormat<'preferences'>;
};

const asAsked = (record: Cot, choice: 'student' | 'statement', { asked }: OfRun): Cot => ({
  ...record,
  messages: (choice === 'student'
    ? asked(record.problem)
    : [{ role: 'user', content: record.problem.statement }]) as Cot['messages'],
});

/** Of the first attempt, and of all of them together. */
const studentPart = ({ cot, graded }: { readonly cot: Cot; readonly graded: Graded | null }): ExportRow => {
  const first = graded?.attempts[0];
  return {
    model: cot.grade.student,
    reasoning: first?.reasoning ?? null,
    answer: first?.answer ?? null,
    verdict: cot.grade.verdict,
    right: cot.grade.right,
    attempts: cot.grade.attempts,
    score: cot.score,
    promptTokens: cot.grade.promptTokens,
    completionTokens: cot.grade.completionTokens,
  };
};
