import type { Claim } from '../claims/claim.ts';
import type { Convention, Verdict } from '../port.ts';
import { BudgetEnded, DEFAULT_STEPS, newBudget } from './budget.ts';
import { describe } from './describe.ts';
import type { Result } from './equal/outcome.ts';
import { type Finding, judge } from './judge.ts';
import { DEFAULT_POLICIES, type Policies } from './policies.ts';
import { readAnswer } from './read/answer.ts';
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
  readonly claims: readonly ExplainedClaim[];
  /** Both as they were read, in plain notation; null where the budget ended before. */
  readonly reference: string | null;
  readonly answer: string | null;
  readonly policies: Policies;
  readonly steps: number;
}

/** A claim with what it was read as, and why it is not the answer; null for the one that is. */
export interface ExplainedClaim extends Claim {
  readonly reading: string | null;
  readonly lost: string | null;
}

export interface ExplainSettings extends VerifySettings {
  /** Where an answer may stand; default: anywhere. */
  readonly accept?: readonly Convention[] | undefined;
}

/** The same judgement as verifyMaths, with everything that led to it. */
export function explainMaths(reference: string, response: string, settings: ExplainSettings = {}): Explanation {
  const policies = { ...DEFAULT_POLICIES, ...settings.policies };
  const given = settings.steps ?? DEFAULT_STEPS;
  const budget = newBudget(given);
  const { accept } = settings;
  const finding = judge({ reference, response, ...(accept && { accept }) }, policies, budget);
  return {
    ...verdictOf(finding),
    result: finding.outcome?.result ?? null,
    extracted: finding.claim?.text ?? null,
    found: finding.claim?.how ?? null,
    claims: explained(finding),
    reference: finding.reference && describe(finding.reference),
    answer: finding.answer && describe(finding.answer),
    policies,
    steps: given - budget.left,
  };
}

const MOST_EXPLAINED = 50;

/** Each claim is read on a budget of its own: an explanation may cost more than a verdict. */
function explained({ said, claim }: Finding): ExplainedClaim[] {
  return (said?.claims ?? []).slice(-MOST_EXPLAINED).map((one) => ({
    ...one,
    reading: readingOf(one.text),
    lost: one.at === claim?.at && one.how === claim.how ? null : whyLost(one, claim),
  }));
}

function whyLost(one: Claim, answer: Claim | null): string {
  if (one.stance !== 'stated') return `it is ${one.stance}`;
  if (answer === null) return 'it cannot be read, or stands where no answer is accepted';
  if (one.how !== answer.how) return `the answer stands as ${answer.how}`;
  return one.at < answer.at ? 'the answer is stated later' : 'the answer is called final, or can be read';
}

function readingOf(text: string): string | null {
  try {
    return describe(readAnswer(text, newBudget()));
  } catch (error) {
    if (error instanceof BudgetEnded) return null;
    throw error;
  }
}
