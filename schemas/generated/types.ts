// Generated from the .avsc files by `npm run generate`; not to be edited.

/** That the answer is no data set's: what a model's samples agreed on. */
export interface Label {
  /** Who was asked. */
  readonly by: string;
  /** Samples that gave it. */
  readonly votes: number;
  /** Samples that were asked for. */
  readonly of: number;
}

export interface Source {
  readonly dataset: string;
  /** Relative to the configuration's folder; of one that lies elsewhere its own name and its folder's: paths are the machine's own business. */
  readonly file: string;
  /** From 0. */
  readonly row: number;
  /** The data set's own id. */
  readonly id: string | null;
  /** The data set's own level; MATH: 5 is the hardest. */
  readonly level: string | null;
  readonly subject: string | null;
  readonly licence: string | null;
}

export interface Contamination {
  readonly evaluation: string;
  /** The words that stand in both. */
  readonly text: string;
}

/** A problem with a reference: an answer (maths), tests (code), a choice letter. One record a (problem, data set). */
export interface Problem {
  /** First 128 bits of SHA-256 over what makes the problem itself, in hex. */
  readonly id: string;
  readonly statement: string;
  /** maths, code, choice, or another that is registered. */
  readonly domain: string;
  /** Maths: the answer. Choice: the letter. */
  readonly answer: string | null;
  readonly label: Label | null;
  readonly choices: readonly string[];
  readonly language: string | null;
  /** Code: what stands before a completion. */
  readonly prompt: string | null;
  /** Code: the tests, as JSON. */
  readonly tests: string | null;
  readonly source: Source;
  /** The data set's worked solution; never shown to a model. */
  readonly solution: string | null;
  readonly contamination: Contamination | null;
  /** What else the row said, as JSON. */
  readonly meta: string | null;
}

export type Verdict = 'right' | 'wrong' | 'unverifiable';

