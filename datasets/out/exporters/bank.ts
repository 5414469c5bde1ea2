import { hardness } from '../../../schemas/hardness.ts';
import type { Grade, Levelled, Problem } from '../../../schemas/types.ts';
import type { ExportFormat, ExportRow } from '../format/format.ts';
import { referenceText } from './canonical.ts';

/** The problem bank (the paper's DB_adaptive): every problem with its level for this student. */
export const bank: ExportFormat<'levelled'> = {
  name: 'bank',
  from: 'levelled',
  title: 'the problem bank: every problem with its level for this student',
  columns: null,
  rows: (record, { run }) => [bankLine(record, run)],
  about: (record) => record,
};

export const bankLine = (record: Levelled, run: string): ExportRow => ({
  ...problemPart(record.problem),
  level: record.level,
  hardness: hardness[record.level],
  passRate: record.grade.right / record.grade.attempts,
  attempts: record.grade.attempts,
  truncated: record.grade.truncated,
  empty: record.grade.empty,
  score: record.score,
  ...originPart(record, run),
});

export const problemPart = (problem: Problem): ExportRow => ({
  id: problem.id,
  problem: problem.statement,
  reference: referenceText(problem),
  ...(problem.label && { label: { ...problem.label } }),
  domain: problem.domain,
  choices: problem.choices,
  language: problem.language,
  sourceLevel: problem.source.level,
  subject: problem.source.subject,
});

interface Made {
  readonly problem: Problem;
  readonly grade: Grade;
  readonly simulated: boolean;
}

export const originPart = ({ problem, grade, simulated }: Made, run: string): ExportRow => ({
  student: grade.student,
  source: { dataset: problem.source.dataset, row: problem.source.row },
  run,
  ...(simulated ? { simulated: true } : {}),
});
