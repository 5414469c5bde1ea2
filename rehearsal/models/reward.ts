import { answerLine, type RehearsalProblem } from '../exercises/problems.ts';
import { chance } from '../exercises/random.ts';

/**
 * A process reward model's probability that each step is right: high while a step is the worked solution's own; from
 * the first one that is not, the lower the earlier that came. A fixed spread by the step's text lies over both.
 */
export const stepRewards = (problem: RehearsalProblem, steps: readonly string[], seed: number): number[] => {
  const lines = [...problem.steps, answerLine(problem.answer)];
  const first = steps.findIndex((step, index) => step.trim() !== lines[index]);
  const error = first === -1 ? steps.length : first;
  return steps.map((step, index) => {
    const spread = chance('reward', seed, step);
    return index < error ? 0.88 + 0.12 * spread : 0.02 + (0.65 * error) / steps.length + 0.3 * spread * spread;
  });
};
