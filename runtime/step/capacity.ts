import { wait } from '../../waiting/wait.ts';

/** Bounds what a stage has in hand, over all its tasks: by count and by bytes. */
export interface Capacity {
  /**
   * Waits for room, in the order of the calls; false where the signal aborts first. A single record larger than the
   * byte limit enters alone.
   */
  enter(bytes: number, signal: AbortSignal): Promise<boolean>;
  leave(bytes: number): void;
  /** How many may enter at once right now; 1 at least. */
  readonly free: number;
  readonly inside: number;
}

interface Entrant {
  readonly bytes: number;
  readonly enter: () => void;
}

export const capacity = (maxCount: number, maxBytes: number): Capacity => {
  let count = 0;
  let held = 0;
  let waiting: Entrant[] = [];
  const fits = (bytes: number) => count < maxCount && (count === 0 || held + bytes <= maxBytes);
  const admit = (bytes: number) => {
    count++;
    held += bytes;
  };
  const letIn = () => {
    for (let next = waiting[0]; next && fits(next.bytes); next = waiting[0]) {
      waiting.shift();
      admit(next.bytes);
      next.enter();
    }
  };
  const roomFor = async (bytes: number, signal: AbortSignal): Promise<boolean> => {
    const end = await wait({
      signal,
      begin: (enter) => {
        const mine = { bytes, enter };
        waiting.push(mine);
        return () => {
          const before = waiting.length;
          waiting = waiting.filter((one) => one !== mine);
          if (waiting.length < before) letIn();
        };
      },
    });
    return end === 'called';
  };
  return {
    enter: (bytes, signal) => {
      if (signal.aborted) return Promise.resolve(false);
      if (waiting.length === 0 && fits(bytes)) {
        admit(bytes);
        return Promise.resolve(true);
      }
      return roomFor(bytes, signal);
    },
    leave: (bytes) => {
      count--;
      held -= bytes;
      letIn();
    },
    get free() {
      return Math.max(1, maxCount - count - waiting.length);
    },
    get inside() {
      return count;
    },
  };
};
