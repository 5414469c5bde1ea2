import type { ChatModel, ChatReply, ChatRequest } from '../llm/port.ts';
import { isVerified, type TeacherTask, type Tried } from './generate-outputs.ts';
import { enoughAt, type Keeping } from './kept.ts';
import type { RecordedAnswers } from './recorded.ts';

export interface SamplesCapabilities {
  /** Null: nobody is asked, the recorded answers are all there are. */
  readonly teacher: ChatModel | null;
  /** Judged before any is asked for, all of them: they cost nothing. */
  readonly recorded?: RecordedAnswers | undefined;
  /** The reply to this very request if it was ever received; nothing is sent. */
  readonly recall: (request: ChatRequest) => Promise<ChatReply | undefined>;
  /** Most samples that are asked for. */
  readonly samples: number;
  /** How many verified ones are wanted, and which. */
  readonly keeping: Keeping;
  /** How many samples are asked for at once. */
  readonly race: number;
  /** More room for an answer that was cut off, to be tried once; null: a cut answer is rejected. */
  readonly maxTokensRaised: number | null;
  /** Whether an error says that the money ended: the admission is then given back. */
  readonly isOutOfBudget: (error: unknown) => boolean;
}

type Asked = Pick<SamplesCapabilities, 'teacher' | 'maxTokensRaised'>;

/** A task with the answers to it that are there already, and the samples of the rounds before. */
type Sampled = TeacherTask & { readonly there: ReturnType<RecordedAnswers>; readonly before: readonly Tried[] };

/** Judges the last reply of a sample. */
export type Judge = (sample: number, reply: ChatReply, signal: AbortSignal) => Promise<Tried>;

/**
 * The samples of a task in their order, up to and with the last that is wanted (the first verified one, where one is):
 * as if they had been asked for one after another. A race asks ahead, `race` samples a round, and gives up what it asked
 * behind that one; who answers first decides nothing. So the result rests on the answers alone, whether they are asked
 * for now or were received before a crash.
 */
export const trySamples = async (
  task: TeacherTask,
  capabilities: SamplesCapabilities,
  judge: Judge,
  signal: AbortSignal,
): Promise<readonly Tried[]> => {
  const there = capabilities.recorded?.(task.problem) ?? [];
  const most = there.length + (capabilities.teacher ? capabilities.samples : 0);
  const tried: Tried[] = [];
  for (let first = 0; first < most; first += capabilities.race) {
    const count = Math.min(capabilities.race, most - first);
    const round = Array.from({ length: count }, (_, index) => first + index);
    try {
      tried.push(...(await tryRound({ ...task, there, before: tried }, round, capabilities, judge, signal)));
    } catch (error) {
      // What was paid for is not given up because the money ended.
      if (!capabilities.isOutOfBudget(error) || !tried.some(isVerified)) throw error;
      break;
    }
    if (enoughAt(tried, capabilities.keeping) !== null) break;
  }
  return tried;
};

/** What the journal holds is judged first: behind the last that is wanted nothing is sent. */
const tryRound = async (
  task: Sampled,
  round: readonly number[],
  capabilities: SamplesCapabilities,
  judge: Judge,
  signal: AbortSignal,
): Promise<readonly Tried[]> => {
  const found = await Promise.all(round.map((sample) => findSample(task, sample, capabilities)));
  const runs: ((signal: AbortSignal) => Promise<Tried>)[] = [];
  const known: (Tried | undefined)[] = [...task.before];
  for (const [index, sample] of round.entries()) {
    const { reply, missing } = found[index] as Recalled;
    if (missing) {
      runs.push(async (cancel) => judge(sample, await askFor(missing, capabilities, cancel), cancel));
      known.push(undefined);
      continue;
    }
    const judged = await judge(sample, reply, signal);
    runs.push(async () => judged);
    known.push(judged);
    if (enoughAt(known, capabilities.keeping) !== null) break;
  }
  return inOrder(await raceOf(runs, task, capabilities, signal), task, capabilities);
};

/** The last sample that is wanted cancels those behind it, and no other; one that runs alone is cancelled by nobody. */
const raceOf = (
  runs: readonly ((signal: AbortSignal) => Promise<Tried>)[],
  { before }: Sampled,
  { keeping }: SamplesCapabilities,
  signal: AbortSignal,
): Promise<readonly PromiseSettledResult<Tried>[]> => {
  const cancels = runs.map(() => new AbortController());
  const ended: (Tried | undefined)[] = runs.map(() => undefined);
  return Promise.allSettled(
    runs.map(async (run, index) => {
      const cancelled = (cancels[index] as AbortController).signal;
      const tried = await run(runs.length === 1 ? signal : AbortSignal.any([signal, cancelled]));
      ended[index] = tried;
      const last = enoughAt([...before, ...ended], keeping);
      if (last !== null) for (const behind of cancels.slice(last + 1 - before.length)) behind.abort();
      return tried;
    }),
  );
};

/**
 * The samples up to the last that is wanted. One before it that failed is a failure of them all, as it would be without
 * a race; but what was paid for is not given up because the money ended.
 */
const inOrder = (
  ends: readonly PromiseSettledResult<Tried>[],
  { before }: Sampled,
  { isOutOfBudget, keeping }: SamplesCapabilities,
): readonly Tried[] => {
  const values = ends.map((end) => (end.status === 'fulfilled' ? end.value : undefined));
  const last = enoughAt([...before, ...values], keeping);
  const wanted = last === null ? ends : ends.slice(0, last + 1 - before.length);
  const hasOne = [...before, ...values].some((one) => one && isVerified(one));
  const tried: Tried[] = [];
  for (const end of wanted) {
    if (end.status === 'fulfilled') tried.push(end.value);
    else if (!hasOne || !isOutOfBudget(end.reason)) throw end.reason;
  }
  return tried;
};

/** What the journal holds of a sample: its last reply, or the request that nobody has answered yet. */
type Recalled =
  | { readonly reply: ChatReply; readonly missing?: undefined }
  | { readonly reply?: undefined; readonly missing: ChatRequest };

const findSample = async (task: Sampled, sample: number, capabilities: SamplesCapabilities): Promise<Recalled> => {
  const recorded = task.there[sample];
  // A model's own samples count from 0, however many were recorded.
  return recorded ? { reply: recorded() } : recallSample(requestOf(task, sample - task.there.length), capabilities);
};

const recallSample = async (request: ChatRequest, capabilities: SamplesCapabilities): Promise<Recalled> => {
  const reply = await capabilities.recall(request);
  if (!reply) return { missing: request };
  const raised = raisedOf(request, reply, capabilities);
  return raised ? recallSample(raised, capabilities) : { reply };
};

/** Asks for a sample, and once more with more room where it was cut off. */
export const askFor = async (request: ChatRequest, capabilities: Asked, signal: AbortSignal): Promise<ChatReply> => {
  if (!capabilities.teacher) throw new Error('nobody is there to be asked');
  const reply = await capabilities.teacher(request, signal);
  const raised = raisedOf(request, reply, capabilities);
  return raised ? askFor(raised, capabilities, signal) : reply;
};

const raisedOf = (request: ChatRequest, { finish }: ChatReply, { maxTokensRaised }: Asked): ChatRequest | null =>
  finish === 'length' && maxTokensRaised !== null && request.maxTokens === undefined
    ? { ...request, maxTokens: maxTokensRaised }
    : null;

const requestOf = ({ problem, messages, part }: TeacherTask, sample: number): ChatRequest => ({
  problem: problem.id,
  messages,
  sample,
  ...(part !== null && { part }),
});
