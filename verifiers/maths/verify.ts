import type { Judgement, Task } from '../port.ts';
import { newBudget } from './budget.ts';
import { compareWithin } from './compare.ts';
import { extractCandidates } from './extract/extract.ts';
import { DEFAULT_POLICIES, type Policies } from './policies.ts';

/** Judges a maths response against its reference. */
export function verifyMaths(task: Task, policies: Partial<Policies> = {}): Judgement {
  if (task.reference.domain !== 'maths')
    throw new TypeError(`verifyMaths: the reference is of domain ${task.reference.domain}`);
  for (const { answer } of extractCandidates(task.response)) {
    const outcome = compareWithin(task.reference.answer, answer, { ...DEFAULT_POLICIES, ...policies }, newBudget());
    const verdict =
      outcome.result === 'equal'
        ? 'right'
        : outcome.result === 'different'
          ? 'wrong'
          : outcome.parsed.answer?.kind === 'unreadable'
            ? 'wrong'
            : 'unverifiable';
    return { verdict, reason: outcome.reason, extracted: answer, passedShare: null };
  }
  return { verdict: 'wrong', reason: 'no answer found', extracted: null, passedShare: null };
}
