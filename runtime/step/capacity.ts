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

interface Waiting {
  readonly bytes: number;
  readonly enter: () => void;
}

export const capacity = (maxCount: number, maxBytes: number): Capacity => {
  let count = 0;
  let held = 0;
  let waiting: Waiting[] = [];
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
  return {
    enter: (bytes, signal) => {
      if (signal.aborted) return Promise.resolve(false);
      if (waiting.length === 0 && fits(bytes)) {
        admit(bytes);
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const settle = (entered: boolean) => {
          signal.removeEventListener('abort', giveUp);
          resolve(entered);
        };
        const mine = { bytes, enter: () => settle(true) };
        const giveUp = () => {
          waiting = waiting.filter((one) => one !== mine);
          settle(false);
          letIn();
        };
        signal.addEventListener('abort', giveUp, { once: true });
        waiting.push(mine);
      });
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
