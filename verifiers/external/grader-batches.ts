import { abortable, type Settle } from '../../waiting/wait.ts';
import { type Answer, GraderFault } from './grader-fault.ts';

export interface BatchSettings {
  /** Gives what the grader answers to some tasks. Rejects with a disposition of `dead-letter` where it failed on them. */
  readonly post: (tasks: readonly object[], signal: AbortSignal) => Promise<unknown>;
  /** Most tasks of one batch. */
  readonly size: number;
  /** Most batches at once. */
  readonly concurrency: number;
}

interface Waiting {
  readonly task: { readonly id: string };
  readonly settle: Settle<Answer>;
  isGone: boolean;
}

/**
 * Tasks in batches, as they come: `[{id, …}]` out, `{"results": [{id, …}]}` back, in any order. Where a batch fails, each
 * of its tasks is asked alone, so that whichever is to blame fails alone; a task without an answer of its own fails, too.
 */
export const graderBatches = ({ post, size, concurrency }: BatchSettings) => {
  const queue: Waiting[] = [];
  let inFlight = 0;
  let number = 0;
  let isPlanned = false;

  /** In the next turn: whatever comes in this one goes together. */
  const plan = (): void => {
    if (isPlanned) return;
    isPlanned = true;
    setImmediate(() => {
      isPlanned = false;
      while (inFlight < concurrency && queue.length > 0) void send(queue.splice(0, size));
    });
  };

  const send = async (batch: readonly Waiting[]): Promise<void> => {
    inFlight++;
    await settled(batch, post);
    inFlight--;
    if (queue.length > 0) plan();
  };

  return {
    /** Rejects with a GraderFault, with what `post` rejects with, or with the signal's reason. */
    ask: <Task extends { readonly id: string }>(task: Task, signal: AbortSignal): Promise<Answer> =>
      abortable<Answer>(signal, (settle) => {
        // Of its own for each asking: the same problem is asked about again and again.
        const waiting: Waiting = { task: { ...task, id: `${task.id}/${number++}` }, settle, isGone: false };
        queue.push(waiting);
        plan();
        return () => {
          waiting.isGone = true;
        };
      }),
  };
};

const settled = async (all: readonly Waiting[], post: BatchSettings['post']): Promise<void> => {
  const batch = all.filter(({ isGone }) => !isGone);
  if (batch.length === 0) return;
  const nobody = new AbortController();
  const watch = setInterval(() => {
    if (batch.every(({ isGone }) => isGone)) nobody.abort();
  }, WATCH_MILLISECONDS).unref();
  try {
    const answers = answersIn(
      await post(
        batch.map(({ task }) => task),
        nobody.signal,
      ),
    );
    for (const { task, settle } of batch) {
      const answer = answers.get(task.id);
      if (answer) settle.resolve(answer);
      else settle.reject(new GraderFault('grader-garbage', `the grader gave no result with the id ${task.id}`));
    }
  } catch (error) {
    const isTheirs = (error as { disposition?: unknown }).disposition === 'dead-letter';
    if (batch.length === 1 || !isTheirs) for (const { settle } of batch) settle.reject(error);
    else for (const one of batch) await settled([one], post);
  } finally {
    clearInterval(watch);
  }
};

/** How soon a batch is given up for which nobody waits any more. */
const WATCH_MILLISECONDS = 500;

/** By their ids; of several with one id the first counts. */
const answersIn = (body: unknown): ReadonlyMap<unknown, Answer> => {
  const { results } = (body ?? {}) as { results?: unknown };
  if (!Array.isArray(results)) throw new GraderFault('grader-garbage', 'the grader answered with no {"results": […]}');
  const objects = results.filter((one): one is Answer => one !== null && typeof one === 'object');
  return new Map(objects.toReversed().map((one) => [one.id, one]));
};
