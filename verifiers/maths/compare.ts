import { type Budget, BudgetEnded, newBudget } from './budget.ts';
import { compareAnswers } from './equal/answers.ts';
import { type Outcome, unknown } from './equal/outcome.ts';
import { DEFAULT_POLICIES, type Policies } from './policies.ts';
import { readAnswer } from './read/answer.ts';
import type { Node } from './tree.ts';

export interface Compared extends Outcome {
  /** Both answers as they were read; null where the step budget ended before. */
  readonly parsed: { readonly reference: Node | null; readonly answer: Node | null };
}

/**
 * Compares two bare answers. Equal and different are decided, unknown is neither: an answer that cannot be read, or
 * a step budget that ended. The same arguments give the same result everywhere.
 */
export function compareMaths(
  reference: string,
  answer: string,
  policies: Partial<Policies> = {},
  steps?: number,
): Compared {
  return compareWithin(reference, answer, { ...DEFAULT_POLICIES, ...policies }, newBudget(steps));
}

export function compareWithin(reference: string, answer: string, policies: Policies, budget: Budget): Compared {
  let left: Node | null = null;
  let right: Node | null = null;
  try {
    left = readAnswer(reference, budget);
    right = readAnswer(answer, budget);
    return { ...compareAnswers(left, right, policies, budget), parsed: { reference: left, answer: right } };
  } catch (error) {
    if (!(error instanceof BudgetEnded)) throw error;
    return { ...unknown('the step budget ended'), parsed: { reference: left, answer: right } };
  }
}
