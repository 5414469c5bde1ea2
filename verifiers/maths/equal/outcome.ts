/** Whether two answers mean the same; unknown where neither can be shown. */
export type Result = 'equal' | 'different' | 'unknown';

export interface Outcome {
  readonly result: Result;
  /** Why, in a few words, for whoever audits. */
  readonly reason: string;
}

export const equal = (reason: string): Outcome => ({ result: 'equal', reason });
export const different = (reason: string): Outcome => ({ result: 'different', reason });
export const unknown = (reason: string): Outcome => ({ result: 'unknown', reason });

/** Equal if all are; the first difference, else the first doubt, speaks for all. */
export function all(outcomes: Iterable<Outcome>, reason: string): Outcome {
  let doubt: Outcome | null = null;
  for (const outcome of outcomes) {
    if (outcome.result === 'different') return outcome;
    if (outcome.result === 'unknown') doubt ??= outcome;
  }
  return doubt ?? equal(reason);
}

/** The first reading that makes both equal, else a doubt if there was one, else the first reading's difference. */
export function any(readings: Iterable<Outcome>): Outcome {
  let best: Outcome | null = null;
  for (const outcome of readings) {
    if (outcome.result === 'equal') return outcome;
    if (best === null || (best.result === 'different' && outcome.result === 'unknown')) best = outcome;
  }
  return best ?? unknown('nothing was compared');
}
