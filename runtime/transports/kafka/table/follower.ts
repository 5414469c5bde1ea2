import { catchUp } from '../follow.ts';
import type { Replica } from '../replica.ts';
import type { Client } from '../wire/client.ts';

/** A table's partition as this process knows it. */
export interface Follower {
  /** The copy, holding all that this process wrote and all that others wrote until a moment ago. */
  fresh(): Promise<Replica>;
  /** The copy, holding everything that was written before the call. */
  complete(): Promise<Replica>;
  /** One of ours lies at `offset`. */
  wrote(key: string, value: Uint8Array, offset: number): void;
}

export const makeFollower = (
  client: Client,
  topic: string,
  partition: number,
  replica: Replica,
  now: () => number,
): Follower => {
  let begun = Number.NEGATIVE_INFINITY;
  let needed = 0;
  let running: Promise<void> | null = null;
  let queued: Promise<void> | null = null;

  const round = async (): Promise<void> => {
    const start = now();
    await catchUp(client, { topic, partition, isolation: 'uncommitted' }, replica);
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
    return replica;
  };
  return {
    complete,
    fresh: async () => (now() - begun < FRESH_MILLISECONDS && replica.offset() >= needed ? replica : complete()),
    wrote: (key, value, offset) => {
      if (replica.offset() === offset && running === null) replica.apply([[key, value]], offset + 1);
      else needed = Math.max(needed, offset + 1);
    },
  };
};

const FRESH_MILLISECONDS = 50;
