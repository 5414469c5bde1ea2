import type { Budget } from './budget.ts';
import { BudgetEnded, spend } from './budget.ts';
import { compareAnswers } from './equal/answers.ts';
import { equal, type Outcome, unknown } from './equal/outcome.ts';
import type { Candidate } from './extract/candidate.ts';
import { extractCandidates } from './extract/extract.ts';
import type { Policies } from './policies.ts';
import { readAnswer } from './read/answer.ts';
import { readReference } from './read/reference.ts';
import type { Node } from './tree.ts';

/** All that one judgement found out; the verdict and the explanation are made of it. */
export interface Finding {
  /** Null where the response holds no answer. */
  readonly outcome: Outcome | null;
  readonly candidate: Candidate | null;
  /** Null where the step budget ended before it was read. */
  readonly reference: Node | null;
  readonly answer: Node | null;
}

const MOST_CANDIDATES = 8;
/** Characters searched per step of the budget. */
const CHARACTERS_PER_STEP = 32;

/** Reads the reference, finds and reads the response's answer, and compares the two within one budget. */
export function judge(reference: string, response: string, policies: Policies, budget: Budget): Finding {
  let finding: Finding = { outcome: null, candidate: null, reference: null, answer: null };
  try {
    spend(budget, Math.floor(Math.min(response.length, 200_000) / CHARACTERS_PER_STEP));
    const read = readReference(reference, budget);
    finding = { ...finding, reference: read };
    const found = findAnswer(response, read, budget);
    if (found === null) return finding;
    finding = { ...finding, ...found };
    if (found.candidate.answer.trim() === reference.trim())
      return { ...finding, outcome: equal('the same characters') };
    return { ...finding, outcome: compareAnswers(read, found.answer, policies, budget) };
  } catch (error) {
    if (!(error instanceof BudgetEnded)) throw error;
    return { ...finding, outcome: unknown('the step budget ended') };
  }
}

interface Found {
  readonly candidate: Candidate;
  readonly answer: Node;
}

/** The first candidate that reads as what the reference is: words for words, maths for maths; else the first. */
function findAnswer(response: string, reference: Node, budget: Budget): Found | null {
  let first: Found | null = null;
  let tried = 0;
  for (const candidate of extractCandidates(response)) {
    const found = { candidate, answer: readAnswer(candidate.answer, budget) };
    if (fits(found, reference)) return found;
    if (candidate.convention !== 'whole text') first ??= found;
    tried += 1;
    if (tried >= MOST_CANDIDATES) break;
  }
  return first;
}

function fits({ candidate, answer }: Found, reference: Node): boolean {
  if (answer.kind === 'unreadable') return false;
  if (candidate.convention === 'boxed') return true;
  if (candidate.convention === 'whole text' && wordsIn(candidate.answer) > 2)
    return answer.kind === 'text' && reference.kind === 'text';
  return answer.kind !== 'text' || reference.kind === 'text' || reference.kind === 'set' || reference.kind === 'symbol';
}

const wordsIn = (text: string): number => (text.replace(/\\[a-zA-Z]+/g, ' ').match(/[a-zA-Z]{3,}/g) ?? []).length;
