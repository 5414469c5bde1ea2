import type { StepScorer } from '../llm/port.ts';
import { trajectoryOf } from '../schemas/trajectory.ts';
import type { Attempt, Graded, Scored, TrajectoryScore } from '../schemas/types.ts';

/** How the scores of a trajectory's steps become one; the paper leaves it open. */
export type Aggregate = 'mean' | 'min' | 'product' | 'last';

/** One step of a trajectory, and where it lies there: UTF-16 code units, the end exclusive. */
export interface Step {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What marks a domain's wrong trajectories: a model by steps, a judge of the whole, or the share of tests passed. */
export type Scorer =
  | {
      readonly kind: 'model';
      readonly score: StepScorer;
      readonly split: (trajectory: string) => readonly Step[];
      readonly aggregate: Aggregate;
    }
  | { readonly kind: 'judge'; readonly score: StepScorer }
  | { readonly kind: 'tests' };

export interface ScoreCapabilities {
  readonly scorer: (domain: string) => Scorer;
  /** Whether this problem's level rests on a score at all. */
  readonly needed: (graded: Graded) => boolean;
}

/** Marks the wrong trajectories (paper, section 3.1: PRM-Grader); right ones cost no call. */
export const score =
  ({ scorer, needed }: ScoreCapabilities) =>
  async (graded: Graded, signal: AbortSignal): Promise<{ scored: Scored }> => {
    const { problem, grade, simulated } = graded;
    const head = { problem, grade, simulated };
    if (!needed(graded)) return { scored: { ...head, scores: [], score: null } };
    const marks = scorer(problem.domain);
    const wrong = graded.attempts.filter((attempt) => attempt.verdict === 'wrong');
    const scores = await Promise.all(wrong.map((attempt) => mark(graded, attempt, marks, signal)));
    return { scored: { ...head, scores, score: mean(scores.map((one) => one.score)) } };
  };

const mark = async (
  { problem }: Graded,
  attempt: Attempt,
  scorer: Scorer,
  signal: AbortSignal,
): Promise<TrajectoryScore> => {
  const { sample } = attempt;
  if (scorer.kind === 'tests') return { sample, steps: [], score: attempt.passedShare ?? 0 };
  const trajectory = trajectoryOf(attempt);
  const steps = scorer.kind === 'judge' ? whole(trajectory) : scorer.split(trajectory);
  // Who said nothing has no step to be marked, and is as far from right as can be.
  if (steps.length === 0) return { sample, steps: [], score: 0 };
  const request = {
    problem: problem.id,
    statement: problem.statement,
    steps: steps.map(({ text }) => text),
    reference: problem.answer ?? '',
    sample,
  };
  const { scores } = await scorer.score(request, signal);
  if (scorer.kind === 'judge') return { sample, steps: [], score: mean(scores) ?? 0 };
  const marked = steps.map(({ start, end }, index) => ({ start, end, score: scores[index] ?? 0 }));
  return { sample, steps: marked, score: aggregate(scores, scorer.aggregate) };
};

const whole = (trajectory: string): Step[] =>
  trajectory.trim() === '' ? [] : [{ text: trajectory, start: 0, end: trajectory.length }];

/** @param scores one at least, each in [0, 1] */
export const aggregate = (scores: readonly number[], by: Aggregate): number => {
  if (by === 'min') return Math.min(...scores);
  if (by === 'product') return scores.reduce((product, one) => product * one, 1);
  if (by === 'last') return scores.at(-1) ?? 0;
  return mean(scores) ?? 0;
};

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
