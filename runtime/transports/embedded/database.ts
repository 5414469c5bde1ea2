import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { TransportError } from '../../errors.ts';
import { checkLayout, makeLayout } from './layout.ts';

/**
 * Opens the store's file, making it where there is none. One transaction covers log, positions, stores and tables.
 * Throws a TransportError: `store-foreign`, `store-newer`, `store-damaged`, `disk-full`.
 */
export const openDatabase = (file: string): Database => {
  mkdirSync(dirname(file), { recursive: true });
  return explained(file, () => {
    makeLayout(file);
    checkLayout(file);
    const database = new Database(file, { timeout: 30_000 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768');
    return database;
  });
};

/**
 * Reads of one moment share a transaction: to lock and unlock the file for each of them takes longer than to look up a
 * key. They see the store as the first of them did, until the moment is over or something is executed.
 */
export class Database extends DatabaseSync {
  readonly #begin = this.prepare('BEGIN');
  readonly #end = this.prepare('COMMIT');
  #over: NodeJS.Immediate | undefined;
  #reads = 0;

  /** To be called before a read. */
  beginReading(): void {
    if (this.#reads >= MOST_READS) this.endReading();
    this.#reads++;
    if (this.isTransaction) return;
    this.#begin.run();
    this.#over = setImmediate(() => this.endReading());
  }

  /** To be called before what is to see, or to change, the store as it is now. */
  endReading(): void {
    this.#reads = 0;
    if (this.#over === undefined) return;
    clearImmediate(this.#over);
    this.#over = undefined;
    this.#end.run();
  }

  override exec(sql: string): void {
    this.endReading();
    super.exec(sql);
  }

  override close(): void {
    this.endReading();
    super.close();
  }
}

/** Who reads on and on without a pause keeps the write-ahead log from being shortened by others for no longer than this. */
const MOST_READS = 1000;

/** The statement with its rows as arrays, for what is read with each record: objects are made as dictionaries, and cost more. */
export const inArrays = (statement: StatementSync): StatementSync => {
  statement.setReturnArrays(true);
  return statement;
};

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
