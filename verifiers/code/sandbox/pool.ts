/** Processes that are kept ready. */
export interface Pool<T> {
  /** A ready one, or a new one; rejects where none can be made. */
  take(): Promise<T>;
  /** Gives one back that is as good as new. */
  give(item: T): Promise<void>;
  /** Makes the spare ones now, so that the first `take` finds them. */
  warm(): Promise<void>;
  /** Disposes of all that lie ready, and of all that are given back later. */
  close(): Promise<void>;
}

export interface PoolSettings<T> {
  readonly make: () => Promise<T>;
  readonly dispose: (item: T) => Promise<void>;
  /** How many may lie ready; the pool never holds more. */
  readonly spare: number;
  /** Whether a taken one is replaced at once, ahead of the next `take`. */
  readonly refill: boolean;
}

export function createPool<T>({ make, dispose, spare, refill }: PoolSettings<T>): Pool<T> {
  const ready: Promise<T>[] = [];
  let closed = false;

  function prepare(): void {
    while (!closed && ready.length < spare) {
      const item = make();
      item.catch(() => {}); // told to the one who takes it
      ready.push(item);
    }
  }

  return {
    take() {
      const item = ready.shift() ?? make();
      if (refill) prepare();
      return item;
    },
    async give(item) {
      if (closed || ready.length >= spare) await dispose(item);
      else ready.push(Promise.resolve(item));
    },
    async warm() {
      prepare();
      await Promise.all(ready);
    },
    async close() {
      closed = true;
      const items = await Promise.allSettled(ready.splice(0));
      await Promise.all(items.map((item) => (item.status === 'fulfilled' ? dispose(item.value) : undefined)));
    },
  };
}
