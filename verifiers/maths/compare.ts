import { BudgetEnded, newBudget } from './budget.ts';
import { compareAnswers } from './equal/answers.ts';
import { equal, type Outcome, unknown } from './equal/outcome.ts';
import { DEFAULT_POLICIES, type Policies } from './policies.ts';
import { readAnswer } from './read/answer.ts';
import { readReference } from './read/reference.ts';
import type { Node } from './tree.ts';

export interface Compared extends Outcome {
  /** Both answers as they were read; null where the step budget ended before. */
  readonly parsed: { readonly reference: Node | null; readonly answer: Node | null };
}

/**
 * Compares two bare answers; neither is searched. Equal and different are decided, unknown is neither: an answer that
 * cannot be read, or a step budget that ended. The same arguments give the same result on every machine.
 */
export function compareMaths(
  reference: string,
  answer: string,
  policies: Partial<Policies> = {},
  steps?: number,
): Compared {
  const budget = newBudget(steps);
  const parsed: { reference: Node | null; answer: Node | null } = { reference: null, answer: null };
  try {
    parsed.reference = readReference(reference, budget);
    parsed.answer = readAnswer(answer, budget);
    if (reference.trim() === answer.trim()) return { ...equal('the same characters'), parsed };
    return { ...compareAnswers(parsed.reference, parsed.answer, { ...DEFAULT_POLICIES, ...policies }, budget), parsed };
  } catch (error) {
    if (!(error instanceof BudgetEnded)) throw error;
    return { ...unknown('the step budget ended'), parsed };
  }
}
