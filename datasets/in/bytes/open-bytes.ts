import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { DataError } from '../../error.ts';
import { beginning, checkFile, readFault } from './check-file.ts';
import { cutAtFrames, isZstd } from './zstd-frames.ts';

const chunkBytes = 256 * 1024;

/**
 * A file's bytes in chunks, gzip and zstd taken off (known by their first bytes, not by the name), without a UTF-8
 * byte order mark. Reads as fast as the consumer takes. Throws a DataError where the file is missing, a folder,
 * empty, not readable, damaged, or in UTF-16.
 */
export async function* openBytes(path: string): AsyncGenerator<Buffer> {
  await checkFile(path);
  const source = createReadStream(path, { highWaterMark: chunkBytes });
  const stream = decompressed(source, await beginning(path, 4));
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

const gzip = Buffer.from([0x1f, 0x8b]);

const decompressed = (source: Readable, magic: Buffer): Readable => {
  // The error reaches the reader through the last stream itself, so the callback has nothing to add.
  if (magic.subarray(0, 2).equals(gzip)) return pipeline(source, createGunzip({ chunkSize: chunkBytes }), () => {});
  if (!isZstd(magic)) return source;
  return pipeline(Readable.from(cutAtFrames(source)), createZstdDecompress({ chunkSize: chunkBytes }), () => {});
};

const withoutMark = (path: string, chunk: Buffer): Buffer => {
  if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) return chunk.subarray(3);
  if ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff))
    throw new DataError('encoding-unknown', path, 'is in UTF-16; convert it to UTF-8 (iconv -f UTF-16 -t UTF-8).');
  return chunk;
};
