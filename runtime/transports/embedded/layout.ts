import { randomBytes } from 'node:crypto';
import { closeSync, constants, copyFileSync, fsyncSync, linkSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TransportError } from '../../errors.ts';

/** Version of the file's layout, in `PRAGMA user_version`. */
const LAYOUT = 1;

/** Bytes: records of half a page and more would have a page each. Fixed once the file is made. */
const PAGE = 8192;

/** "Slui", in `PRAGMA application_id`: what tells a store from another program's database. */
const OURS = 0x536c7569;

/**
 * Makes the store's file where there is none: it appears whole or not at all, and never in the place of another, so
 * that an empty file under its name is a store that was lost.
 */
export const makeLayout = (file: string): void => {
  if (statSync(file, { throwIfNoEntry: false })) return;
  const folder = dirname(file);
  const draft = join(folder, `.sluice.${process.pid}.${randomBytes(4).toString('hex')}.new`);
  try {
    const database = new DatabaseSync(draft);
    database.exec(`
      PRAGMA page_size = ${PAGE};
      CREATE TABLE topics (
        name TEXT PRIMARY KEY, partitions INTEGER NOT NULL, compacted INTEGER NOT NULL, max_record_bytes INTEGER NOT NULL
      );
      CREATE TABLE positions (
        stage TEXT, topic TEXT, partition INTEGER, "offset" INTEGER NOT NULL, metadata TEXT NOT NULL,
        PRIMARY KEY (stage, topic, partition)
      ) WITHOUT ROWID;
      PRAGMA application_id = ${OURS};
      PRAGMA user_version = ${LAYOUT};
    `);
    database.close();
    place(draft, file);
    sync(folder);
  } finally {
    rmSync(draft, { force: true });
  }
};

/** Gives the draft its name; whoever made the store meanwhile was first. Not all file systems have links. */
const place = (draft: string, file: string): void => {
  try {
    linkSync(draft, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    copyFileSync(draft, file, constants.COPYFILE_EXCL);
  }
};

const sync = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Looks at a file before anything in it is changed. Throws a TransportError where it is empty, another program's
 * (`store-foreign`), or a newer sluice's (`store-newer`).
 */
export const checkLayout = (file: string): void => {
  const found = statSync(file);
  if (!found.isFile()) throw foreign(file, 'is no file');
  if (found.size === 0) throw foreign(file, 'is empty, and a store never is');
  const database = new DatabaseSync(file, { readOnly: true, timeout: 30_000 });
  try {
    const application = pragma(database, 'application_id');
    const version = pragma(database, 'user_version');
    if (application !== OURS) throw foreign(file, 'is the database of another program');
    if (version <= LAYOUT) return;
    throw new TransportError(
      'store-newer',
      `${file} was written by a newer sluice (layout ${version}, this one knows ${LAYOUT}): use that version, or another transport.path`,
    );
  } finally {
    database.close();
  }
};

const pragma = (database: DatabaseSync, name: 'application_id' | 'user_version'): number =>
  Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);

const foreign = (file: string, what: string): TransportError =>
  new TransportError(
    'store-foreign',
    `${file} ${what}: put a copy of the store back, name another transport.path, or remove the file to begin anew, which asks and pays for everything again`,
  );

/** What SQLite finds wrong in a file, a line each, at most ten; nothing where it is whole. Reads all of it. */
export const damageOf = (file: string): string[] => {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 30_000 });
  try {
    const rows = database.prepare('PRAGMA quick_check(10)').all() as { quick_check: string }[];
    return rows.map((row) => row.quick_check).filter((line) => line !== 'ok');
  } finally {
    database.close();
  }
};
