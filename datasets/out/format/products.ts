import type { Cot, Graded, Levelled, Rejected, Scored } from '../../../schemas/types.ts';

/** What an export may be made of. */
export interface Products {
  readonly cot: Cot;
  readonly rejected: Rejected;
  readonly levelled: Levelled;
  readonly scored: Trajectories;
  readonly preferences: Preference;
}

/** What the student wrote about one problem, and what the scorer made of it. */
export interface Trajectories {
  readonly graded: Graded;
  readonly scored: Scored;
}

/** A verified record with what the student itself made of the problem, where that is known. */
export interface Preference {
  readonly cot: Cot;
  readonly graded: Graded | null;
}
