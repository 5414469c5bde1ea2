import { extname } from 'node:path';
import type { Convention, Judgement, Task, Verify } from '../port.ts';
import { threadPool } from '../threads/pool.ts';
import type { VerifySettings } from './verify.ts';

export interface PoolSettings extends VerifySettings {
  /** Worker threads; one judges about ten thousand answers a second. Default 1. */
  readonly workers?: number;
  /** Milliseconds one judgement may take before its worker is given up. Far above what the step budget allows. */
  readonly deadline?: number;
}

/** One task as it crosses to a worker: a maths reference and a response. */
export interface Job {
  readonly reference: string;
  readonly response: string;
  readonly accept?: readonly Convention[];
}

const DEADLINE = 5_000;
/** The worker's file is a source in the repository and compiled in the package, as this file is. */
const WORKER = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);

/**
 * The maths verifier behind worker threads, so that the event loop stays free and the deadline is a second line behind
 * the step budget.
 */
export function mathsVerifier(settings: PoolSettings = {}): {
  verify: Verify;
  /** Has a worker load its code now, so that the first answer does not wait for it. */
  start: () => void;
  close: () => Promise<void>;
} {
  const { workers = 1, deadline = DEADLINE, ...rest } = settings;
  const { start, run, close } = threadPool<Job, Judgement>({
    worker: WORKER,
    settings: rest,
    threads: workers,
    deadline,
    lengthOf: ({ response }) => response.length,
  });
  return { verify: async (task, signal) => run(jobOf(task), signal), start, close };
}

function jobOf(task: Task): Job {
  if (task.reference.domain !== 'maths')
    throw new TypeError(`the maths verifier judges maths, not ${task.reference.domain}`);
  const { response, accept } = task;
  return { reference: task.reference.answer, response, ...(accept && { accept }) };
}
