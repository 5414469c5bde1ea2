import type { Store, StoreWrite } from '../../transport.ts';
import { type Database, inArrays } from './database.ts';
import { sqlName } from './names.ts';

/** One stage's key-value state, one SQL table for all its partitions. */
export interface StageStore {
  of(partition: number): Store;
  /** To be called within a transaction. */
  write(partition: number, writes: readonly StoreWrite[]): void;
}

export const openStore = (database: Database, name: string): StageStore => {
  const table = sqlName(name);
  database.exec(`
    CREATE TABLE IF NOT EXISTS ${table} (
      partition INTEGER, key TEXT, value BLOB NOT NULL, PRIMARY KEY (partition, key)
    ) WITHOUT ROWID`);
  const get = inArrays(database.prepare(`SELECT value FROM ${table} WHERE partition = ? AND key = ?`));
  const scan = database.prepare(
    `SELECT key, value FROM ${table} WHERE partition = ? AND key > ? AND key < ? ORDER BY key LIMIT ?`,
  );
  const put = database.prepare(`INSERT OR REPLACE INTO ${table} (partition, key, value) VALUES (?, ?, ?)`);
  const remove = database.prepare(`DELETE FROM ${table} WHERE partition = ? AND key = ?`);
  return {
    of: (partition) => ({
      get: (key) => {
        database.beginReading();
        return (get.get(partition, key) as unknown as [Uint8Array] | undefined)?.[0];
      },
      scan: (prefix, limit, after = '') => {
        database.beginReading();
        const from = after > prefix ? after : prefix;
        const rows = scan.all(partition, from, `${prefix}\u{10ffff}`, limit) as { key: string; value: Uint8Array }[];
        return rows.map(({ key, value }) => [key, value] as const);
      },
    }),
    write: (partition, writes) => {
      for (const [key, value] of writes) {
        if (value) put.run(partition, key, value);
        else remove.run(partition, key);
      }
    },
  };
};
