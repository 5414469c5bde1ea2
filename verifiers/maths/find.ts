import { BudgetEnded, newBudget } from './budget.ts';
import type { Candidate } from './extract/candidate.ts';
import { extractCandidates } from './extract/extract.ts';
import { readAnswer } from './read/answer.ts';

/**
 * The answer that a text gives, as it stands there, with the convention by which it was found; null where there is
 * none. Of several, the first that can be read.
 */
export function extractMaths(text: string): Candidate | null {
  const budget = newBudget();
  let first: Candidate | null = null;
  for (const candidate of extractCandidates(text)) {
    if (isReadable(candidate.answer, budget)) return candidate;
    first ??= candidate;
  }
  return first;
}

function isReadable(answer: string, budget: { left: number }): boolean {
  try {
    return readAnswer(answer, budget).kind !== 'unreadable';
  } catch (error) {
    if (error instanceof BudgetEnded) return false;
    throw error;
  }
}
