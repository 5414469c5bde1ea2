import { answersIn } from '../claims/choose.ts';
import type { Claim } from '../claims/claim.ts';
import { claimsIn, type Said } from '../claims/claims.ts';
import type { Convention } from '../port.ts';
import type { Budget } from './budget.ts';
import { BudgetEnded, spend } from './budget.ts';
import { compareAnswers } from './equal/answers.ts';
import { equal, type Outcome, unknown } from './equal/outcome.ts';
import type { Policies } from './policies.ts';
import { readAnswer } from './read/answer.ts';
import { readReference } from './read/reference.ts';
import type { Node } from './tree.ts';

/** All that one judgement found out; the verdict and the explanation are made of it. */
export interface Finding {
  /** Null where the response holds no answer. */
  readonly outcome: Outcome | null;
  /** Null where the budget ended before it was read. */
  readonly said: Said | null;
  readonly claim: Claim | null;
  /** Null where the step budget ended before it was read. */
  readonly reference: Node | null;
  readonly answer: Node | null;
}

const MOST_CANDIDATES = 8;
const MOST_WORDS = 4;
/** Characters searched per step of the budget. */
const CHARACTERS_PER_STEP = 32;

/** Finds and reads the response's answer, reads the reference, and compares the two within one budget. */
export function judge(
  {
    reference,
    response,
    accept,
  }: { readonly reference: string; readonly response: string; readonly accept?: readonly Convention[] },
  policies: Policies,
  budget: Budget,
): Finding {
  const finding: Writable<Finding> = { outcome: null, said: null, claim: null, reference: null, answer: null };
  try {
    spend(budget, Math.floor(response.length / CHARACTERS_PER_STEP));
    const said = claimsIn(response);
    finding.said = said;
    const found = findAnswer(said, accept, budget);
    finding.claim = found?.claim ?? null;
    finding.answer = found?.answer ?? null;
    const read = readReference(reference, budget);
    finding.reference = read;
    if (found === null) return finding;
    const same = found.claim.text.trim() === reference.trim();
    finding.outcome = same ? equal('the same characters') : compareAnswers(read, found.answer, policies, budget);
  } catch (error) {
    if (!(error instanceof BudgetEnded)) throw error;
    finding.outcome = unknown('the step budget ended');
  }
  return finding;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

interface Found {
  readonly claim: Claim;
  readonly answer: Node;
}

/**
 * The answer among the claims: the most trusted one that can be read, whatever the reference. Words that no reading knows
 * are an answer only where nothing better is stated, and what is said last only where nothing stands as an answer.
 */
function findAnswer(said: Said, accept: readonly Convention[] | undefined, budget: Budget): Found | null {
  let first: Found | null = null;
  for (const claim of answersIn(said, accept).slice(0, MOST_CANDIDATES)) {
    const found = { claim, answer: readAnswer(claim.text, budget) };
    if (claim.how === 'last' && first !== null && found.answer.kind === 'text') return first;
    if (claim.how === 'boxed' || isTelling(found)) return found;
    first ??= found;
  }
  return first;
}

function isTelling({ claim, answer }: Found): boolean {
  if (answer.kind === 'unreadable') return false;
  return answer.kind !== 'text' || claim.text.split(/\s+/).length <= MOST_WORDS;
}
