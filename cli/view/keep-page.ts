import { dirname, resolve } from 'node:path';
import { replaceFile } from '../../flow/outputs/output-files.ts';
import { makeFolder } from '../../flow/store/folders.ts';

/** Writes a page as a file, whole or not at all; gives where it lies. */
export const keepPage = async (file: string, page: string): Promise<string> => {
  const path = resolve(file);
  makeFolder(dirname(path));
  await replaceFile(path, (put) => put(page));
  return path;
};
