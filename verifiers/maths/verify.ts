import type { Judgement, Task, Verdict } from '../port.ts';
import { newBudget } from './budget.ts';
import { type Finding, judge } from './judge.ts';
import { DEFAULT_POLICIES, type Policies } from './policies.ts';

export interface VerifySettings {
  readonly policies?: Partial<Policies>;
  /** The step budget of one judgement; a step is about 0.1 to 1 µs. */
  readonly steps?: number;
}

/**
 * Judges a maths response against its reference: synchronous, pure, and bounded by its step budget. `wrong` where the
 * answer differs, cannot be read, or is missing; `unverifiable` where the reference cannot be read, or neither
 * equality nor difference can be shown within the budget. Throws TypeError for a task of another domain.
 */
export function verifyMaths(task: Task, settings: VerifySettings = {}): Judgement {
  if (task.reference.domain !== 'maths') throw new TypeError(`verifyMaths judges maths, not ${task.reference.domain}`);
  const policies = { ...DEFAULT_POLICIES, ...settings.policies };
  const { response, accept } = task;
  const finding = judge(
    { reference: task.reference.answer, response, ...(accept && { accept }) },
    policies,
    newBudget(settings.steps),
  );
  const { claim } = finding;
  return { ...verdictOf(finding), extracted: claim?.text ?? null, found: claim?.how ?? null, passedShare: null };
}

export function verdictOf({ outcome, reference, answer }: Finding): { verdict: Verdict; reason: string } {
  if (outcome?.result === 'equal') return { verdict: 'right', reason: outcome.reason };
  if (reference?.kind === 'unreadable')
    return { verdict: 'unverifiable', reason: `the reference cannot be read: ${reference.why}` };
  if (outcome === null) return { verdict: 'wrong', reason: 'no answer found' };
  if (outcome.result === 'different' || answer?.kind === 'unreadable')
    return { verdict: 'wrong', reason: outcome.reason };
  return { verdict: 'unverifiable', reason: outcome.reason };
}
