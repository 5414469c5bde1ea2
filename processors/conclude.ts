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
}

export interface Tried {
  readonly reply: ChatReply;
  readonly attempt: TeacherAttempt;
  readonly extracted: string | null;
}

export const isVerified = ({ attempt }: Tried): boolean => attempt.outcome === 'verified';

/** What becomes of an admission, by what its samples came to: the first verified one wins. */
export const conclude = (
  admitted: Admitted,
  { problem, messages }: TeacherTask,
  tried: readonly Tried[],
  teacher: string,
): Partial<GenerateOutputs> => {
  const { level, scored } = admitted.levelled;
  const winner = tried.find(isVerified);
  const head = {
    problem,
    level,
    score: scored.score,
    student: scored.graded.student,
    teacher,
    admission: admitted.admission,
    prompt: messages.findLast((message) => message.role === 'user')?.content ?? problem.statement,
    simulated: scored.graded.simulated || tried.some(({ reply }) => reply.simulated),
  };
  if (!winner) {
    const attempts = tried.map((one) => one.attempt);
    const reason = attempts.at(-1)?.outcome ?? 'empty';
    return { rejected: { ...head, reason, attempts }, outcome: outcomeOf(admitted, 'rejected') };
  }
  const { reasoning, answer } = winner.attempt;
  const attempts = tried.map((one) => (one === winner ? { ...one.attempt, reasoning: '', answer: '' } : one.attempt));
  const cot: Cot = { ...head, reasoning, answer, extracted: winner.extracted, attempts };
  return { cot, outcome: outcomeOf(admitted, 'emitted') };
};

export const outcomeOf = ({ levelled, admission }: Admitted, became: Outcome['became']): Outcome => ({
  id: levelled.scored.graded.problem.id,
  level: levelled.level,
  admission,
  became,
});
