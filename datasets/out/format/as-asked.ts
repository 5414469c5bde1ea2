import type { Cot, Graded } from '../../../schemas/types.ts';
import type { AnyFormat, ExportFormat, ExportRow } from './format.ts';

/** Whose turn stands before the answer: what the student is asked, what the teacher was asked, or the statement alone. */
export const prompts = ['student', 'teacher', 'statement'] as const;
export type PromptChoice = (typeof prompts)[number];

/** A format whose verified records begin with the turn that is meant; null where it holds no answer that a turn stands before. */
export const withPrompt = (format: AnyFormat, choice: PromptChoice): AnyFormat | null => {
  if (format.from !== 'cot' && format.from !== 'preferences') return null;
  if (choice === 'teacher') return format;
  if (format.from === 'cot')
    return {
      ...format,
      rows: (record, of) => format.rows(asAsked(record, choice), of),
    } satisfies ExportFormat<'cot'>;
  return {
    ...format,
    rows: ({ cot, graded }, of) => format.rows({ cot: asAsked(cot, choice), graded }, of),
  } satisfies ExportFormat<'preferences'>;
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

const asAsked = (record: Cot, choice: 'student' | 'statement'): Cot => ({
  ...record,
  messages:
    choice === 'statement'
      ? [{ role: 'user', content: record.problem.statement }]
      : record.studentMessages.length > 0
        ? record.studentMessages
        : record.messages,
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
