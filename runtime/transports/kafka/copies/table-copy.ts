import type { Store } from '../../../transport.ts';
import type { Copy } from './copy.ts';

/** A table's partition as this process knows it. */
export interface TableCopy {
  /** The copy, holding all that this process wrote and all that others wrote until a moment ago. */
  fresh(): Promise<Store>;
  /** The copy, holding everything that was written before the call. */
  complete(): Promise<Store>;
  /** One of ours lies at `offset`. */
  wrote(key: string, value: Uint8Array, offset: number): void;
  /** The next `fresh` holds all that others wrote until now: what was theirs is ours from here on. */
  expire(): void;
}

/** @param now milliseconds of a clock that never steps back */
export const makeTableCopy = (copy: Copy, now: () => number): TableCopy => {
  let begun = Number.NEGATIVE_INFINITY;
  let expired = Number.NEGATIVE_INFINITY;
  let needed = 0;
  let running: Promise<void> | null = null;
  let queued: Promise<void> | null = null;

  const round = async (): Promise<void> => {
    const start = now();
    await copy.catchUp();
    begun = start;
  };
  const begin = (): Promise<void> => {
    running = round().finally(() => {
      running = null;
    });
    return running;
  };
  // A round under way may have looked before the call: then the next one counts, shared by all who wait for it.
  const next = (): Promise<void> => {
    if (running === null) return begin();
    queued ??= running
      .catch(() => {})
      .then(() => {
        queued = null;
        return begin();
      });
    return queued;
  };
  const complete = async () => {
    await next();
    return copy.store;
  };
  const isFresh = () => begun >= expired && now() - begun < FRESH_MILLISECONDS && copy.offset() >= needed;
  return {
    complete,
    fresh: async () => (isFresh() ? copy.store : complete()),
    expire: () => {
      expired = now();
    },
    wrote: (key, value, offset) => {
      if (copy.offset() === offset && running === null) copy.landed([[key, value]], offset + 1);
      else needed = Math.max(needed, offset + 1);
    },
  };
};

const FRESH_MILLISECONDS = 50;
