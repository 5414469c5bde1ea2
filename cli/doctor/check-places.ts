import { statfsSync } from 'node:fs';
import { resolve } from 'node:path';
import { nearest, whyNotWritable } from '../../flow/store/folders.ts';
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
  const why = whyNotWritable(path);
  if (why !== null)
    return wrong(what, `${path}: cannot be written (${why}); check its permissions or name another folder`);
  const { bavail, bsize } = statfsSync(nearest(path));
  const free = bavail * bsize;
  const room = `${path}: ${(free / GiB).toFixed(1)} GiB free`;
  return free < LITTLE_BYTES ? warning(what, `${room}; a large run needs more: free some space`) : ok(what, room);
};
