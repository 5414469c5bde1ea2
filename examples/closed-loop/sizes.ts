export interface Size {
  /** Exercises that Sluice draws from, and those of the two sets apart from it. */
  readonly pool: number;
  readonly evaluation: number;
  readonly heldOut: number;
  /** Items of the longest exercise. */
  readonly longest: number;
  /** Of the student: its layers and their width, most steps of its pre-training. */
  readonly layers: number;
  readonly width: number;
  readonly pretrainingSteps: number;
  /** What the ablation's other student is like; null where there is no ablation. */
  readonly largerWidth: number | null;
  readonly arms: readonly string[];
  readonly seeds: number;
  readonly records: number;
  readonly trainingSteps: number;
  readonly rounds: 1 | 2;
}

export const whole: Size = {
  ...{ pool: 3000, evaluation: 300, heldOut: 480, longest: 12 },
  ...{ layers: 4, width: 128, pretrainingSteps: 1500, largerWidth: 192 },
  arms: ['own', 'curriculum', 'natural', 'larger', 'easy', 'hard'],
  ...{ seeds: 8, records: 360, trainingSteps: 60, rounds: 2 },
};

export const short: Size = {
  ...{ pool: 600, evaluation: 120, heldOut: 180, longest: 6 },
  ...{ layers: 3, width: 96, pretrainingSteps: 200, largerWidth: null },
  arms: ['own'],
  ...{ seeds: 1, records: 96, trainingSteps: 40, rounds: 1 },
};
