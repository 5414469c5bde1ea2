import type { ExportFormat, ExportRow } from '../format/format.ts';
import type { Trajectories } from '../format/products.ts';
import { bankLine, originPart, problemPart } from './bank.ts';
import { cotLines, rejectedLine } from './canonical.ts';

/** The canonical form of every product, one JSON object a line. */
const canonical = { name: 'jsonl', columns: null };

export const jsonlCot: ExportFormat<'cot'> = {
  ...canonical,
  from: 'cot',
  title: 'the canonical form: one verified answer a line',
  rows: (record, { run }) => cotLines(record, run).map((line) => ({ ...line })),
  about: (record) => record,
};

export const jsonlRejected: ExportFormat<'rejected'> = {
  ...canonical,
  from: 'rejected',
  title: 'the canonical form: one rejected record a line, with every attempt',
  rows: (record, { run }) => [{ ...rejectedLine(record, run) }],
  about: (record) => record,
};

export const jsonlScored: ExportFormat<'scored'> = {
  ...canonical,
  from: 'scored',
  title: "the canonical form: one problem a line, with the student's attempts and their scores",
  rows: (record, { run }) => [scoredLine(record, run)],
  about: ({ scored }) => ({ ...scored, level: null }),
};

export const jsonlLevelled: ExportFormat<'levelled'> = {
  ...canonical,
  from: 'levelled',
  title: 'the canonical form: one problem a line, with its level',
  rows: (record, { run }) => [bankLine(record, run)],
  about: (record) => record,
};

/** A problem with the student's attempts and their scores. */
const scoredLine = ({ graded, scored }: Trajectories, run: string): ExportRow => ({
  ...problemPart(scored.problem),
  verdict: scored.grade.verdict,
  score: scored.score,
  scores: scored.scores,
  attempts: graded.attempts,
  ...originPart(scored, run),
});
