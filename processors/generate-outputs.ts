import type { ChatReply, Message } from '../llm/port.ts';
import type { Admitted, Cot, Outcome, Problem, Rejected, TeacherAttempt, Trace } from '../schemas/types.ts';
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

/** What becomes of an admission, by what its samples came to and which of the verified ones are kept. */
export const conclude = (
  admitted: Admitted,
  { messages, teacher }: TeacherTask,
  tried: readonly Tried[],
  [best, ...others]: readonly Tried[],
): Partial<GenerateOutputs> => {
  const simulated = admitted.simulated || tried.some(({ reply }) => reply.simulated);
  const head = { ...admitted, teacher, messages, simulated };
  if (!best) {
    const attempts = tried.map((one) => one.attempt);
    const reason = attempts.at(-1)?.outcome ?? 'missing';
    return { rejected: { ...head, reason, attempts }, outcome: outcomeOf(admitted, 'rejected') };
  }
  const attempts = tried.map((one) =>
    one === best || others.includes(one) ? { ...one.attempt, reasoning: '', answer: '' } : one.attempt,
  );
  const cot: Cot = { ...head, ...traceOf(best), others: others.map(traceOf), attempts };
  return { cot, outcome: outcomeOf(admitted, 'emitted') };
};

const traceOf = ({ attempt: { sample, reasoning, answer, extracted }, found }: Tried): Trace => ({
  ...{ sample, reasoning, answer, extracted, found },
});

export const outcomeOf = ({ problem, level, admission }: Admitted, became: Outcome['became']): Outcome => ({
  id: problem.id,
  level,
  admission,
  became,
});
