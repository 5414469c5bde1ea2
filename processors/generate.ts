import type { ChatReply, Message } from '../llm/port.ts';
import type { Admitted, AttemptOutcome, Level, Outcome, Problem, TeacherAttempt } from '../schemas/types.ts';
import type { Reference, Verify } from '../verifiers/port.ts';
import {
  conclude,
  type GenerateOutputs,
  isVerified,
  outcomeOf,
  rejectedAs,
  type TeacherTask,
  type Tried,
} from './generate-outputs.ts';
import { keptOf } from './kept.ts';
import { type Judge, type SamplesCapabilities, trySamples } from './samples.ts';

export interface GenerateCapabilities {
  /** In the order in which they are asked, each only about what those before it failed; there is at least one. */
  readonly teachers: readonly TeacherCapabilities[];
  readonly reference: (problem: Problem) => Reference;
  /** What the student is asked, for the record. */
  readonly studentPrompt: (problem: Problem) => readonly Message[];
  /** The part of the problems whose budget pays for the samples too; null where none does. */
  readonly part?: (problem: Problem) => string | null;
  /** Whether an error says that but the money of its part ended. */
  readonly isPartOutOfBudget?: (error: unknown) => boolean;
}

export interface TeacherCapabilities extends SamplesCapabilities {
  readonly name: string;
  /** The levels whose problems it is asked about; null: all. */
  readonly levels: readonly Level[] | null;
  readonly prompt: (problem: Problem) => readonly Message[];
  readonly verify: Verify;
  /** Why a right answer is not what a record is to be like, in one line; null where it is. */
  readonly unfit: (reply: ChatReply) => Promise<string | null>;
  /** Whether what the samples came to speaks so much against the problem's reference that nothing of it is kept. */
  readonly suspect: (problem: Problem, attempts: readonly TeacherAttempt[]) => boolean;
}

/**
 * Has a teacher reason about an admitted problem and keeps what the verifier confirms (paper, section 3.3: R1). One that
 * is announced is asked about all the same, and nothing comes of it: its answers wait in the journal for its admission,
 * and whatever is wrong with it is told then. What is still out when no admission can follow is given up.
 */
export const generate = (capabilities: GenerateCapabilities) => {
  const teach = teaching(capabilities);
  return async (admitted: Admitted, signal: AbortSignal, ended = signal): Promise<Partial<GenerateOutputs>> => {
    if (!admitted.ahead) return teach(admitted, signal);
    await teach(admitted, AbortSignal.any([signal, ended])).catch(() => {});
    return {};
  };
};

const teaching =
  ({ teachers, reference, studentPrompt, part, isPartOutOfBudget }: GenerateCapabilities) =>
  async (admitted: Admitted, signal: AbortSignal): Promise<Partial<GenerateOutputs>> => {
    const { problem, level } = admitted;
    const taskFor = ({ name, prompt }: TeacherCapabilities): TeacherTask => ({
      problem,
      messages: prompt(problem),
      studentMessages: studentPrompt(problem),
      reference: reference(problem),
      teacher: name,
      part: part?.(problem) ?? null,
    });
    try {
      let teacher = teachers[0] as TeacherCapabilities;
      const tried: Tried[] = [];
      for (teacher of teachers.filter(({ levels }) => levels?.includes(level) ?? true)) {
        const task = taskFor(teacher);
        tried.push(...(await trySamples(task, teacher, judgeOf(task, teacher), signal)));
        if (tried.some(isVerified)) break;
      }
      const attempts = tried.map(({ attempt }) => attempt);
      if (teacher.suspect(problem, attempts)) return rejectedAs('suspect', admitted, taskFor(teacher), tried);
      return conclude(admitted, taskFor(teacher), tried, keptOf(tried, teacher.keeping));
    } catch (error) {
      if (!teachers.some(({ isOutOfBudget }) => isOutOfBudget(error))) throw error;
      return { outcome: outcomeOf(admitted, isPartOutOfBudget?.(error) ? 'unaffordable' : 'returned') };
    }
  };

/** What a dead letter of this stage means to the sampler: the admission is closed, its place is free. */
export const deadOutcome = (admitted: Admitted): Outcome => outcomeOf(admitted, 'dead');

const judgeOf =
  ({ reference, teacher }: TeacherTask, capabilities: TeacherCapabilities): Judge =>
  async (sample, reply, signal) => {
    const { found, ...judged } = await outcomeOfReply(reply, reference, capabilities, signal);
    const { reasoning, answer, usage } = reply;
    return { reply, found, attempt: { teacher, sample, reasoning, answer, ...judged, ...usage } };
  };

const outcomeOfReply = async (
  reply: ChatReply,
  reference: Reference,
  { verify, unfit }: TeacherCapabilities,
  signal: AbortSignal,
): Promise<{ outcome: AttemptOutcome; reason: string; extracted: string | null; found: string | null }> => {
  const none = { extracted: null, found: null };
  if (reply.finish === 'length') return { outcome: 'truncated', reason: 'truncated', ...none };
  if (reply.finish === 'refused') return { outcome: 'refused', reason: 'refused', ...none };
  if (reply.answer.trim() === '') return { outcome: 'empty', reason: 'no answer after the reasoning', ...none };
  const { verdict, reason, extracted, found } = await verify({ reference, response: reply.answer }, signal);
  if (verdict !== 'right')
    return { outcome: verdict === 'wrong' ? 'unverified' : 'unverifiable', reason, extracted, found };
  const why = await unfit(reply);
  return why === null
    ? { outcome: 'verified', reason, extracted, found }
    : { outcome: 'unfit', reason: why, extracted, found };
};
