import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SettingsError } from '../settings/settings.ts';
import { makeFolder } from '../store/folders.ts';

/**
 * Holds a folder of outputs for this process: two writers would cut each other's files back. The operating system lets
 * go of it when the process dies, however it dies. Throws a SettingsError where another process has it.
 * @param place where the configuration names it
 */
export const holdFolder = (folder: string, place: string): { release(): void } => {
  makeFolder(folder);
  const lock = new DatabaseSync(join(folder, '.writer'), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new SettingsError(
      `${place}: another process writes its files into ${folder}: leave the stage export to one process of a run, or name another folder`,
      { cause },
    );
  }
  return { release: () => lock.close() };
};
