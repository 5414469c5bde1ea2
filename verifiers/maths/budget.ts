/** Steps that one judgement may still take, over extraction, parsing and evaluation together. */
export interface Budget {
  left: number;
}

/** Counted in steps, never in time, so that a verdict is the same on every machine. */
export const DEFAULT_STEPS = 60_000;

export const newBudget = (steps: number = DEFAULT_STEPS): Budget => ({ left: steps });

/**
 * Takes steps off before the work that they pay for; throws BudgetEnded where fewer are left, and takes none off then.
 * Caught once, where a comparison starts.
 */
export function spend(budget: Budget, steps: number): void {
  if (steps > budget.left) throw new BudgetEnded('the step budget ended');
  budget.left -= steps;
}

export class BudgetEnded extends Error {
  override readonly name = 'BudgetEnded';
}

/** An answer and no fault, and no Error: to make one takes longer than most readings and computations. */
export class Untraced {
  readonly message: string;

  constructor(why: string) {
    this.message = why;
  }
}

/** A value that cannot be computed here: too large, not a number, outside of a function's domain. */
export class NoValue extends Untraced {
  readonly name = 'NoValue';
}

/** The result, or null where there is no value. */
export function attempt<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NoValue) return null;
    throw error;
  }
}
