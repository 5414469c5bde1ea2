import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsError } from '../settings/settings.ts';
import { whyNotWritable } from '../store/folders.ts';

/** What is written into the folder. */
const names = ['cot.jsonl', 'rejected.jsonl', 'report.json', 'report.html', '.writer'];

/**
 * Refuses a folder that cannot be written, one where a link would lead what is written elsewhere, and one that holds
 * the files of another run, whose records would be lost from it; those of a rehearsal may go. Throws a SettingsError.
 * @param place where the configuration names it
 */
export const claimFolder = (folder: string, run: string, place: string): void => {
  const why = whyNotWritable(folder);
  if (why !== null) throw new SettingsError(`${place}: ${folder} cannot be written (${why}): name another folder`);
  for (const name of names) {
    const found = lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (found && !found.isFile())
      throw new SettingsError(
        `${place}: ${join(folder, name)} is ${found.isSymbolicLink() ? 'a symbolic link' : 'no file'}, and outputs are written to files alone: remove it, or name another folder`,
      );
  }
  let other: { run?: unknown; simulated?: unknown };
  try {
    other = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
  } catch {
    return;
  }
  if (other.run === run || other.simulated === true) return;
  throw new SettingsError(
    `${place}: ${folder} holds the files of the run "${String(other.run)}": give this one a folder of its own, such as --set output.dir=out-${run}`,
  );
};
