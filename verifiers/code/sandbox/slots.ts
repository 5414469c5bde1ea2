import { lineOf } from '../../../waiting/line.ts';

/** Lets a fixed number of tasks run at once; the others wait in the order in which they came. */
export interface Slots {
  /** Runs `task` when a slot is free; rejects with `signal.reason` when aborted while it waits. */
  run<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T>;
  /** The same, once no other task runs; those that wait are let in afterwards. */
  alone<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

export function createSlots(count: number): Slots {
  const line = lineOf<void>();
  let free = count;

  async function enter(signal: AbortSignal, again?: 'again'): Promise<void> {
    signal.throwIfAborted();
    if (free === 0) return line.wait(signal, undefined, again);
    free -= 1;
  }

  function leave(): void {
    if (line.length > 0) line.give();
    else free += 1;
  }

  // One at a time takes all slots: two that each held some would wait for each other.
  const sole = lineOf<void>();
  let taken = false;

  async function withSole<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    if (taken) await sole.wait(signal, undefined);
    taken = true;
    try {
      return await task();
    } finally {
      if (sole.length > 0) sole.give();
      else taken = false;
    }
  }

  return {
    alone: (signal, task) =>
      withSole(signal, async () => {
        let held = 0;
        try {
          for (; held < count; held += 1) await enter(signal, 'again');
          return await task();
        } finally {
          for (; held > 0; held -= 1) leave();
        }
      }),
    async run(signal, task) {
      await enter(signal);
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
