import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TransportError } from '../../errors.ts';

/** Version of the file's layout, in `PRAGMA user_version`. */
const LAYOUT = 1;

/**
 * Opens the store's file, making it where there is none. One transaction covers log, positions, stores and tables.
 * Throws a TransportError: `store-newer`, `store-damaged`, `disk-full`.
 */
export const openDatabase = (file: string): DatabaseSync => {
  mkdirSync(dirname(file), { recursive: true });
  return explained(file, () => {
    const database = new DatabaseSync(file, { timeout: 30_000 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768');
    prepareLayout(database, file);
    return database;
  });
};

const prepareLayout = (database: DatabaseSync, file: string): void => {
  const version = layoutOf(database);
  if (version > LAYOUT) {
    database.close();
    throw new TransportError(
      'store-newer',
      `${file} was written by a newer sluice (layout ${version}, this one knows ${LAYOUT}): use that version, or another transport.path`,
    );
  }
  if (version === LAYOUT) return;
  transact(database, () => {
    if (layoutOf(database) === LAYOUT) return;
    database.exec(`
      CREATE TABLE topics (
        name TEXT PRIMARY KEY, partitions INTEGER NOT NULL, compacted INTEGER NOT NULL, max_record_bytes INTEGER NOT NULL
      );
      CREATE TABLE positions (
        stage TEXT, topic TEXT, partition INTEGER, "offset" INTEGER NOT NULL, metadata TEXT NOT NULL,
        PRIMARY KEY (stage, topic, partition)
      ) WITHOUT ROWID;
      PRAGMA user_version = ${LAYOUT};
    `);
  });
};

const layoutOf = (database: DatabaseSync): number =>
  (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;

/** Runs `work` in one immediate transaction; whatever it throws rolls everything back. */
export const transact = <Result>(database: DatabaseSync, work: () => Result): Result => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};

/** Runs `work` and turns what SQLite says into a TransportError with what to do. */
export const explained = <Result>(file: string, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    throw explain(file, error);
  }
};

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const codes = { busy: 5, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 };

const explain = (file: string, error: unknown): unknown => {
  const primary = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
  const because = { cause: error };
  if (primary === codes.full || primary === codes.ioError) {
    return new TransportError(
      'disk-full',
      `cannot write ${file}: the disk is full or failing; free some space and run the same command again`,
      because,
    );
  }
  if (primary === codes.corrupt || primary === codes.notADatabase) {
    return new TransportError(
      'store-damaged',
      `${file} is damaged: restore a copy of it, or start again with another transport.path`,
      because,
    );
  }
  if (primary === codes.busy) {
    return new TransportError(
      'store-locked',
      `${file} was held by another process for 30 seconds: wait for it or stop it`,
      because,
    );
  }
  if (primary === codes.readOnly || primary === codes.cannotOpen) {
    return new TransportError(
      'store-locked',
      `${file} cannot be opened for writing: check the folder's permissions`,
      because,
    );
  }
  return error;
};
