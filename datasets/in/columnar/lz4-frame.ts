const MAGIC = 0x184d2204;
const HEAD_BYTES = 7;
const CONTENT_SIZE_BYTES = 8;
const DICTIONARY_BYTES = 4;
const CHECKSUM_BYTES = 4;

/**
 * What an LZ4 frame holds (github.com/lz4/lz4, doc/lz4_Frame_format.md), as Arrow compresses its buffers. Checksums are
 * not looked at. Throws on bytes that are no frame, or that end before it does.
 */
export const lz4Frame = (bytes: Uint8Array): Uint8Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_BYTES || view.getUint32(0, true) !== MAGIC) throw new Error('no LZ4 frame');
  const flags = bytes[4]!;
  const hasBlockChecksums = (flags & 0x10) !== 0;
  let at = HEAD_BYTES + (flags & 0x08 ? CONTENT_SIZE_BYTES : 0) + (flags & 0x01 ? DICTIONARY_BYTES : 0);
  const output = growing();
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return output.bytes();
    const length = size & 0x7fffffff;
    const block = bytes.subarray(at, at + length);
    if (block.length < length) throw new Error('an LZ4 frame that ends too early');
    // The highest bit says that the block is as it was.
    if (length === size) lz4Block(block, output);
    else output.append(block);
    at += length + (hasBlockChecksums ? CHECKSUM_BYTES : 0);
  }
};

type Growing = ReturnType<typeof growing>;

/** Bytes that become more. */
const growing = () => {
  let buffer = new Uint8Array(65_536);
  let length = 0;
  const makeRoom = (more: number): void => {
    if (length + more <= buffer.length) return;
    const larger = new Uint8Array(Math.max(2 * buffer.length, length + more));
    larger.set(buffer.subarray(0, length));
    buffer = larger;
  };
  return {
    append(bytes: Uint8Array): void {
      makeRoom(bytes.length);
      buffer.set(bytes, length);
      length += bytes.length;
    },
    /** Bytes again that stand so far back; they may overlap with what they become. */
    repeat(offset: number, count: number): void {
      if (offset === 0 || offset > length) throw new Error(`an LZ4 block that looks ${offset} bytes back`);
      makeRoom(count);
      for (let done = 0; done < count; done++, length++) buffer[length] = buffer[length - offset]!;
    },
    bytes: (): Uint8Array => buffer.subarray(0, length),
  };
};

/** One block: literals and matches in turns, the last without a match (doc/lz4_Block_format.md). */
const lz4Block = (block: Uint8Array, output: Growing): void => {
  let at = 0;
  const next = (): number => {
    if (at >= block.length) throw new Error('an LZ4 block that ends too early');
    return block[at++]!;
  };
  /** A length of four bits goes on in further bytes where they are full. */
  const lengthFrom = (bits: number): number => {
    let length = bits;
    for (let more = bits === 15 ? 255 : 0; more === 255; length += more) more = next();
    return length;
  };
  while (at < block.length) {
    const token = next();
    const literals = lengthFrom(token >> 4);
    if (at + literals > block.length) throw new Error('an LZ4 block that ends too early');
    output.append(block.subarray(at, at + literals));
    at += literals;
    if (at === block.length) return;
    const offset = next() | (next() << 8);
    output.repeat(offset, 4 + lengthFrom(token & 15));
  }
};
