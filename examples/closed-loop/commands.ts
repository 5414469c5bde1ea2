import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const entry = resolve(import.meta.dirname, '../../cli/sluice.js');

/** A `sluice` command in the example's folder, as anyone would give it; what it prints. Rejects with what it said if it fails. */
export const sluice = async (folder: string, ...args: readonly string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, [entry, ...args], { cwd: folder, maxBuffer: 1 << 26 });
  return stdout;
};

/** YAML takes JSON as it is. Gives the file's name. */
export const configured = (folder: string, run: string, settings: object): string => {
  const file = `${run}.yaml`;
  writeFileSync(join(folder, file), `${JSON.stringify({ run, ...settings }, null, 2)}\n`);
  return file;
};
