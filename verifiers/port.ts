/** How the tests of a code problem are written; the wire form of `tests` in a problem. */
export type CodeTests =
  | { kind: 'asserts'; setup: string; asserts: readonly string[] }
  | { kind: 'check'; entryPoint: string; source: string }
  | {
      kind: 'stdin';
      /** Each with the output that is expected, and others that are right too. */
      cases: readonly { input: string; output: string; accepts?: readonly string[] }[];
      /** Whether a program is to talk with a judge; such tests are refused. */
      interactive?: boolean;
      timeLimitSeconds?: number;
      memoryLimitMb?: number;
      /** How closely decimals are to agree, absolute or relative; 1e-6 where it is left out, 0 for the same text. */
      tolerance?: number;
    }
  | {
      kind: 'call';
      entryPoint: string;
      cases: readonly { arguments: readonly unknown[]; expected: unknown }[];
      timeLimitSeconds?: number;
      memoryLimitMb?: number;
      /** How closely decimals are to agree, absolute or relative; 1e-6 where it is left out, 0 for the same text. */
      tolerance?: number;
    };

/** What a right answer is measured against: an answer (maths), tests (code), the letter of a choice. */
export type Reference = (
  | { domain: 'maths'; answer: string }
  | { domain: 'choice'; answer: string; choices: readonly string[] }
  | { domain: 'code'; language: string; prompt: string | null; tests: CodeTests }
  | { domain: 'own'; problem: OwnProblem }
) & {
  /** The domain whose verifier judges it, where several judge references of this form. */
  readonly by?: string;
};

/** A problem of a domain that has no form of its own here, with all that its verifier may need. */
export interface OwnProblem {
  readonly id: string;
  readonly statement: string;
  readonly answer: string | null;
  readonly choices: readonly string[];
  /** What the row says beyond the answer, as the domain reads it: JSON. */
  readonly tests: unknown;
  /** The row's other columns. */
  readonly meta: unknown;
}

/**
 * By which convention an answer stands in a text, the most trusted first: in a box; behind `####` or in an answer tag;
 * as the object of a final-answer sentence; as the last thing that is stated.
 */
export type Convention = 'boxed' | 'tagged' | 'cue' | 'last';

export const CONVENTIONS: readonly Convention[] = ['boxed', 'tagged', 'cue', 'last'];

/** One answer to be judged. `response` is a model's whole turn; what it thinks before its answer is parted from it. */
export interface Task {
  readonly reference: Reference;
  readonly response: string;
  /** The conventions by which an answer may stand; one that stands elsewhere is not found. All where it is left out. */
  readonly accept?: readonly Convention[];
}

/** The same verifier for whoever's answers may stand only by some conventions. */
export const accepting =
  (verify: Verify, accept: readonly Convention[]): Verify =>
  (task, signal) =>
    verify({ ...task, accept }, signal);

export type Verdict = 'right' | 'wrong' | 'unverifiable';

export interface Judgement {
  readonly verdict: Verdict;
  /** Why, in one line, for whoever audits: `equal as rationals`, `no answer found`, `test 3: wrong answer`. */
  readonly reason: string;
  /** The answer as it was read from the response; null where none was found. */
  readonly extracted: string | null;
  /** By which convention it was found, or that a model judged; null where nothing was, and for code. */
  readonly found: Convention | 'model' | null;
  /** Code only: share of the tests that passed, in [0, 1]. */
  readonly passedShare: number | null;
}

/**
 * Decides whether a response's answer equals the reference.
 *
 * The same task gets the same judgement on every machine and every run. A truncated or answerless response is
 * `wrong`; `unverifiable` says that the reference cannot be read or that the verifier's own step budget ended.
 * Rejects with a VerifierFault when the verifier itself broke down (a deadline, a lost sandbox): a dead letter,
 * never a verdict.
 */
export type Verify = (task: Task, signal: AbortSignal) => Promise<Judgement>;

/** The verifier broke down over one task; the task is to be dead-lettered, the others go on. */
export class VerifierFault extends Error {
  override readonly name = 'VerifierFault';
  readonly code: 'verifier-deadline' | 'sandbox-lost';
  readonly disposition = 'dead-letter';

  constructor(code: VerifierFault['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
