import type { Domain, Scored } from '../../schemas/types.ts';
import type { ExportFormat, ExportRow } from './format.ts';

export interface StepwiseSettings {
  /** Parts a trajectory into the steps that its domain's scorer marked; none where that marks no steps. */
  readonly split: (trajectory: string, domain: Domain) => readonly string[];
  /** A step with this score or more is labelled good, in [0, 1]. */
  readonly threshold: number;
}

/**
 * TRL's stepwise supervision: a student's wrong trajectory, step by step, each with the scorer's label. A
 * trajectory whose steps are not those that were scored (the share of tests passed is no step score) is left out.
 */
export const stepwise = ({ split, threshold }: StepwiseSettings): ExportFormat<Scored> => ({
  name: 'stepwise',
  title: 'TRL stepwise supervision: prompt, completions, labels',
  columns: null,
  rows: ({ graded, scores }) =>
    scores.flatMap(({ sample, steps }): ExportRow[] => {
      const attempt = graded.attempts.find((one) => one.sample === sample);
      const texts = [attempt?.reasoning, attempt?.answer].filter((text) => text).join('\n\n');
      const completions = split(texts, graded.problem.domain);
      if (completions.length === 0 || completions.length !== steps.length) return [];
      const labels = steps.map((score) => score >= threshold);
      return [{ id: graded.problem.id, prompt: graded.problem.statement, completions, labels, scores: steps }];
    }),
  about: ({ graded }) => ({ ...graded, level: null }),
});
