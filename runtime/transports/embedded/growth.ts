import { wait } from '../../../waiting/wait.ts';
import type { Database } from './database.ts';

/** Wakes whoever waits for new records: at once for those of this process, by a poll for those of other processes. */
export interface Growth {
  /** To be called with each topic that a transaction appends to, and with the place there. */
  note(...names: readonly string[]): void;
  /** Wakes those who wait for a topic or a place that was noted since. */
  wake(): void;
  wait(names: readonly string[], milliseconds: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** One partition of a topic, for those who wait for that alone. */
export const placeOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string =>
  `${partition} ${topic}`;

const POLL_MILLISECONDS = 200;

export const watchGrowth = (database: Database): Growth => {
  const waiters = new Map<() => void, readonly string[]>();
  let grown = new Set<string>();
  let seen: unknown;
  const wake = () => {
    const names = grown;
    grown = new Set();
    for (const [done, wanted] of [...waiters]) if (wanted.some((name) => names.has(name))) done();
  };
  const wakeAll = () => {
    for (const done of [...waiters.keys()]) done();
  };
  // SQLite counts the commits of other connections, those of other processes among them.
  const version = database.prepare('PRAGMA data_version');
  const poll = setInterval(() => {
    if (waiters.size === 0) return;
    database.endReading();
    const now = (version.get() as { data_version: number }).data_version;
    if (seen !== undefined && now !== seen) wakeAll();
    seen = now;
  }, POLL_MILLISECONDS);
  poll.unref();
  return {
    note: (...names) => {
      for (const name of names) grown.add(name);
    },
    wake,
    wait: async (names, milliseconds, signal) => {
      const begin = (done: () => void) => {
        waiters.set(done, names);
        return () => waiters.delete(done);
      };
      await wait({ signal, milliseconds, begin });
    },
    close: () => {
      clearInterval(poll);
      wakeAll();
    },
  };
};
