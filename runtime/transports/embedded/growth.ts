import type { DatabaseSync } from 'node:sqlite';

/** Wakes whoever waits for new records: at once for those of this process, by a poll for those of other processes. */
export interface Growth {
  wake(): void;
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

const POLL_MILLISECONDS = 200;

export const watchGrowth = (database: DatabaseSync): Growth => {
  const waiters = new Set<() => void>();
  let seen: unknown;
  const wake = () => {
    for (const waiter of [...waiters]) waiter();
  };
  // SQLite counts the commits of other connections, those of other processes among them.
  const version = database.prepare('PRAGMA data_version');
  const poll = setInterval(() => {
    if (waiters.size === 0) return;
    const now = (version.get() as { data_version: number }).data_version;
    if (seen !== undefined && now !== seen) wake();
    seen = now;
  }, POLL_MILLISECONDS);
  poll.unref();
  return {
    wake,
    wait: (milliseconds, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          waiters.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, signal.aborted ? 0 : milliseconds);
        signal.addEventListener('abort', done, { once: true });
        waiters.add(done);
      }),
    close: () => clearInterval(poll),
  };
};
