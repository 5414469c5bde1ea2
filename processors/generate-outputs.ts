import type { ChatReply, Message } from '../llm/port.ts';
import type { Admitted, Cot, Outcome, Problem, Rejected, TeacherAttempt } from '../schemas/types.ts';
import type { Reference } from '../verifiers/port.ts';

export interface GenerateOutputs {
  cot: Cot;
  rejected: Rejected;
  outcome: Outcome;
}

export interface TeacherTask {
  readonly problem: Problem;
  readonly messages: readonly Message[];
  readonly reference: Reference;
  readonly teacher: string;
}

export interface Tried {
  readonly reply: ChatReply;
  readonly attempt: TeacherAttempt;
  /** By which convention the answer was found; null where none was. */
  readonly found: string | null;
}

export const isVerified = ({ attempt }: Tried): boolean => attempt.outcome === 'verified';

/** What becomes of an admission, by what its samples came to: the first verified one wins. */
export const conclude = (
  admitted: Admitted,
  { messages, teacher }: TeacherTask,
  tried: readonly Tried[],
): Partial<GenerateOutputs> => {
  const winner = tried.find(isVerified);
  const simulated = admitted.simulated || tried.some(({ reply }) => reply.simulated);
  const head = { ...admitted, teacher, messages, simulated };
  if (!winner) {
    const attempts = tried.map((one) => one.attempt);
    const reason = attempts.at(-1)?.outcome ?? 'missing';
    return { rejected: { ...head, reason, attempts }, outcome: outcomeOf(admitted, 'rejected') };
  }
  const { reasoning, answer, extracted } = winner.attempt;
  const attempts = tried.map((one) => (one === winner ? { ...one.attempt, reasoning: '', answer: '' } : one.attempt));
  const cot: Cot = { ...head, reasoning, answer, extracted, found: winner.found, attempts };
  return { cot, outcome: outcomeOf(admitted, 'emitted') };
};

export const outcomeOf = ({ problem, level, admission }: Admitted, became: Outcome['became']): Outcome => ({
  id: problem.id,
  level,
  admission,
  became,
});
