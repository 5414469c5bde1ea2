import type { ChatModel, ChatReply, ChatRequest, Message } from '../llm/port.ts';
import type { Admitted, AttemptOutcome, Outcome, Problem } from '../schemas/types.ts';
import type { Reference, Verify } from '../verifiers/port.ts';
import { conclude, type GenerateOutputs, isVerified, outcomeOf, type TeacherTask, type Tried } from './conclude.ts';

export interface GenerateCapabilities {
  readonly teacher: ChatModel;
  readonly teacherName: string;
  /** The reply to this very request if it was ever received; nothing is sent. */
  readonly recall: (request: ChatRequest) => Promise<ChatReply | undefined>;
  /** Most samples, one after another; the first verified one wins. */
  readonly samples: number;
  /** How many samples are asked for at once. */
  readonly race: number;
  /** More room for an answer that was cut off, to be tried once; null: a cut answer is rejected. */
  readonly maxTokensRaised: number | null;
  readonly prompt: (problem: Problem) => readonly Message[];
  readonly reference: (problem: Problem) => Reference;
  readonly verify: Verify;
  /** Whether an error says that the money ended: the admission is then given back. */
  readonly isOutOfBudget: (error: unknown) => boolean;
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
      const tried = (await fromJournal(task, capabilities, signal)) ?? (await ask(task, capabilities, signal));
      return conclude(admitted, task, tried);
    } catch (error) {
      if (!capabilities.isOutOfBudget(error)) throw error;
      return { outcome: outcomeOf(admitted, 'returned') };
    }
  };

/** What a dead letter of this stage means to the sampler: the admission is closed, its place is free. */
export const deadOutcome = (admitted: Admitted): Outcome => outcomeOf(admitted, 'dead');

/** If any sample in the journal is verified it wins, whatever its number. */
const fromJournal = async (
  task: TeacherTask,
  capabilities: GenerateCapabilities,
  signal: AbortSignal,
): Promise<readonly Tried[] | null> => {
  const samples = Array.from({ length: capabilities.samples }, (_, sample) => sample);
  const requests = samples.map((sample) => requestOf(task, sample));
  const replies = await Promise.all(requests.map((request) => capabilities.recall(request)));
  for (const [sample, reply] of replies.entries()) {
    if (!reply) continue;
    const tried = await judge(task, sample, reply, capabilities, signal);
    if (tried.attempt.outcome === 'verified') return [tried];
  }
  return null;
};

/** Rounds of `race` samples at once, until one is verified; it cancels its siblings. */
const ask = async (
  task: TeacherTask,
  capabilities: GenerateCapabilities,
  signal: AbortSignal,
): Promise<readonly Tried[]> => {
  const tried: Tried[] = [];
  for (let first = 0; first < capabilities.samples; first += capabilities.race) {
    const count = Math.min(capabilities.race, capabilities.samples - first);
    const round = await raceOf(
      Array.from(
        { length: count },
        (_, index) => (cancel: AbortSignal) => attempt(task, first + index, capabilities, cancel),
      ),
      signal,
    );
    tried.push(...round);
    if (round.some(isVerified)) break;
  }
  return tried;
};

/** All that finished before the first verified one cancelled the others; in the order of the samples. */
const raceOf = async (
  runs: readonly ((signal: AbortSignal) => Promise<Tried>)[],
  signal: AbortSignal,
): Promise<readonly Tried[]> => {
  const winner = new AbortController();
  const either = AbortSignal.any([signal, winner.signal]);
  const done = await Promise.allSettled(
    runs.map(async (run) => {
      const tried = await run(either);
      if (isVerified(tried)) winner.abort();
      return tried;
    }),
  );
  const finished = done.filter((one) => one.status === 'fulfilled').map((one) => one.value);
  const failed = done.find((one) => one.status === 'rejected');
  if (failed && !finished.some(isVerified)) throw failed.reason;
  return finished;
};

const attempt = async (
  task: TeacherTask,
  sample: number,
  capabilities: GenerateCapabilities,
  signal: AbortSignal,
): Promise<Tried> => {
  const request = requestOf(task, sample);
  const reply = await capabilities.teacher(request, signal);
  const raised = capabilities.maxTokensRaised;
  if (reply.finish !== 'length' || raised === null) return judge(task, sample, reply, capabilities, signal);
  return judge(
    task,
    sample,
    await capabilities.teacher({ ...request, maxTokens: raised }, signal),
    capabilities,
    signal,
  );
};

const requestOf = ({ problem, messages }: TeacherTask, sample: number): ChatRequest => ({
  problem: problem.id,
  messages,
  sample,
});

const judge = async (
  { reference, teacher }: TeacherTask,
  sample: number,
  reply: ChatReply,
  { verify }: GenerateCapabilities,
  signal: AbortSignal,
): Promise<Tried> => {
  const { outcome, reason, extracted } = await outcomeOfReply(reply, reference, verify, signal);
  const { reasoning, answer, usage } = reply;
  return { reply, attempt: { teacher, sample, reasoning, answer, outcome, reason, extracted, ...usage } };
};

const outcomeOfReply = async (
  reply: ChatReply,
  reference: Reference,
  verify: Verify,
  signal: AbortSignal,
): Promise<{ outcome: AttemptOutcome; reason: string; extracted: string | null }> => {
  if (reply.finish === 'length') return { outcome: 'truncated', reason: 'truncated', extracted: null };
  if (reply.finish === 'refused') return { outcome: 'refused', reason: 'refused', extracted: null };
  if (reply.answer.trim() === '') return { outcome: 'empty', reason: 'no answer after the reasoning', extracted: null };
  const { verdict, reason, extracted } = await verify({ reference, response: reply.answer }, signal);
  const outcome = verdict === 'right' ? 'verified' : verdict === 'wrong' ? 'unverified' : 'unverifiable';
  return { outcome, reason, extracted };
};
