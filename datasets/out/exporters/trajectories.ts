import type { Graded, Scored } from '../../../schemas/types.ts';
import type { ExportRow } from '../format/format.ts';
import { originPart, problemPart } from './bank.ts';

/** What the student wrote about one problem, and what the scorer made of it. */
export interface Trajectories {
  readonly graded: Graded;
  readonly scored: Scored;
}

/** A problem with the student's attempts and their scores. */
export const scoredLine = ({ graded, scored }: Trajectories, run: string): ExportRow => ({
  ...problemPart(scored.problem),
  verdict: scored.grade.verdict,
  score: scored.score,
  scores: scored.scores,
  attempts: graded.attempts,
  ...originPart(scored, run),
});
