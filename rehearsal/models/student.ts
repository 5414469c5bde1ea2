import { answerLine, type RehearsalProblem } from '../exercises/problems.ts';
import { chance, draws } from '../exercises/random.ts';
import { withMistake } from './mistake.ts';

/** Which answer is asked for: the same values give the same answer. */
export interface Asked {
  readonly model: string;
  readonly problem: RehearsalProblem;
  /** From the request's own seed; 0 where it sends none. */
  readonly sample: number;
}

/**
 * A student's answer: right with a probability that falls with the problem's difficulty and rises with `ability`
 * (0 to 1). A wrong one is right up to some step, later for easy problems, and carries the error on to the end.
 */
export const studentAnswer = ({ model, problem, sample }: Asked, seed: number, ability: number): string => {
  const { steps, answer } = problem;
  const luck = chance('student', seed, model, problem.statement, sample);
  if (luck < rightShare(ability, problem.difficulty)) return [...steps, answerLine(answer)].join('\n\n');
  const draw = draws('error', seed, model, problem.statement, sample);
  const lines = [...steps, answerLine(answer)];
  const error = errorAt(lines.length, problem.difficulty, chance('where', seed, model, problem.statement, sample));
  const shift = draw.pick([1, 2, 3, 10, -1, -2]);
  return lines.map((line, index) => (index < error ? line : withMistake(line, shift))).join('\n\n');
};

/** The line of the first error: the last ones mostly for easy problems, any for hard ones. */
const errorAt = (lines: number, difficulty: number, luck: number): number =>
  Math.round((lines - 1) * (1 - luck ** (2.2 - 1.4 * difficulty)));

/** Logistic in ability minus difficulty: a student of ability 0.5 gets half of the problems of difficulty 0.5. */
const rightShare = (ability: number, difficulty: number): number => 1 / (1 + Math.exp(-8 * (ability - difficulty)));
