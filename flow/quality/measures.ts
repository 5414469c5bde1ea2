import type { Level } from '../../schemas/types.ts';
import type { Scores } from './scores.ts';
import type { Suspect } from './suspects.ts';
import type { Unfilled } from './unfilled.ts';
import type { Verified } from './verified.ts';

/** Some of many. */
export interface Part {
  readonly count: number;
  readonly of: number;
}

/** What the data of a run are like, beside how many they are. */
export interface Measures {
  /** Verified answers that were kept: several of a problem, where teacher.keepVerified says so. */
  readonly traces: number;
  /** Problems with a level whose reference no data set gave, but a model's samples. */
  readonly labels: Part;
  /** Answers that were cut off at the limit of tokens, of all that were judged. */
  readonly truncated: { readonly student: Part; readonly teacher: Part };
  /** Whole answers with nothing after the reasoning. */
  readonly empty: { readonly student: Part; readonly teacher: Part };
  /** Kept answers whose teacher showed no reasoning. */
  readonly withoutReasoning: Part;
  /** Emitted problems that give an evaluation away; they are left out unless decontamination.drop is false. */
  readonly contaminated: Part;
  /** Emitted traces by their language (ISO 639-1), where it is clear: of the first 500, and of fifty at least. */
  readonly languages: Readonly<Record<string, number>>;
  /** Levels that cannot get what the target wants of them. */
  readonly unfilled: readonly Unfilled[];
  readonly scores: Scores;
  /** How long the emitted traces are. */
  readonly lengths: Lengths;
  /** Completion tokens of the verified answers, by level. */
  readonly tokens: Readonly<Partial<Record<Level, Spread>>>;
  /** What the teacher made of the problems of each level, sample by sample. */
  readonly verified: Readonly<Partial<Record<Level, Verified>>>;
  /** Problems whose reference the teacher's samples speak against with one voice. */
  readonly suspects: readonly Suspect[];
}

/** A histogram of completion tokens. */
export interface Lengths {
  /** The largest number of each bin; the last holds what is longer, too. */
  readonly upTo: readonly number[];
  readonly histogram: readonly number[];
}

/** Of some numbers: the middle, the ninth tenth, the largest. */
export interface Spread {
  readonly p50: number;
  readonly p90: number;
  readonly max: number;
}
