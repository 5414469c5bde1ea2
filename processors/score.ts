import type { StepScorer } from '../llm/port.ts';
import type { Attempt, Domain, Graded, Scored, TrajectoryScore } from '../schemas/types.ts';

/** How the scores of a trajectory's steps become one; the paper leaves it open. */
export type Aggregate = 'mean' | 'min' | 'product' | 'last';

/** What marks a domain's wrong trajectories: a model, or the share of tests passed. */
export type Scorer =
  | {
      readonly kind: 'model';
      readonly score: StepScorer;
      readonly split: (trajectory: string) => readonly string[];
      readonly aggregate: Aggregate;
    }
  | { readonly kind: 'tests' };

export interface ScoreCapabilities {
  readonly scorer: (domain: Domain) => Scorer;
  /** Whether this problem's level rests on a score at all. */
  readonly needed: (graded: Graded) => boolean;
}

/** Marks the wrong trajectories (paper, section 3.1: PRM-Grader); right ones cost no call. */
export const score =
  ({ scorer, needed }: ScoreCapabilities) =>
  async (graded: Graded, signal: AbortSignal): Promise<{ scored: Scored }> => {
    if (!needed(graded)) return { scored: { graded, scores: [], score: null } };
    const marks = scorer(graded.problem.domain);
    const wrong = graded.attempts.filter((attempt) => attempt.verdict === 'wrong');
    const scores = await Promise.all(wrong.map((attempt) => mark(graded, attempt, marks, signal)));
    return { scored: { graded, scores, score: mean(scores.map((one) => one.score)) } };
  };

const mark = async (
  { problem }: Graded,
  attempt: Attempt,
  scorer: Scorer,
  signal: AbortSignal,
): Promise<TrajectoryScore> => {
  const { sample } = attempt;
  if (scorer.kind === 'tests') {
    const share = attempt.passedShare ?? 0;
    return { sample, steps: [share], score: share };
  }
  const steps = scorer.split([attempt.reasoning, attempt.answer].filter((text) => text !== '').join('\n\n'));
  // Who said nothing has no step to be marked, and is as far from right as can be.
  if (steps.length === 0) return { sample, steps: [], score: 0 };
  const request = { problem: problem.id, statement: problem.statement, steps, reference: problem.answer ?? '', sample };
  const { scores } = await scorer.score(request, signal);
  return { sample, steps: scores, score: aggregate(scores, scorer.aggregate) };
};

/** @param scores one at least, each in [0, 1] */
export const aggregate = (scores: readonly number[], by: Aggregate): number => {
  if (by === 'min') return Math.min(...scores);
  if (by === 'product') return scores.reduce((product, one) => product * one, 1);
  if (by === 'last') return scores.at(-1) ?? 0;
  return mean(scores) ?? 0;
};

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
