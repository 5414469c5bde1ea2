import { workerData } from 'node:worker_threads';

export interface WatchdogInput {
  readonly parent: number;
  readonly maxMemoryBytes: number;
}

/** Ends the decoder's process from a thread of its own: a decoder that runs without end looks at nothing itself. */
const { parent, maxMemoryBytes } = workerData as WatchdogInput;

setInterval(() => {
  if (process.ppid !== parent || process.memoryUsage.rss() > maxMemoryBytes) process.kill(process.pid, 'SIGKILL');
}, 100);
