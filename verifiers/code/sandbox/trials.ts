import { CALIBRATION } from './calibrate.ts';
import type { Language } from './port.ts';
import { ATTEMPTS } from './prove-contained.ts';

/** A program of our own by which a sandbox is tried: work that is timed, and attempts to get out. */
export interface Trial {
  readonly language: Language;
  readonly source: string;
  /** The function that does the work, and gives the seconds that it took. */
  readonly work: string;
  readonly expectedSeconds: number;
  /** The functions that try to get out; each returns "refused" or what it reached. */
  readonly attempts: readonly string[];
}

export const PYTHON_TRIAL: Trial = {
  language: 'python',
  source: CALIBRATION.source + ATTEMPTS.source,
  work: CALIBRATION.call,
  expectedSeconds: CALIBRATION.expectedSeconds,
  attempts: ATTEMPTS.calls,
};
