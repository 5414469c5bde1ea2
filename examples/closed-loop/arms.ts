/** What the arms are trained on differs in the distribution of its levels, and in nothing else. */
export interface Arm {
  readonly name: string;
  readonly about: string;
  readonly distribution: unknown;
}

/** The run in which the student, or the larger one, showed its levels on the evaluation set. */
export const ownRun = 'own-levels';
export const largerRun = 'larger-levels';

export const arms: readonly Arm[] = [
  { name: 'own', about: 'the levels that the student itself shows', distribution: { run: ownRun } },
  { name: 'curriculum', about: 'the fewer the harder', distribution: 'curriculum' },
  { name: 'natural', about: 'the pool as it comes: the control', distribution: 'natural' },
  { name: 'larger', about: 'the levels that a student twice as large shows', distribution: { run: largerRun } },
  { name: 'easy', about: 'what the student solves already', distribution: { easy: 1 } },
  { name: 'hard', about: 'its two hardest levels', distribution: { level_2: 1, level_1: 1 } },
];

export const control = 'natural';
