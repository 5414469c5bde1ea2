import type { DatabaseSync } from 'node:sqlite';
import { transact } from './database.ts';

/**
 * Joins the writes of many callers into one fsynced transaction on a short tick, and while others come on a longer one
 * where commits take long: the more is written, the more of it shares a transaction and its pages.
 */
export interface GroupCommit {
  /** `write` runs within the next transaction; resolves with its result when that is on disk. */
  write<Result>(write: () => Result): Promise<Result>;
  /** Commits what is waiting, at once. */
  flush(): void;
}

interface PendingWrite {
  run(): void;
  resolve(): void;
  reject(error: unknown): void;
}

/** A commit waits for others as long as so many of the last one take, and never longer than so many milliseconds. */
const WAITS = 8;
const LONGEST_MILLISECONDS = 25;

/**
 * @param tickMilliseconds the least that a commit waits for others
 * @param committed called after each transaction
 * @param explain turns an error of SQLite's into ours
 */
export const groupCommit = (
  database: DatabaseSync,
  {
    tickMilliseconds,
    committed,
    explained,
  }: {
    tickMilliseconds: number;
    committed: () => void;
    explained: <Result>(work: () => Result) => Result;
  },
): GroupCommit => {
  let waiting: PendingWrite[] = [];
  let timer: NodeJS.Timeout | undefined;
  let tick = tickMilliseconds;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    const began = performance.now();
    try {
      explained(() =>
        transact(database, () => {
          for (const one of batch) one.run();
        }),
      );
    } catch (error) {
      for (const one of batch) one.reject(error);
      return;
    }
    tick = tickAfter(performance.now() - began, tickMilliseconds);
    for (const one of batch) one.resolve();
    committed();
  };
  /** Once more for as long as some come: where nobody does, a commit only holds up who waits for it. */
  const waitForOthers = (milliseconds: number) => {
    const before = waiting.length;
    const some = Math.min(tickMilliseconds, milliseconds);
    timer = setTimeout(() => {
      if (waiting.length > before && some < milliseconds) waitForOthers(milliseconds - some);
      else flush();
    }, some);
  };
  return {
    write: <Result>(write: () => Result) =>
      new Promise<Result>((resolve, reject) => {
        let result: Result;
        const run = () => {
          result = write();
        };
        waiting.push({ run, resolve: () => resolve(result), reject });
        if (timer === undefined) waitForOthers(tick);
      }),
    flush,
  };
};

/** How long the next commit waits for others, after one that took so long; all in milliseconds. */
export const tickAfter = (took: number, least: number): number =>
  Math.max(least, Math.min(LONGEST_MILLISECONDS, WAITS * took));
