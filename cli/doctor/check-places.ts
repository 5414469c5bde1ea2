import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { LoadedConfig } from '../config/load.ts';
import { type Check, ok, warning, wrong } from './check.ts';

const GiB = 2 ** 30;
const LITTLE_BYTES = 1 * GiB;

/** Whether the folders that a run writes to can be written, and have room. */
export const checkPlaces = ({ config, folder }: LoadedConfig): Check[] => [
  checkPlace('disk', resolve(folder, config.transport.path)),
  checkPlace('output', resolve(folder, config.output.dir)),
];

const checkPlace = (what: string, path: string): Check => {
  const there = nearest(path);
  try {
    accessSync(there, constants.W_OK);
    const { bavail, bsize } = statfsSync(there);
    const free = bavail * bsize;
    const room = `${path}: ${(free / GiB).toFixed(1)} GiB free`;
    return free < LITTLE_BYTES ? warning(what, `${room}; a large run needs more: free some space`) : ok(what, room);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return wrong(
      what,
      `${path}: cannot be written (${code} at ${there}); check its permissions or name another folder`,
    );
  }
};

/** The folder itself, or the one above that it would be made in. */
const nearest = (path: string): string => (existsSync(path) || dirname(path) === path ? path : nearest(dirname(path)));
