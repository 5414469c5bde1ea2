import type { Surroundings } from '../surroundings.ts';
import type { ControlLog } from './control.ts';

/** Seals one partition of a stage's outputs, once in an epoch: nothing more will come. */
export const sealer = (stage: string, topics: readonly string[], partition: number, around: Surroundings) => {
  let sealedIn = -1;
  return async (epoch: number): Promise<void> => {
    if (epoch === sealedIn || epoch < 0) return;
    for (const topic of topics) {
      const end = (await around.transport.ends(topic))[partition] ?? 0;
      await around.control.seal(topic, partition, end, epoch);
      around.observe({ kind: 'sealed', stage, topic, partition, end });
    }
    sealedIn = epoch;
  };
};

/** Interrupts a stage's waiting when there may be something to do. */
export interface Waker {
  /** Aborts at the next wake-up; to be asked for anew for each wait. */
  signal(): AbortSignal;
  now(): void;
  /** Resolves at the next wake-up, at the latest after some milliseconds. */
  wait(milliseconds: number): Promise<void>;
}

export const waker = (control: ControlLog, ...signals: readonly AbortSignal[]): Waker => {
  let controller = new AbortController();
  const now = () => controller.abort();
  control.onChange(now);
  for (const signal of signals) signal.addEventListener('abort', now, { once: true });
  const signal = () => {
    if (controller.signal.aborted) controller = new AbortController();
    return controller.signal;
  };
  return {
    signal,
    now,
    wait: (milliseconds) =>
      new Promise((resolve) => {
        const wakened = signal();
        const done = () => {
          clearTimeout(timer);
          resolve();
        };
        const timer = setTimeout(() => {
          wakened.removeEventListener('abort', done);
          resolve();
        }, milliseconds);
        wakened.addEventListener('abort', done, { once: true });
      }),
  };
};
