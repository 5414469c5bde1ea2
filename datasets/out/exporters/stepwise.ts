import { trajectoryOf } from '../../../schemas/trajectory.ts';
import type { ExportFormat, ExportRow } from '../format/format.ts';

/** A step with this score or more is labelled good. */
const GOOD = 0.5;

/**
 * TRL's stepwise supervision: a student's wrong trajectory, step by step, each with the scorer's label. A trajectory
 * that was marked as a whole (by a judge, or the share of tests passed) is left out.
 */
export const stepwise: ExportFormat<'scored'> = {
  name: 'stepwise',
  from: 'scored',
  title: 'TRL stepwise supervision: prompt, completions, labels',
  columns: null,
  rows: ({ graded, scored: { problem, scores } }) =>
    scores.flatMap(({ sample, steps }): ExportRow[] => {
      const attempt = graded.attempts.find((one) => one.sample === sample);
      if (!attempt || steps.length === 0) return [];
      const trajectory = trajectoryOf(attempt);
      return [
        {
          id: problem.id,
          prompt: problem.statement,
          completions: steps.map(({ start, end }) => trajectory.slice(start, end)),
          labels: steps.map(({ score }) => score >= GOOD),
          scores: steps.map(({ score }) => score),
        },
      ];
    }),
  about: ({ scored }) => ({ ...scored, level: null }),
};
