import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { checkFile } from './check-file.ts';

/**
 * SHA-256 of a file's bytes as they lie on disk, in hex, read in a stream: the same content under another name is
 * known again, and a file that grew is not. Throws a DataError as `openBytes` does.
 */
export const contentHash = async (path: string, signal?: AbortSignal): Promise<string> => {
  await checkFile(path);
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    signal?.throwIfAborted();
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
};
