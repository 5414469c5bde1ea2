import { createHash } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DataError } from '../../error.ts';

/** A file that is there whole or not at all. */
export interface DurableFile {
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Makes the file visible under its name, durably. */
  readonly close: () => Promise<{ readonly bytes: number; readonly sha256: string }>;
  /** Leaves nothing behind. Harmless after `close`. */
  readonly abandon: () => Promise<void>;
}

/** Opens a hidden file beside `path`, which takes its name on `close`: written, synced, renamed, folder synced. */
export const openDurable = async (path: string): Promise<DurableFile> => {
  const partial = partialName(path);
  // A link that somebody put there is not written through.
  await rm(partial, { force: true });
  const handle = await open(partial, 'wx');
  const hash = createHash('sha256');
  let bytes = 0;
  let closed = false;
  return {
    write: async (chunk) => {
      hash.update(chunk);
      bytes += chunk.length;
      await handle.writeFile(chunk).catch((error: unknown) => {
        throw writeFault(path, error);
      });
    },
    close: async () => {
      await handle.sync();
      await handle.close();
      closed = true;
      await rename(partial, path);
      await syncFolder(dirname(path));
      return { bytes, sha256: hash.digest('hex') };
    },
    abandon: async () => {
      if (closed) return;
      closed = true;
      await handle.close();
      await rm(partial, { force: true });
    },
  };
};

/** Writes a small file whole. */
export const writeDurable = async (path: string, text: string): Promise<void> => {
  const file = await openDurable(path);
  await file.write(Buffer.from(text));
  await file.close();
};

/** Hidden, so that no reader takes it for a shard. */
const partialName = (path: string): string => join(dirname(path), `.${basename(path)}.partial`);

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
};

const writeFault = (path: string, error: unknown): unknown =>
  (error as NodeJS.ErrnoException).code === 'ENOSPC'
    ? new DataError('disk-full', path, 'the disk is full; make room and run the same command again.', { cause: error })
    : error;
