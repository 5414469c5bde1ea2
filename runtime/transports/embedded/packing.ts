import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { TransportError } from '../../errors.ts';

/** Below this many bytes a frame costs more time than it saves room: that is where models' texts begin. */
const PACKED_FROM = 4096;
/** No record is so large: a damaged frame must not fill the memory. */
const LARGEST = 256 * 2 ** 20;
/** How a zstd frame begins (RFC 8878, section 3.1.1), and no Avro record does. */
const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** A value as it lies in the file: a large one as a zstd frame, any other as it is. */
export const pack = (value: Uint8Array): Uint8Array =>
  value.length >= PACKED_FROM || isFrame(value) ? zstdCompressSync(value, fast) : value;

/** The value of what lies in the file. Throws `store-damaged` where its frame is broken. */
export const unpack = (stored: Uint8Array): Uint8Array => {
  if (!isFrame(stored)) return stored;
  try {
    return zstdDecompressSync(stored, { maxOutputLength: LARGEST });
  } catch (cause) {
    const message = 'the store holds a value that cannot be read any more: restore a copy of its file';
    throw new TransportError('store-damaged', message, { cause });
  }
};

const isFrame = (bytes: Uint8Array): boolean => MAGIC.every((byte, index) => bytes[index] === byte);
