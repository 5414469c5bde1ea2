/** Processes that are kept ready. */
export interface Pool<T> {
  /** A ready one, or a new one; rejects where none can be made. */
  take(): Promise<T>;
  /** Gives one back once it is as good as new, or null instead when it will not be. */
  give(item: Promise<T | null>): void;
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
  const ready: Promise<T | null>[] = [];
  let closed = false;

  function prepare(): void {
    while (!closed && ready.length < spare) {
      const item = make();
      item.catch(() => {}); // told to the one who takes it
      ready.push(item);
    }
  }

  return {
    async take() {
      // One that failed while nobody waited for it gets a successor; the successor's failure is told.
      const item = ready.shift()?.catch(() => null);
      if (refill) prepare();
      return (await item) ?? make();
    },
    give(item) {
      if (!closed && ready.length < spare) ready.push(item);
      else void item.then((returned) => (returned === null ? undefined : dispose(returned)));
    },
    async warm() {
      prepare();
      await Promise.all(ready);
    },
    async close() {
      closed = true;
      const items = await Promise.allSettled(ready.splice(0));
      const left = items.map((item) => (item.status === 'fulfilled' ? item.value : null));
      await Promise.all(left.map((item) => (item === null ? undefined : dispose(item))));
    },
  };
}
