import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The processes that a planted grader has noted in its folder. */
export const pidsIn = (folder: string): number[] =>
  existsSync(join(folder, 'pids')) ? readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n').map(Number) : [];

/** Whether a process runs; one that has ended and nobody has asked after does not. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/stat`;
  return !existsSync('/proc/self') || (existsSync(status) && !/\) Z /.test(readFileSync(status, 'utf8')));
};
