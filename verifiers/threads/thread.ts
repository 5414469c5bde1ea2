import { Worker } from 'node:worker_threads';
import type { Progress } from './serve.ts';

/** What became of a batch: all done, or the worker was lost at one of its jobs. */
export type BatchOutcome<Result> =
  | { readonly results: readonly Result[] }
  | { readonly lostAt: number; readonly why: 'deadline' | 'crash'; readonly cause: unknown };

export interface Thread<Job, Result> {
  /** Loads its code ahead of the first batch; keeps no process alive for that. */
  readonly start: () => void;
  readonly run: (batch: readonly Job[]) => Promise<BatchOutcome<Result>>;
  readonly close: () => Promise<void>;
}

const LIMITS = { maxOldGenerationSizeMb: 256, stackSizeMb: 4 };

interface Live {
  readonly worker: Worker;
  readonly progress: Int32Array;
  /** Settles when the worker has loaded its code; a failure to do so shows at the first batch. */
  readonly ready: Promise<void>;
}

/**
 * A worker that does one batch at a time. A job at which it makes no progress for `deadline` milliseconds costs the
 * worker; the next batch gets a new one. The time in which a worker starts does not count.
 */
export function startThread<Job, Result>(module: URL, settings: object, deadline: number): Thread<Job, Result> {
  let live: Live | null = null;
  let closed = false;
  const start = (): void => {
    if (closed || live) return;
    live = spawn(module, settings);
    live.worker.unref();
  };
  const drop = async (): Promise<void> => {
    const dropped = live;
    live = null;
    await dropped?.worker.terminate();
  };
  const run = async (batch: readonly Job[]): Promise<BatchOutcome<Result>> => {
    if (closed) return { lostAt: 0, why: 'crash', cause: new Error('the verifier was closed') };
    live ??= spawn(module, settings);
    // Held here: whoever closes meanwhile drops it.
    const { worker, ready, progress } = live;
    worker.ref();
    const lost = await ready.then(
      () => null,
      (cause: unknown) => ({ lostAt: 0, why: 'crash', cause }) as const,
    );
    const outcome = lost ?? (await runBatch<Job, Result>(worker, progress, batch, deadline));
    // Its end is waited for then, with nothing else to keep the process.
    if (!closed) worker.unref();
    if ('lostAt' in outcome) await drop();
    return outcome;
  };
  const close = async (): Promise<void> => {
    closed = true;
    await drop();
  };
  return { start, run, close };
}

function spawn(module: URL, settings: object): Live {
  const progress = new SharedArrayBuffer(4);
  const workerData: Progress = { ...settings, progress };
  const worker = new Worker(module, { workerData, resourceLimits: LIMITS });
  worker.on('error', () => {});
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject).once('exit', () => reject(new Error('the worker ended while it started')));
  });
  ready.catch(() => {});
  return { worker, progress: new Int32Array(progress), ready };
}

function runBatch<Job, Result>(
  worker: Worker,
  progress: Int32Array,
  batch: readonly Job[],
  deadline: number,
): Promise<BatchOutcome<Result>> {
  return new Promise((resolve) => {
    const watch = watchProgress(progress, deadline, () =>
      settle({ lostAt: Atomics.load(progress, 0), why: 'deadline', cause: undefined }),
    );
    const onMessage = (results: readonly Result[]): void => settle({ results });
    const onLost = (cause: unknown): void => settle({ lostAt: Atomics.load(progress, 0), why: 'crash', cause });
    const settle = (outcome: BatchOutcome<Result>): void => {
      clearInterval(watch);
      worker.off('message', onMessage).off('error', onLost).off('exit', onLost);
      resolve(outcome);
    };
    worker.on('message', onMessage).on('error', onLost).on('exit', onLost);
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
