import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Store, StoreWrite } from '../../../transport.ts';
import { TOMBSTONE_MILLISECONDS } from '../topics/shape.ts';

/** A local copy of one partition of a compacted topic, with the offset up to which it holds it. */
export interface Replica extends Store {
  /** Everything of the partition below this offset is in the copy. */
  offset(): number;
  /** Writes and new offset become durable together. */
  apply(writes: readonly StoreWrite[], offset: number): void;
  /** Says of which topic it is a copy: where it was of another one, it forgets everything. */
  adopt(topicId: string): void;
  clear(): void;
  close(): void;
}

/**
 * Opens or makes the copy. It is made anew where it is so old that deletions may have gone from the topic unseen, or is
 * damaged: the topic is the truth, and the copy only saves reading it again.
 */
export const openReplica = (file: string, now: () => number): Replica => {
  mkdirSync(dirname(file), { recursive: true });
  try {
    return useReplica(file, now);
  } catch {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    return useReplica(file, now);
  }
};

const useReplica = (file: string, now: () => number): Replica => {
  const database = new DatabaseSync(file);
  database.exec(schema);
  // Together: entries that are gone under an offset that stays would be missed for good.
  const clear = () => database.exec('BEGIN; DELETE FROM entries; DELETE FROM state; COMMIT');
  const state = database.prepare('SELECT offset, topic, updated FROM state').get() as unknown as State | undefined;
  // A clock that was set back makes a copy look younger than it is, or written in the future: neither is trusted far.
  const usable = state !== undefined && Math.abs(now() - state.updated) < TOMBSTONE_MILLISECONDS / 2;
  if (state !== undefined && !usable) clear();
  let offset = usable ? state.offset : 0;
  let topic = usable ? state.topic : '';

  const forget = () => {
    clear();
    offset = 0;
  };
  const statements = prepare(database);
  const write = (writes: readonly StoreWrite[], next: number) => {
    for (const [key, value] of writes) {
      if (value === null) statements.remove.run(Buffer.from(key));
      else statements.put.run(Buffer.from(key), value);
    }
    statements.mark.run(next, topic, now());
  };
  return {
    offset: () => offset,
    apply: (writes, next) => {
      if (writes.length === 0 && next === offset) return;
      database.exec('BEGIN');
      try {
        write(writes, next);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
      offset = next;
    },
    adopt: (topicId) => {
      if (topic !== topicId && offset > 0) forget();
      topic = topicId;
    },
    clear: forget,
    get: (key) => (statements.get.get(Buffer.from(key)) as { value: Uint8Array } | undefined)?.value,
    scan: (prefix, limit, after) => scan(statements.scan, prefix, limit, after),
    close: () => database.close(),
  };
};

interface State {
  readonly offset: number;
  readonly topic: string;
  readonly updated: number;
}

type Statement = ReturnType<DatabaseSync['prepare']>;

const prepare = (database: DatabaseSync) => ({
  get: database.prepare('SELECT value FROM entries WHERE key = ?'),
  put: database.prepare('INSERT OR REPLACE INTO entries (key, value) VALUES (?, ?)'),
  remove: database.prepare('DELETE FROM entries WHERE key = ?'),
  mark: database.prepare('INSERT OR REPLACE INTO state (id, offset, topic, updated) VALUES (1, ?, ?, ?)'),
  scan: database.prepare('SELECT key, value FROM entries WHERE key >= ? AND key > ? AND key < ? ORDER BY key LIMIT ?'),
});

const scan = (statement: Statement, prefix: string, limit: number, after?: string): [string, Uint8Array][] => {
  const start = Buffer.from(prefix);
  // Bytes of UTF-8 text never reach 0xff: this is behind everything that begins with the prefix.
  const end = Buffer.concat([start, Buffer.from([0xff])]);
  const from = after === undefined ? null : Buffer.from(after);
  const rows = statement.all(start, from ?? NOTHING, end, limit) as { key: Uint8Array; value: Uint8Array }[];
  return rows.map(({ key, value }) => [Buffer.from(key).toString(), value]);
};

// Smaller than every blob in SQLite's order.
const NOTHING = '';

// No fsync: what a power cut takes away is read from the topic again. The journal keeps the file itself whole.
const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS state (id INTEGER PRIMARY KEY, offset INTEGER, topic TEXT, updated INTEGER);
`;
