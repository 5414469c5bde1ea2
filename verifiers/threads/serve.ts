import { parentPort, workerData } from 'node:worker_threads';

/** What a worker is started with, beside its settings. */
export interface Progress {
  /** One 32-bit cell: how many jobs of the batch are done. The pool reads it to tell a slow batch from a hung job. */
  readonly progress: SharedArrayBuffer;
}

/** A worker's whole life: does each job of each batch, in order, and sends the results of a batch in one message. */
export function serveJobs<Job, Result>(does: (job: Job) => Result | Promise<Result>): void {
  const done = new Int32Array((workerData as Progress).progress);
  parentPort!.postMessage('ready');
  parentPort!.on('message', async (batch: readonly Job[]) => {
    const results: Result[] = [];
    for (const [index, job] of batch.entries()) {
      Atomics.store(done, 0, index);
      results.push(await does(job));
    }
    parentPort!.postMessage(results);
  });
}
