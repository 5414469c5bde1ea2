import type { ChatReply, Message } from '../llm/port.ts';
import type { Admitted, AttemptOutcome, Outcome, Problem } from '../schemas/types.ts';
import type { Reference, Verify } from '../verifiers/port.ts';
import { conclude, type GenerateOutputs, outcomeOf, type TeacherTask } from './generate-outputs.ts';
import { keptOf } from './kept.ts';
import { type Judge, type SamplesCapabilities, trySamples } from './samples.ts';

export interface GenerateCapabilities extends SamplesCapabilities {
  readonly teacherName: string;
  readonly prompt: (problem: Problem) => readonly Message[];
  readonly reference: (problem: Problem) => Reference;
  readonly verify: Verify;
  /** Why a right answer is not what a record is to be like, in one line; null where it is. */
  readonly unfit: (reply: ChatReply) => Promise<string | null>;
}

/** Has the teacher reason about an admitted problem and keeps what the verifier confirms (paper, section 3.3: R1). */
export const generate =
  (capabilities: GenerateCapabilities) =>
  async (admitted: Admitted, signal: AbortSignal): Promise<Partial<GenerateOutputs>> => {
    const { problem } = admitted;
    const task = {
      problem,
      messages: capabilities.prompt(problem),
      reference: capabilities.reference(problem),
      teacher: capabilities.teacherName,
    };
    try {
      const tried = await trySamples(task, capabilities, judgeOf(task, capabilities), signal);
      return conclude(admitted, task, tried, keptOf(tried, capabilities.keeping));
    } catch (error) {
      if (!capabilities.isOutOfBudget(error)) throw error;
      return { outcome: outcomeOf(admitted, 'returned') };
    }
  };

/** What a dead letter of this stage means to the sampler: the admission is closed, its place is free. */
export const deadOutcome = (admitted: Admitted): Outcome => outcomeOf(admitted, 'dead');

const judgeOf =
  ({ reference, teacher }: TeacherTask, capabilities: GenerateCapabilities): Judge =>
  async (sample, reply, signal) => {
    const { found, ...judged } = await outcomeOfReply(reply, reference, capabilities, signal);
    const { reasoning, answer, usage } = reply;
    return { reply, found, attempt: { teacher, sample, reasoning, answer, ...judged, ...usage } };
  };

const outcomeOfReply = async (
  reply: ChatReply,
  reference: Reference,
  { verify, unfit }: GenerateCapabilities,
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
