import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { ChatReply } from '../../llm/port.ts';

/** What an index was made of. */
export interface IndexCounts {
  readonly answers: number;
  /** Different problems that they are about. */
  readonly problems: number;
  /** Rows that held none, or did not tell what it is about. */
  readonly useless: number;
}

/** Answers on disk, by the key of the problem that they are about, in the order of the files. */
export interface AnswerIndex {
  readonly counts: IndexCounts;
  /** Handles of the answers under the first of the keys that has any. */
  find(keys: readonly Uint8Array[]): readonly (() => ChatReply)[];
  close(): void;
}

/** A row's part: answers and the key of what they are about; null: of no use. */
export type Indexed = { readonly key: Uint8Array; readonly answers: readonly ChatReply[] } | null;

/** Beyond these many the answers to one problem are passed over. */
const MOST_ANSWERS = 1024;
const BATCH = 1000;

/** Opens an index that was made to its end before; null where there is none that can be read. */
export const openIndex = (file: string): AnswerIndex | null => {
  if (!existsSync(file)) return null;
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return indexOver(database);
  } catch {
    database.close();
    return null;
  }
};

const indexOver = (database: DatabaseSync): AnswerIndex => {
  const counts = database.prepare('SELECT answers, problems, useless FROM counts').get() as unknown as IndexCounts;
  const numbers = database.prepare('SELECT rowid AS number FROM answers WHERE key = ? ORDER BY rowid LIMIT ?');
  const answer = database.prepare('SELECT answer FROM answers WHERE rowid = ?');
  const read = (number: number): ChatReply => {
    const { answer: packed } = answer.get(number) as { answer: Uint8Array };
    return JSON.parse(zstdDecompressSync(packed).toString()) as ChatReply;
  };
  return {
    counts,
    find: (keys) => {
      for (const key of keys) {
        const found = numbers.all(key, MOST_ANSWERS) as { number: number }[];
        if (found.length > 0)
          return found.map(
            ({ number }) =>
              () =>
                read(number),
          );
      }
      return [];
    },
    close: () => database.close(),
  };
};

/**
 * Makes an index, in a file of another name that gets its own when it is whole: a process that dies leaves none behind
 * that others would take for one. Holds one batch at a time.
 */
export const makeIndex = async (file: string, rows: AsyncIterable<Indexed>): Promise<void> => {
  mkdirSync(dirname(file), { recursive: true });
  removeUnfinished(dirname(file));
  const unfinished = `${file}.${randomUUID()}.unfinished`;
  const database = new DatabaseSync(unfinished);
  try {
    await fill(database, rows);
    database.close();
    flush(unfinished);
    renameSync(unfinished, file);
  } finally {
    if (database.isOpen) database.close();
    rmSync(unfinished, { force: true });
  }
};

const flush = (file: string): void => {
  const handle = openSync(file, 'r');
  fsyncSync(handle);
  closeSync(handle);
};

const fill = async (database: DatabaseSync, rows: AsyncIterable<Indexed>): Promise<void> => {
  // What is half made is made anew: nothing has to survive a crash before the end.
  database.exec(`
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768;
    CREATE TABLE answers (key BLOB NOT NULL, answer BLOB NOT NULL);
    CREATE TABLE counts (answers INTEGER NOT NULL, problems INTEGER NOT NULL, useless INTEGER NOT NULL);
    BEGIN;
  `);
  const insert = database.prepare('INSERT INTO answers (key, answer) VALUES (?, ?)');
  let answers = 0;
  let useless = 0;
  for await (const row of rows) {
    if (row === null || row.answers.length === 0) {
      useless++;
      continue;
    }
    for (const one of row.answers) {
      insert.run(row.key, zstdCompressSync(JSON.stringify(one)));
      if (++answers % BATCH === 0) database.exec('COMMIT; BEGIN');
    }
  }
  database.exec('COMMIT; CREATE INDEX by_key ON answers (key)');
  const { problems } = database.prepare('SELECT count(DISTINCT key) AS problems FROM answers').get() as {
    problems: number;
  };
  database.prepare('INSERT INTO counts VALUES (?, ?, ?)').run(answers, problems, useless);
};

const ABANDONED_AFTER_MILLISECONDS = 24 * 3600 * 1000;

/** Of processes that died at it; a younger one may be at work. */
const removeUnfinished = (folder: string): void => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY);
    if (name.endsWith('.unfinished') && age > ABANDONED_AFTER_MILLISECONDS) rmSync(path, { force: true });
  }
};
