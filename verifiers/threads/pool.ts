import { abortable } from '../../waiting/wait.ts';
import { VerifierFault } from '../port.ts';
import { type BatchOutcome, startThread, type Thread } from './thread.ts';

export interface ThreadPoolSettings<Job> {
  /** The module that a thread runs, see `serveJobs`. */
  readonly worker: URL;
  /** What it finds in `workerData`. */
  readonly settings: object;
  /** How many at once. */
  readonly threads: number;
  /** Milliseconds that one job may take before its thread is given up. */
  readonly deadline: number;
  /** In characters. */
  readonly lengthOf: (job: Job) => number;
}

interface QueuedJob<Job, Result> {
  readonly job: Job;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
  readonly isAborted: () => boolean;
}

/** A batch is bounded in jobs and in characters, so that no message is large and threads share the load. */
const BATCH_JOBS = 128;
const BATCH_CHARACTERS = 1_000_000;
/** How long a batch waits for others where the last one was of several; a caller who asks one by one waits for none. */
const GATHER_MILLISECONDS = 5;

/**
 * Worker threads for what may hold the event loop up. They start with the first job, one of them ahead of it by `start`.
 * Calls of one tick share a message, and where many come side by side those of some milliseconds: a message costs more
 * than most judgements. Calls that find all threads busy wait in order, which is what holds the caller back. A job that
 * costs a thread rejects with a VerifierFault, the others of its batch run again.
 */
export function threadPool<Job, Result>({
  worker,
  settings,
  threads,
  deadline,
  lengthOf,
}: ThreadPoolSettings<Job>): {
  readonly start: () => void;
  readonly run: (job: Job, signal: AbortSignal) => Promise<Result>;
  readonly close: () => Promise<void>;
} {
  const all = Array.from({ length: threads }, () => startThread<Job, Result>(worker, settings, deadline));
  const idle = [...all];
  const queue: QueuedJob<Job, Result>[] = [];
  let scheduled = false;
  let wasShared = false;

  const takeBatch = (): QueuedJob<Job, Result>[] => {
    const batch: QueuedJob<Job, Result>[] = [];
    let characters = 0;
    while (queue.length > 0 && batch.length < BATCH_JOBS && characters < BATCH_CHARACTERS) {
      const next = queue.shift()!;
      if (next.isAborted()) continue;
      characters += lengthOf(next.job);
      batch.push(next);
    }
    return batch;
  };
  const serve = async (thread: Thread<Job, Result>): Promise<void> => {
    const batch = takeBatch();
    const outcome = batch.length === 0 ? { results: [] } : await thread.run(batch.map(({ job }) => job));
    // Ahead of those that have not started yet.
    idle.unshift(thread);
    queue.unshift(...settled(batch, outcome, deadline));
    if (queue.length > 0) schedule();
  };
  const schedule = (): void => {
    if (scheduled || idle.length === 0) return;
    scheduled = true;
    const send = (): void => {
      scheduled = false;
      wasShared = queue.length > 1;
      for (const thread of idle.splice(0, Math.ceil(queue.length / BATCH_JOBS))) void serve(thread);
    };
    if (wasShared && queue.length < BATCH_JOBS) setTimeout(send, GATHER_MILLISECONDS);
    else setImmediate(send);
  };
  const run = (job: Job, signal: AbortSignal): Promise<Result> =>
    abortable(signal, (settle) => {
      queue.push({ ...settle, job, isAborted: () => signal.aborted });
      schedule();
      return undefined;
    });
  const close = async (): Promise<void> => {
    await Promise.all(all.map((thread) => thread.close()));
  };
  return { start: () => all[0]?.start(), run, close };
}

/** Settles the jobs of a batch; returns those that have to run again because another one cost the thread. */
function settled<Job, Result>(
  batch: readonly QueuedJob<Job, Result>[],
  outcome: BatchOutcome<Result>,
  deadline: number,
): readonly QueuedJob<Job, Result>[] {
  if ('results' in outcome) {
    for (const [index, result] of outcome.results.entries()) batch[index]!.resolve(result);
    return [];
  }
  const message = outcome.why === 'deadline' ? `no verdict within ${deadline} ms` : 'the verifier worker broke down';
  const fault = new VerifierFault(outcome.why === 'deadline' ? 'verifier-deadline' : 'sandbox-lost', message, {
    cause: outcome.cause,
  });
  batch[outcome.lostAt]!.reject(fault);
  return batch.filter((_, index) => index !== outcome.lostAt);
}
