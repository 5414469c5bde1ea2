import { parentPort } from 'node:worker_threads';

/** A worker that says of each job in how long a batch it came. */
parentPort?.postMessage('ready');
parentPort?.on('message', (batch: readonly unknown[]) => parentPort?.postMessage(batch.map(() => batch.length)));
