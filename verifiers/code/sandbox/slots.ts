import { lineOf } from '../../../waiting/line.ts';

/** Lets a fixed number of tasks run at once; the others wait in the order in which they came. */
export interface Slots {
  /** Runs `task` when a slot is free; rejects with `signal.reason` when aborted while it waits. */
  run<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T>;
}

export function createSlots(count: number): Slots {
  const line = lineOf<void>();
  let free = count;

  async function enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (free === 0) return line.wait(signal, undefined);
    free -= 1;
  }

  function leave(): void {
    if (line.length > 0) line.give();
    else free += 1;
  }

  return {
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
