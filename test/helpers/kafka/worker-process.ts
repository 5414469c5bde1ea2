import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { KafkaSettings } from '../../../runtime/transports/kafka/settings.ts';

/** A copying worker as a process of its own, which can be killed and started again. */
export interface WorkerProcess {
  readonly process: ChildProcess;
  start(): void;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** What it complained of. */
  errors(): string;
}

export const makeWorkerProcess = (settings: KafkaSettings): WorkerProcess => {
  const script = join(import.meta.dirname, 'copy-worker.ts');
  let child: ChildProcess;
  let errors = '';
  const start = () => {
    child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr!.on('data', (chunk) => (errors += chunk));
  };
  start();
  return {
    get process() {
      return child;
    },
    start,
    kill: (signal) =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill(signal);
      }),
    errors: () => errors,
  };
};
