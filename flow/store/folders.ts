import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Why nothing can be written under this folder, whether it is there or is to be made; null where it can. */
export const whyNotWritable = (folder: string): string | null => {
  const there = nearest(folder);
  try {
    if (!statSync(there).isDirectory()) return there === folder ? 'it is a file' : `${there} is a file`;
    accessSync(there, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return `${(error as NodeJS.ErrnoException).code} at ${there}`;
  }
};

/** Makes a folder and those above it. One after another: where the system refuses, Node's own way can try for ever. */
export const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  makeFolder(join(folder, '..'));
  mkdirSync(folder);
};

/** The folder itself, or the one above that it would be made in. */
export const nearest = (path: string): string =>
  existsSync(path) || dirname(path) === path ? path : nearest(dirname(path));
