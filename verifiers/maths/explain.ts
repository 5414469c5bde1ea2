import type { Claim } from '../claims/claim.ts';
import type { Convention, Verdict } from '../port.ts';
import { DEFAULT_STEPS, newBudget } from './budget.ts';
import { describe } from './describe.ts';
import type { Result } from './equal/outcome.ts';
import { judge } from './judge.ts';
import { DEFAULT_POLICIES, type Policies } from './policies.ts';
import { type VerifySettings, verdictOf } from './verify.ts';

export interface Explanation {
  readonly verdict: Verdict;
  /** The comparison's own result; null where there was no answer to compare. */
  readonly result: Result | null;
  readonly reason: string;
  /** The answer as it stands in the response, and the convention by which it was found. */
  readonly extracted: string | null;
  readonly found: Convention | null;
  /** All that the response claims, in its order, with the stance that keeps the others from being the answer. */
  readonly claims: readonly Claim[];
  /** Both as they were read, in plain notation; null where the budget ended before. */
  readonly reference: string | null;
  readonly answer: string | null;
  readonly policies: Policies;
  readonly steps: number;
}

/** The same judgement as verifyMaths, with everything that led to it. */
export function explainMaths(reference: string, response: string, settings: VerifySettings = {}): Explanation {
  const policies = { ...DEFAULT_POLICIES, ...settings.policies };
  const given = settings.steps ?? DEFAULT_STEPS;
  const budget = newBudget(given);
  const finding = judge({ reference, response }, policies, budget);
  return {
    ...verdictOf(finding),
    result: finding.outcome?.result ?? null,
    extracted: finding.claim?.text ?? null,
    found: finding.claim?.how ?? null,
    claims: finding.claims,
    reference: finding.reference && describe(finding.reference),
    answer: finding.answer && describe(finding.answer),
    policies,
    steps: given - budget.left,
  };
}
