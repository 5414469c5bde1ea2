import { DatabaseSync } from 'node:sqlite';
import { TransportError } from '../../errors.ts';

/**
 * Holds a run for this process. The operating system lets go of it when the process dies, however it dies.
 * Throws `store-locked` where another process has it.
 */
export const lockRun = (file: string, run: string): { release(): void } => {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new TransportError(
      'store-locked',
      `another process works on the run "${run}" (${file}): stop it first, or give this one another name with --set run=NAME`,
      { cause },
    );
  }
  return { release: () => lock.close() };
};
