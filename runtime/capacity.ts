/** Bounds what a stage has in hand, over all its tasks: by count and by bytes. */
export interface Capacity {
  /** Waits for room, in the order of the calls. A single record larger than the byte limit enters alone. */
  enter(bytes: number): Promise<void>;
  leave(bytes: number): void;
  /** How many may enter at once right now; 1 at least. */
  readonly free: number;
  readonly inside: number;
}

export const capacity = (maxCount: number, maxBytes: number): Capacity => {
  let count = 0;
  let held = 0;
  const waiting: { bytes: number; enter: () => void }[] = [];
  const fits = (bytes: number) => count < maxCount && (count === 0 || held + bytes <= maxBytes);
  const admit = (bytes: number) => {
    count++;
    held += bytes;
  };
  return {
    enter: (bytes) => {
      if (waiting.length === 0 && fits(bytes)) {
        admit(bytes);
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        waiting.push({ bytes, enter: resolve });
      });
    },
    leave: (bytes) => {
      count--;
      held -= bytes;
      for (let next = waiting[0]; next && fits(next.bytes); next = waiting[0]) {
        waiting.shift();
        admit(next.bytes);
        next.enter();
      }
    },
    get free() {
      return Math.max(1, maxCount - count - waiting.length);
    },
    get inside() {
      return count;
    },
  };
};
