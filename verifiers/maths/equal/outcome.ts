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

/** Equal if any is, else different if any is: for tests of which each that gives an answer is right. */
export function anySure(outcomes: readonly Outcome[]): Outcome {
  const [first] = outcomes;
  return (
    outcomes.find(({ result }) => result === 'equal') ??
    outcomes.find(({ result }) => result === 'different') ??
    first ??
    unknown('nothing was compared')
  );
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
