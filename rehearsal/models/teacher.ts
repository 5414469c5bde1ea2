import { answerLine } from '../exercises/problems.ts';
import { chance } from '../exercises/random.ts';
import { withMistake } from './mistake.ts';
import type { Asked } from './student.ts';

export interface TeacherSettings {
  /** Share of the samples that come to a wrong answer; twice as often on the hardest problems as on the middle ones. */
  readonly failureRate: number;
  /** Share of the problems that it fails whatever the sample. */
  readonly hopelessRate: number;
}

export interface TeacherAnswer {
  readonly reasoning: string;
  readonly answer: string;
}

/** A teacher's answer: the worked solution as its thinking, then the solution with the answer in a box. */
export const teacherAnswer = ({ model, problem, sample }: Asked, seed: number, settings: TeacherSettings) => {
  const { steps, answer, statement, difficulty } = problem;
  const hopeless = chance('hopeless', seed, statement) < settings.hopelessRate;
  const failed = chance('teacher', seed, model, statement, sample) < settings.failureRate * 2 * difficulty;
  // Another mistake each time: samples that agree would speak against the reference.
  const given = hopeless || failed ? withMistake(answer, 1 + sample) : answer;
  const reasoning = ['Let me work this out step by step.', ...steps, 'Let me check each step once more: it fits.'];
  return {
    reasoning: reasoning.join('\n\n'),
    answer: `${steps.slice(0, -1).join(' ')}\n\n${answerLine(given)}`,
  } satisfies TeacherAnswer;
};
