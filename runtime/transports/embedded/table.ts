import type { Table } from '../../transport.ts';
import { type Database, inArrays } from './database.ts';
import type { GroupCommit } from './group-commit.ts';
import { sqlName } from './names.ts';
import { pack, unpack } from './packing.ts';

/**
 * A durable map in a SQL table of its own. Rows lie in the order of writing, with a small index over the keys: a table
 * clustered by hashes would touch a page of its own for each large value.
 */
export const openTable = (database: Database, name: string, group: GroupCommit): Table => {
  const table = sqlName(name);
  database.exec(`CREATE TABLE IF NOT EXISTS ${table} (key TEXT NOT NULL UNIQUE, value BLOB NOT NULL)`);
  const get = inArrays(database.prepare(`SELECT value FROM ${table} WHERE key = ?`));
  const put = database.prepare(
    `INSERT INTO ${table} (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
  const page = database.prepare(
    `SELECT rowid AS row, key, value FROM ${table}
     WHERE rowid > :last AND substr(key, 1, length(:prefix)) = :prefix ORDER BY rowid LIMIT 500`,
  );
  // What waits for its commit is there already for whoever asks.
  const waiting = new Map<string, Uint8Array>();
  const read = (key: string): Uint8Array | undefined => {
    database.beginReading();
    return (get.get(key) as unknown as [Uint8Array] | undefined)?.[0];
  };
  return {
    get: async (_partitionKey, key) => {
      const stored = waiting.get(key) ?? read(key);
      return stored && unpack(stored);
    },
    put: async (_partitionKey, key, value) => {
      const packed = pack(value);
      waiting.set(key, packed);
      try {
        await group.write(() => put.run(key, packed));
      } finally {
        if (waiting.get(key) === packed) waiting.delete(key);
      }
    },
    entries: async function* (prefix = '') {
      let last = -1;
      for (;;) {
        const rows = page.all({ last, prefix }) as { row: number; key: string; value: Uint8Array }[];
        for (const { key, value } of rows) yield [key, unpack(value)] as const;
        const final = rows.at(-1);
        if (!final) return;
        last = final.row;
      }
    },
  };
};
