import { hardness } from '../../schemas/hardness.ts';
import type { Levelled, Problem, Scored } from '../../schemas/types.ts';
import { referenceText } from './canonical.ts';
import type { ExportFormat, ExportRow } from './format.ts';

/** The problem bank (the paper's DB_adaptive): every problem with its level for this student. */
export const bank: ExportFormat<Levelled> = {
  name: 'bank',
  title: 'the problem bank: every problem with its level for this student',
  columns: null,
  rows: (record, run) => [bankLine(record, run)],
  about: ({ scored, level }) => ({ ...scored.graded, level }),
};

export const bankLine = ({ scored, level, passRate }: Levelled, run: string): ExportRow => ({
  ...problemPart(scored.graded.problem),
  level,
  hardness: hardness[level],
  passRate,
  score: scored.score,
  ...originPart(scored, run),
});

/** A problem with the student's attempts and their scores. */
export const scoredLine = (scored: Scored, run: string): ExportRow => ({
  ...problemPart(scored.graded.problem),
  verdict: scored.graded.verdict,
  score: scored.score,
  scores: scored.scores,
  attempts: scored.graded.attempts,
  ...originPart(scored, run),
});

const problemPart = (problem: Problem): ExportRow => ({
  id: problem.id,
  problem: problem.statement,
  reference: referenceText(problem),
  domain: problem.domain,
  choices: problem.choices,
  language: problem.language,
  sourceLevel: problem.source.level,
  subject: problem.source.subject,
});

const originPart = ({ graded }: Scored, run: string): ExportRow => ({
  student: graded.student,
  source: { dataset: graded.problem.source.dataset, row: graded.problem.source.row },
  run,
  ...(graded.simulated ? { simulated: true } : {}),
});
