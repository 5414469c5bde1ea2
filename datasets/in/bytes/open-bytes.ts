import { createReadStream } from 'node:fs';
import { access, constants, open, stat } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { DataError } from '../../error.ts';

const chunkBytes = 256 * 1024;

/**
 * A file's bytes in chunks, gzip and zstd taken off (known by their first bytes, not by the name), without a UTF-8
 * byte order mark. Reads as fast as the consumer takes. Throws a DataError where the file is missing, a folder,
 * empty, not readable, damaged, or in UTF-16.
 */
export async function* openBytes(path: string): AsyncGenerator<Buffer> {
  await checkFile(path);
  const source = createReadStream(path, { highWaterMark: chunkBytes });
  const stream = decompressed(source, await beginning(path));
  let first = true;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      yield first ? withoutMark(path, chunk) : chunk;
      first = false;
    }
  } catch (error) {
    throw readFault(path, error);
  } finally {
    stream.destroy();
    source.destroy();
  }
  if (first) throw new DataError('file-empty', path, 'holds nothing once it is decompressed; check how it was made.');
}

/** Refuses what is no readable, non-empty file, and says what to do. */
export const checkFile = async (path: string): Promise<void> => {
  const about = await stat(path).catch((error: unknown) => {
    throw readFault(path, error);
  });
  if (about.isDirectory()) throw new DataError('file-is-folder', path, 'is a folder; name a file in it, or a glob.');
  if (!about.isFile()) throw new DataError('file-unreadable', path, 'is not a regular file; copy its data into one.');
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw readFault(path, error);
  });
  if (about.size === 0) throw new DataError('file-empty', path, 'is empty; check its download, or leave it out.');
};

const beginning = async (path: string): Promise<Buffer> => {
  const handle = await open(path).catch((error: unknown) => {
    throw readFault(path, error);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

const gzip = Buffer.from([0x1f, 0x8b]);
const zstd = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

const decompressed = (source: Readable, magic: Buffer): Readable => {
  const transform = magic.subarray(0, 2).equals(gzip)
    ? createGunzip({ chunkSize: chunkBytes })
    : magic.equals(zstd)
      ? createZstdDecompress({ chunkSize: chunkBytes })
      : null;
  // The error reaches the reader through the transform itself, so the callback has nothing to add.
  return transform ? pipeline(source, transform, () => {}) : source;
};

const withoutMark = (path: string, chunk: Buffer): Buffer => {
  if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) return chunk.subarray(3);
  if ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff))
    throw new DataError('encoding-unknown', path, 'is in UTF-16; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8).');
  return chunk;
};

const readFault = (path: string, error: unknown): DataError => {
  if (error instanceof DataError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const options = { cause: error };
  if (code === 'ENOENT') return new DataError('file-missing', path, 'does not exist; check the path.', options);
  if (code === 'EACCES' || code === 'EPERM')
    return new DataError('file-unreadable', path, 'may not be read; check its permissions.', options);
  if (code?.startsWith('Z_') || code?.startsWith('ZSTD_') || code === 'ERR_ZSTD_INVALID_PARAM')
    return new DataError('file-damaged', path, `cannot be decompressed (${message}); fetch it again.`, options);
  return new DataError('file-unreadable', path, `cannot be read (${code ?? message}).`, options);
};
