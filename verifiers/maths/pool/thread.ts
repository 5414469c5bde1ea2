import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { VerifySettings } from '../verify.ts';
import type { Batch, BatchResult, WorkerSettings } from './protocol.ts';

/** What became of a batch: all judged, or the worker was lost at one of its jobs. */
export type BatchOutcome =
  | { readonly results: BatchResult }
  | { readonly lostAt: number; readonly why: 'deadline' | 'crash'; readonly cause: unknown };

export interface Thread {
  readonly run: (batch: Batch) => Promise<BatchOutcome>;
  readonly close: () => Promise<void>;
}

/** The worker's file is a source in the repository and compiled in the package, as this file is. */
const WORKER = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);
const LIMITS = { maxOldGenerationSizeMb: 256, stackSizeMb: 4 };

/**
 * A worker that judges one batch at a time. A job at which it makes no progress for `deadline` milliseconds costs the
 * worker; the next batch gets a new one.
 */
export function startThread(settings: VerifySettings, deadline: number): Thread {
  let live: { worker: Worker; progress: Int32Array } | null = null;
  const spawn = (): { worker: Worker; progress: Int32Array } => {
    const progress = new SharedArrayBuffer(4);
    const workerData: WorkerSettings = { ...settings, progress };
    const worker = new Worker(WORKER, { workerData, resourceLimits: LIMITS });
    worker.unref();
    return { worker, progress: new Int32Array(progress) };
  };
  const drop = async (): Promise<void> => {
    const dropped = live;
    live = null;
    await dropped?.worker.terminate();
  };
  const run = async (batch: Batch): Promise<BatchOutcome> => {
    live ??= spawn();
    const outcome = await runBatch(live.worker, live.progress, batch, deadline);
    if ('lostAt' in outcome) await drop();
    return outcome;
  };
  return { run, close: drop };
}

function runBatch(worker: Worker, progress: Int32Array, batch: Batch, deadline: number): Promise<BatchOutcome> {
  return new Promise((resolve) => {
    const watch = watchProgress(progress, deadline, () =>
      settle({ lostAt: Atomics.load(progress, 0), why: 'deadline', cause: undefined }),
    );
    const onMessage = (results: BatchResult): void => settle({ results });
    const onLost = (cause: unknown): void => settle({ lostAt: Atomics.load(progress, 0), why: 'crash', cause });
    const settle = (outcome: BatchOutcome): void => {
      clearInterval(watch);
      worker
        .off('message', onMessage)
        .off('error', onLost)
        .off('exit', onLost)
        .on('error', () => {});
      worker.unref();
      resolve(outcome);
    };
    worker.on('message', onMessage).on('error', onLost).on('exit', onLost);
    worker.ref();
    Atomics.store(progress, 0, 0);
    worker.postMessage(batch);
  });
}

/** Calls `onStall` when the counter has not moved for the deadline; a quarter of it is how exact that is. */
function watchProgress(progress: Int32Array, deadline: number, onStall: () => void): NodeJS.Timeout {
  let seen = -1;
  let quiet = 0;
  return setInterval(() => {
    const now = Atomics.load(progress, 0);
    quiet = now === seen ? quiet + 1 : 0;
    seen = now;
    if (quiet >= 4) onStall();
  }, deadline / 4);
}