/** How the student did at one problem. */
export interface Grade {
  /** Model, and @revision where one is set. */
  readonly student: string;
  /** Right: at least half of the attempts are. */
  readonly verdict: Verdict;
  /** Those that count: not the truncated ones where they are left out. */
  readonly attempts: number;
  /** Of the attempts. */
  readonly right: number;
  /** How many were cut off at the limit of tokens, whether they count or not. */
  readonly truncated: number;
  /** How many were whole, and without an answer. */
  readonly empty: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

export type Role = 'system' | 'user' | 'assistant';

export interface Turn {
  readonly role: Role;
  readonly content: string;
}

export type Finish = 'stop' | 'length' | 'refused' | 'other';

export interface Attempt {
  readonly sample: number;
  readonly reasoning: string;
  readonly answer: string;
  readonly finish: Finish;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly extracted: string | null;
  /** The convention by which the answer was found: boxed, tagged, cue, last; or model, where one judged. */
  readonly found: string | null;
  readonly passedShare: number | null;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** A problem with the student's attempts, each judged by the verifier. The only record that holds the student's texts. */
export interface Graded {
  readonly problem: Problem;
  readonly grade: Grade;
  /** What the student was asked. */
  readonly messages: readonly Turn[];
  readonly attempts: readonly Attempt[];
  readonly simulated: boolean;
}

export interface StepScore {
  /** Of the step in its trajectory, in UTF-16 code units. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** In [0, 1]. */
  readonly score: number;
}

export interface TrajectoryScore {
  /** Which attempt; only wrong ones are here. */
  readonly sample: number;
  /** Empty where the trajectory as a whole was marked. */
  readonly steps: readonly StepScore[];
  /** The steps aggregated, in [0, 1]. */
  readonly score: number;
}

/** A graded problem with the scorer's marks on the wrong trajectories, whose texts stay on `graded`. */
export interface Scored {
  readonly problem: Problem;
  readonly grade: Grade;
  readonly scores: readonly TrajectoryScore[];
  /** Mean over the wrong trajectories; null where none is wrong. */
  readonly score: number | null;
  readonly simulated: boolean;
}

export type Level = 'easy' | 'level_5' | 'level_4' | 'level_3' | 'level_2' | 'level_1';

/** The problem bank: a problem with its level for this student. */
export interface Levelled {
  readonly problem: Problem;
  readonly grade: Grade;
  readonly score: number | null;
  /** By rising hardness: level_1 is the hardest. */
  readonly level: Level;
  readonly simulated: boolean;
}

/** What the sampler let through to the teacher, or what is next in turn. */
export interface Admitted {
  readonly problem: Problem;
  readonly grade: Grade;
  readonly score: number | null;
  readonly level: Level;
  /** Running number of the decision, from 0; -1 where it is but next in turn. */
  readonly admission: number;
  /** It is next in turn, and not let through: it may be asked about, and nothing comes of it. */
  readonly ahead: boolean;
  readonly simulated: boolean;
}

export interface Trace {
  readonly sample: number;
  readonly reasoning: string;
  readonly answer: string;
  readonly extracted: string | null;
  readonly found: string | null;
}

export type AttemptOutcome = 'verified' | 'unfit' | 'unverified' | 'truncated' | 'refused' | 'empty' | 'unverifiable' | 'missing' | 'suspect';

export interface TeacherAttempt {
  readonly teacher: string;
  readonly sample: number;
  readonly reasoning: string;
  readonly answer: string;
  /** Unfit: right, but not what a record is to be like. Missing: no answer was recorded, and nobody is asked. Suspect, of a whole problem: the samples speak against its reference. */
  readonly outcome: AttemptOutcome;
  readonly reason: string;
  readonly extracted: string | null;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** A problem with its verified chain of thought, or several. */
export interface Cot {
  readonly problem: Problem;
  readonly grade: Grade;
  readonly score: number | null;
  readonly level: Level;
  readonly admission: number;
  /** Whose answer this is. */
  readonly teacher: string;
  /** What the teacher was asked. */
  readonly messages: readonly Turn[];
  /** What the student was asked; empty where that was the same. */
  readonly studentMessages: readonly Turn[];
  readonly reasoning: string;
  readonly answer: string;
  readonly extracted: string | null;
  /** The convention by which the answer was found: boxed, tagged, cue, last; or model, where one judged. */
  readonly found: string | null;
  /** Which attempt this answer is. */
  readonly sample: number;
  /** Further traces that are kept. */
  readonly others: readonly Trace[];
  /** Every attempt that was asked for, the kept ones without their texts. */
  readonly attempts: readonly TeacherAttempt[];
  readonly simulated: boolean;
}

/** An admitted problem that the teacher did not solve, with every attempt. */
export interface Rejected {
  readonly problem: Problem;
  readonly grade: Grade;
  readonly score: number | null;
  readonly level: Level;
  readonly admission: number;
  /** Who tried last. */
  readonly teacher: string;
  /** What the teacher was asked. */
  readonly messages: readonly Turn[];
  /** What the student was asked; empty where that was the same. */
  readonly studentMessages: readonly Turn[];
  /** Of the last attempt, or suspect. */
  readonly reason: AttemptOutcome;
  readonly attempts: readonly TeacherAttempt[];
  readonly simulated: boolean;
}

export type Became = 'emitted' | 'rejected' | 'dead' | 'returned' | 'unaffordable';

/** What became of one admission. */
export interface Outcome {
  readonly id: string;
  readonly level: Level;
  readonly domain: string;
  /** That the problem is from. */
  readonly dataset: string;
  readonly admission: number;
  /** Returned: not tried, the money ended; it is parked again. Unaffordable: so too, but it was its part's money alone. */
  readonly became: Became;
}

export type ControlKind = 'sealed' | 'intake' | 'target' | 'thresholds' | 'stop';

/** Nothing follows in this partition of the topic, as long as the epoch lasts. */
export interface Sealed {
  readonly topic: string;
  readonly partition: number;
  /** The offset after the last record. */
  readonly end: number;
  readonly epoch: number;
}

/** What steers a run: one log, totally ordered. */
export interface Control {
  readonly kind: ControlKind;
  readonly sealed: Sealed | null;
  /** Intake: whether more problems are to be graded. */
  readonly open: boolean | null;
  /** Target, thresholds: the settings as JSON. Stop: the reason. */
  readonly settings: string | null;
}

/** A record that could not be processed, with its bytes as they were. */
export interface DeadLetter {
  readonly run: string;
  readonly stage: string;
  readonly code: string;
  readonly message: string;
  /** From 1; a retry supersedes. */
  readonly attempt: number;
  /** Null for a row of a data file. */
  readonly topic: string | null;
  readonly partition: number | null;
  readonly offset: number | null;
  /** File and line of a data file's row. */
  readonly origin: string | null;
  readonly length: number;
  readonly sha256: string;
  /** The original bytes, the first 64 KiB of them at most. */
  readonly value: Uint8Array;
}

/** A model's response, durable before anything rests on it. */
export interface JournalEntry {
  readonly model: string;
  readonly reasoning: string;
  readonly answer: string;
  readonly finish: Finish | null;
  readonly scores: readonly number[];
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Of the prompt's. */
  readonly cachedTokens: number;
  /** Of the completion's. */
  readonly reasoningTokens: number;
  /** What it was settled at, in the currency of the prices. */
  readonly cost: number;
  readonly simulated: boolean;
}
