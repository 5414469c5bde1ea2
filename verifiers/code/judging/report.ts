import type { Ending } from '../sandbox/port.ts';

export type TestOutcome =
  | 'passed'
  | 'wrong answer'
  | 'compile error'
  | 'runtime error'
  | 'time limit'
  | 'memory limit'
  | 'output limit';

/** What became of one test. */
export interface TestResult {
  readonly outcome: TestOutcome;
  /** The test or its input, kept short. */
  readonly input: string;
  /** What went wrong, in one line; empty where it passed. */
  readonly detail: string;
  /** Whether its time was so close to the limit that it is to be run again, alone. */
  readonly close?: boolean;
}

const LONGEST = 200;

/** Cuts a text to one short line. */
export function brief(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST)
    .replaceAll(/\s+/g, ' ')
    .trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

export function passed(input: string): TestResult {
  return { outcome: 'passed', input: brief(input), detail: '' };
}

export function failed(outcome: TestOutcome, input: string, detail: string): TestResult {
  return { outcome, input: brief(input), detail: brief(detail) };
}

const ENDINGS: Record<Ending, TestOutcome> = {
  time: 'time limit',
  memory: 'memory limit',
  output: 'output limit',
  crash: 'runtime error',
};

export function outcomeOf(ending: Ending): TestOutcome {
  return ENDINGS[ending];
}

/** A process that ended this often under one program is not started again; the remaining tests share its disposition. */
export const ENDINGS_ALLOWED = 2;
