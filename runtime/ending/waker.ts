import { wait } from '../../waiting/wait.ts';
import type { ControlLog } from './control.ts';

/** Interrupts a stage's waiting when there may be something to do. */
export interface Waker {
  /** Aborts at the next wake-up; to be asked for anew for each wait. */
  signal(): AbortSignal;
  now(): void;
  /** Resolves at the next wake-up, at the latest after some milliseconds. */
  wait(milliseconds: number): Promise<void>;
  /** Hears of nothing any more. */
  close(): void;
}

/** Wakes at every change of the control log, and when the signal aborts. */
export const waker = (control: Pick<ControlLog, 'onChange'>, leaving: AbortSignal): Waker => {
  let controller = new AbortController();
  const now = () => controller.abort();
  const signal = () => {
    if (controller.signal.aborted) controller = new AbortController();
    return controller.signal;
  };
  const off = control.onChange(now);
  leaving.addEventListener('abort', now, { once: true });
  return {
    signal,
    now,
    wait: async (milliseconds) => {
      await wait({ signal: signal(), milliseconds });
    },
    close: () => {
      off();
      leaving.removeEventListener('abort', now);
    },
  };
};
