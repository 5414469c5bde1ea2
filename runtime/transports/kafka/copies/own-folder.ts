import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TransportError } from '../../../errors.ts';

/** A folder that belongs to one process at a time, and the name that the process goes by. */
export interface OwnFolder {
  readonly path: string;
  readonly instance: string;
  release(): void;
}

/**
 * Takes `<base>/<instanceId>`, or the first free `<base>/<kind>-<n>`, whose name is made up once and kept in it.
 * The lock is SQLite's, so that it goes with the process, however that ends. Throws `store-locked` where another
 * process has the named folder.
 */
export const takeFolder = (base: string, kind: 'worker' | 'reader', instanceId?: string): OwnFolder => {
  if (instanceId !== undefined) {
    const path = join(base, instanceId);
    const release = lock(path);
    if (release !== null) return { path, instance: instanceId, release };
    const advice = 'stop the other process, or give this one an instanceId of its own';
    throw new TransportError('store-locked', `${path} is in use by another process; ${advice}`);
  }
  for (let number = 1; ; number++) {
    const path = join(base, `${kind}-${number}`);
    const release = lock(path);
    if (release !== null) return { path, instance: keptName(join(path, 'name')), release };
  }
};

const lock = (path: string): (() => void) | null => {
  mkdirSync(path, { recursive: true });
  const database = new DatabaseSync(join(path, 'lock.sqlite'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return () => database.close();
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
};

const keptName = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const name = randomUUID();
    writeFileSync(file, name);
    return name;
  }
};

const SQLITE_BUSY = 5;
