import { realpath } from 'node:fs/promises';
import { basename, isAbsolute, relative, sep } from 'node:path';
import { DataError } from '../../error.ts';

/** Throws a DataError where a file of a data set is a link, or lies behind one, that leads out of its folder. */
export const refuseLinksOut = async (files: readonly string[], folder: string): Promise<void> => {
  const root = await realpath(folder);
  const blobs = blobsOf(root);
  for (const file of files) {
    const target = await realpath(file).catch(() => file);
    if (isInside(target, root) || (blobs && isInside(target, blobs))) continue;
    throw new DataError(
      'link-leads-out',
      file,
      'is a link that leads out of its data set; copy the file there, name it by itself, or set `links: follow`.',
    );
  }
};

/** In the cache of the Hugging Face Hub a revision's files are links to the blobs beside `snapshots`. */
const blobsOf = (root: string): string | null => {
  const parts = root.split(sep);
  const at = parts.lastIndexOf('snapshots');
  return at > 0 && at < parts.length - 1 ? [...parts.slice(0, at), 'blobs'].join(sep) : null;
};

export const isInside = (file: string, folder: string): boolean => {
  const path = relative(folder, file);
  return path !== '' && !path.startsWith(`..${sep}`) && path !== '..' && !isAbsolute(path);
};

/** A path within a folder, with slashes; the name alone where it lies elsewhere. */
export const pathWithin = (file: string, folder: string): string =>
  isInside(file, folder) ? relative(folder, file).split(sep).join('/') : basename(file);
