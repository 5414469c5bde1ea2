import { abortable } from '../../../waiting/wait.ts';
import { type Judgement, type Task, VerifierFault, type Verify } from '../../port.ts';
import type { VerifySettings } from '../verify.ts';
import type { Job } from './protocol.ts';
import { startThread, type Thread } from './thread.ts';

export interface PoolSettings extends VerifySettings {
  /** Worker threads; one judges about ten thousand answers a second. Default 1. */
  readonly workers?: number;
  /** Milliseconds one judgement may take before its worker is given up. Far above what the step budget allows. */
  readonly deadline?: number;
}

interface QueuedJob {
  readonly job: Job;
  readonly resolve: (judgement: Judgement) => void;
  readonly reject: (error: unknown) => void;
  readonly isAborted: () => boolean;
}

const DEADLINE = 5_000;
/** A batch is bounded in jobs and in characters, so that no message is large and workers share the load. */
const BATCH_JOBS = 128;
const BATCH_CHARACTERS = 1_000_000;

/**
 * The maths verifier behind worker threads, so that the event loop stays free and the deadline is a second line behind
 * the step budget. Calls of one tick share a message; calls that find all workers busy wait in order, which is what
 * holds the caller back. A job that costs a worker rejects with a VerifierFault, the others of its batch run again.
 */
export function mathsVerifier(settings: PoolSettings = {}): { verify: Verify; close: () => Promise<void> } {
  const { workers = 1, deadline = DEADLINE, ...rest } = settings;
  const idle: Thread[] = Array.from({ length: workers }, () => startThread(rest, deadline));
  const all = [...idle];
  const queue: QueuedJob[] = [];
  let scheduled = false;

  const serve = async (thread: Thread): Promise<void> => {
    for (let batch = takeBatch(queue); batch.length > 0; batch = takeBatch(queue))
      queue.unshift(...(await runBatch(thread, batch, deadline)));
    idle.push(thread);
  };
  const schedule = (): void => {
    if (scheduled || idle.length === 0) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      const threads = idle.splice(0, Math.ceil(queue.length / BATCH_JOBS));
      for (const thread of threads) void serve(thread);
    });
  };
  const verify: Verify = (task, signal) =>
    abortable(signal, (settle) => {
      queue.push({ ...settle, job: jobOf(task), isAborted: () => signal.aborted });
      schedule();
      return undefined;
    });
  const close = async (): Promise<void> => {
    await Promise.all(all.map((thread) => thread.close()));
  };
  return { verify, close };
}

function jobOf(task: Task): Job {
  if (task.reference.domain !== 'maths')
    throw new TypeError(`the maths verifier judges maths, not ${task.reference.domain}`);
  const { response, accept } = task;
  return { reference: task.reference.answer, response, ...(accept && { accept }) };
}

function takeBatch(queue: QueuedJob[]): QueuedJob[] {
  const batch: QueuedJob[] = [];
  let characters = 0;
  while (queue.length > 0 && batch.length < BATCH_JOBS && characters < BATCH_CHARACTERS) {
    const next = queue.shift()!;
    if (next.isAborted()) continue;
    characters += next.job.response.length;
    batch.push(next);
  }
  return batch;
}

/** Settles the jobs of a batch; returns those that have to run again because another one cost the worker. */
async function runBatch(thread: Thread, batch: readonly QueuedJob[], deadline: number): Promise<readonly QueuedJob[]> {
  const outcome = await thread.run(batch.map(({ job }) => job));
  if ('results' in outcome) {
    for (const [index, judgement] of outcome.results.entries()) batch[index]!.resolve(judgement);
    return [];
  }
  const message = outcome.why === 'deadline' ? `no verdict within ${deadline} ms` : 'the verifier worker broke down';
  const fault = new VerifierFault(outcome.why === 'deadline' ? 'verifier-deadline' : 'sandbox-lost', message, {
    cause: outcome.cause,
  });
  batch[outcome.lostAt]!.reject(fault);
  return batch.filter((_, index) => index !== outcome.lostAt);
}
