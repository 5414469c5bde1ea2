import type { ChatReply, Message } from '../llm/port.ts';
import type {
  Admitted,
  AttemptOutcome,
  Cot,
  Outcome,
  Problem,
  Rejected,
  TeacherAttempt,
  Trace,
} from '../schemas/types.ts';
import type { Reference } from '../verifiers/port.ts';

export interface GenerateOutputs {
  cot: Cot;
  rejected: Rejected;
  outcome: Outcome;
}

export interface TeacherTask {
  readonly problem: Problem;
  readonly messages: readonly Message[];
  /** What the student was asked. */
  readonly studentMessages: readonly Message[];
  readonly reference: Reference;
  readonly teacher: string;
  /** Whose budget pays for it too; null: none has one. */
  readonly part: string | null;
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
  task: TeacherTask,
  tried: readonly Tried[],
  [best, ...others]: readonly Tried[],
): Partial<GenerateOutputs> => {
  if (!best) return rejectedAs(tried.at(-1)?.attempt.outcome ?? 'missing', admitted, task, tried);
  const attempts = tried.map((one) =>
    one === best || others.includes(one) ? { ...one.attempt, reasoning: '', answer: '' } : one.attempt,
  );
  const cot: Cot = { ...headOf(admitted, task, tried), ...traceOf(best), others: others.map(traceOf), attempts };
  return { cot, outcome: outcomeOf(admitted, 'emitted') };
};

/** An admission that nothing is kept of, and why. */
export const rejectedAs = (
  reason: AttemptOutcome,
  admitted: Admitted,
  task: TeacherTask,
  tried: readonly Tried[],
): Partial<GenerateOutputs> => ({
  rejected: { ...headOf(admitted, task, tried), reason, attempts: tried.map(({ attempt }) => attempt) },
  outcome: outcomeOf(admitted, 'rejected'),
});

const headOf = (admitted: Admitted, { messages, studentMessages, teacher }: TeacherTask, tried: readonly Tried[]) => ({
  ...admitted,
  ...{ teacher, messages, studentMessages: isSame(messages, studentMessages) ? [] : studentMessages },
  ...{ simulated: admitted.simulated || tried.some(({ reply }) => reply.simulated) },
});

const isSame = (some: readonly Message[], others: readonly Message[]): boolean =>
  some.length === others.length &&
  some.every(({ role, content }, index) => role === others[index]?.role && content === others[index]?.content);

const traceOf = ({ attempt: { sample, reasoning, answer, extracted }, found }: Tried): Trace => ({
  ...{ sample, reasoning, answer, extracted, found },
});

export const outcomeOf = ({ problem, level, admission }: Admitted, became: Outcome['became']): Outcome => ({
  id: problem.id,
  level,
  domain: problem.domain,
  dataset: problem.source.dataset,
  admission,
  became,
});
