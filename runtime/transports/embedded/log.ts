import type { StatementSync } from 'node:sqlite';
import type { Headers, NewRecord, StoredRecord } from '../../transport.ts';
import { type Database, inArrays } from './database.ts';
import { OFFSETS, offsetOf, rowKey, sqlName } from './names.ts';
import { pack, unpack } from './packing.ts';

/** The topics' records: one SQL table a topic, with `partition` and `offset` as columns for whoever reads it in SQL. */
export interface Log {
  create(topic: string): void;
  /** The offsets that the records got. To be called within a transaction. */
  append(records: readonly NewRecord[]): number[];
  read(topic: string, partition: number, from: number, max: number): StoredRecord[];
  end(topic: string, partition: number): number;
}

/** Reads come in bounded pieces, so that large records do not pile up in memory. */
const MAX_READ_BYTES = 8 * 2 ** 20;

/** @param sql gives the full name of a topic */
export const openLog = (database: Database, sql: (topic: string) => string): Log => {
  const statements = new Map<string, Statements>();
  const of = (topic: string): Statements => {
    const known = statements.get(topic);
    if (known) return known;
    const made = prepare(database, sqlName(sql(topic)));
    statements.set(topic, made);
    return made;
  };
  const end = (topic: string, partition: number): number => {
    const last = of(topic).last.get(rowKey(partition, 0), rowKey(partition + 1, 0)) as { key: number } | undefined;
    return last ? offsetOf(last.key) + 1 : 0;
  };
  return {
    create: (topic) =>
      database.exec(`
        CREATE TABLE IF NOT EXISTS ${sqlName(sql(topic))} (
          row INTEGER PRIMARY KEY, key TEXT NOT NULL, value BLOB NOT NULL, headers TEXT,
          partition INTEGER GENERATED ALWAYS AS (row / ${OFFSETS}) VIRTUAL,
          "offset" INTEGER GENERATED ALWAYS AS (row % ${OFFSETS}) VIRTUAL
        )`),
    append: (records) => {
      const ends = new Map<string, number>();
      return records.map((record) => {
        const place = `${record.partition} ${record.topic}`;
        const offset = ends.get(place) ?? end(record.topic, record.partition);
        ends.set(place, offset + 1);
        const key = rowKey(record.partition, offset);
        of(record.topic).insert.run(key, record.key, pack(record.value), headersText(record.headers));
        return offset;
      });
    },
    read: (topic, partition, from, max) => {
      const rows: StoredRecord[] = [];
      let bytes = 0;
      database.beginReading();
      for (const row of of(topic).read.iterate(rowKey(partition, from), rowKey(partition + 1, 0), max)) {
        const record = stored(topic, partition, row as unknown as Row);
        rows.push(record);
        bytes += record.value.length;
        if (bytes > MAX_READ_BYTES) break;
      }
      return rows;
    },
    end,
  };
};

type Row = [row: number, key: string, value: Uint8Array, headers: string | null];

interface Statements {
  insert: StatementSync;
  read: StatementSync;
  last: StatementSync;
}

const prepare = (database: Database, table: string): Statements => ({
  insert: database.prepare(`INSERT INTO ${table} (row, key, value, headers) VALUES (?, ?, ?, ?)`),
  read: inArrays(
    database.prepare(`SELECT row, key, value, headers FROM ${table} WHERE row >= ? AND row < ? ORDER BY row LIMIT ?`),
  ),
  last: database.prepare(`SELECT row AS key FROM ${table} WHERE row >= ? AND row < ? ORDER BY row DESC LIMIT 1`),
});

const stored = (topic: string, partition: number, [row, key, value, headers]: Row): StoredRecord => ({
  topic,
  partition,
  offset: offsetOf(row),
  key,
  value: unpack(value),
  headers: headers === null ? noHeaders : (JSON.parse(headers) as Headers),
});

const noHeaders: Headers = {};
const headersText = (headers: Headers): string | null => {
  for (const _ in headers) return JSON.stringify(headers);
  return null;
};
