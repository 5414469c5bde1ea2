/** The languages that programs may be written in. */
export const LANGUAGES = ['python', 'javascript', 'typescript', 'c++'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a process inside a sandbox does: answer calls of a program's functions, run a whole program, run tests. */
export type Guest =
  | ({ readonly role: 'functions' } & FunctionsJob)
  | ({ readonly role: 'script' } & ScriptJob)
  | { readonly role: 'checker'; readonly tests: CheckerTests };

/** A whole program: its source, or what a compiler made of it, in base64: a library whose `main` is called. */
export interface ScriptJob {
  /** Python where none is named. */
  readonly language?: Language;
  readonly source: string;
  readonly library?: string;
}

/** A program whose functions are called; `customary` gives it what LeetCode's solutions are used to. */
export interface FunctionsJob {
  /** Python where none is named. */
  readonly language?: Language;
  readonly source: string;
  readonly imports: readonly string[];
  readonly customary?: boolean;
}

/** Tests that are a program themselves, for the trusted side; `prelude` is the prompt that they may lean on. */
export interface CheckerTests {
  readonly kind: 'asserts' | 'check';
  readonly prelude: string;
  readonly setup: string;
  readonly asserts: readonly string[];
  readonly source: string;
  readonly entryPoint: string | null;
}

/** What one request may take; the sandbox multiplies the time by its own `timeScale`. */
export interface Limits {
  /** Seconds of processor time for one request. */
  readonly timeSeconds: number;
  /** How many times that it may go on before it is ended, so that what was close can be told; 1 where it is left out. */
  readonly grace?: number;
  readonly memoryMb: number;
  /** Bytes that a process may write for one request, errors included. */
  readonly outputBytes: number;
}

export type Ending = 'time' | 'memory' | 'output' | 'crash';

/**
 * One line back, or the end of the process: nothing more comes from that session then. `close` where the time limit was
 * passed, but not the grace; or where the clock ended what the machine gave too little processor time.
 */
export type Reply =
  | { readonly kind: 'line'; readonly line: string; readonly close?: boolean }
  | { readonly kind: 'ended'; readonly cause: Ending; readonly detail: string; readonly close?: boolean };

export function ended(cause: Ending, detail: string): Reply {
  return { kind: 'ended', cause, detail };
}

/** One guest in a process of its own. A `script` gets a fresh process for every request where `reuses` is false. */
export interface Session {
  /** Sends the requests in order, each under the limits; the replies end with the first `ended`. */
  ask(requests: readonly string[]): Promise<Reply[]>;
  /** The same, after which nothing more is asked: the process may end with the last reply. */
  askLast(requests: readonly string[]): Promise<Reply[]>;
  close(): Promise<void>;
}

/** A compiler did not take the program: it is wrong, whatever the tests are. */
export class NotCompiled extends Error {
  override readonly name = 'NotCompiled';
}

/** A place where programs run that can do nothing to the host. */
export interface Sandbox {
  readonly name: SandboxName;
  /** What holds inside, one sentence each, for people. */
  readonly guarantees: readonly string[];
  /** How much slower a program is here than where its time limits were meant for; at least 1. */
  readonly timeScale: number;
  /** Whether requests to one script share a process, so that a failure is to be repeated in a fresh one. */
  readonly reuses: boolean;
  /** Rejects with `signal.reason` when aborted, with NotCompiled, with a VerifierFault when no process can be had. */
  open(guest: Guest, limits: Limits, signal: AbortSignal): Promise<Session>;
  /** Ends every process. */
  close(): Promise<void>;
}

export type SandboxName = 'bwrap' | 'deno';

/** No sandbox works on this machine, so programs are not run at all. */
export class SandboxUnavailable extends Error {
  override readonly name = 'SandboxUnavailable';
  readonly code = 'sandbox-unavailable';
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(
      `Code problems cannot be verified here: no sandbox works. ${reasons.join(' ')} ` +
        'Install bubblewrap (Linux), or run `npm ci` so that the deno and pyodide packages are in node_modules.',
    );
    this.reasons = reasons;
  }
}
