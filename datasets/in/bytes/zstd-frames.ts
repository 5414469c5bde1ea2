/** Whether a file begins with a frame of zstd, one that is to be skipped included (RFC 8878, 3.1). */
export const isZstd = (magic: Buffer): boolean =>
  magic.length === 4 && (magic.readUInt32LE() === frameMagic || isSkippable(magic));

const frameMagic = 0xfd2fb528;
const isSkippable = (magic: Buffer): boolean => magic.readUInt32LE() >>> 4 === 0x184d2a5;

/**
 * The bytes of a zstd file, a piece ending with each frame: the decompressor of `node:zlib` takes what follows a frame
 * in the same piece for the end of the file, and is slow to begin a frame: one that is to be skipped is left out where all
 * of it is at hand and it is not the first. What is not understood is passed on as it is, to be refused there.
 */
export async function* cutAtFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let part: Part = magic;
  let head: Buffer = Buffer.alloc(0);
  let wanted = part.length;
  let isSkipped = false;
  let isFirst = true;
  for await (const chunk of chunks) {
    let start = 0;
    // Of this frame a part was passed on: the rest follows it.
    let isPassed = part !== magic || wanted < part.length;
    for (let at = 0; at < chunk.length; ) {
      const taken = chunk.subarray(at, at + wanted);
      // Only heads are gathered: they are short, and may come in two chunks.
      if (part.next) head = head.length > 0 ? Buffer.concat([head, taken]) : taken;
      wanted -= taken.length;
      at += taken.length;
      while (wanted === 0) {
        const following: Part = part.next ? part.next(head) : part.then;
        if (following === skippedSize) isSkipped = true;
        if (following === magic) {
          if (!isSkipped || isPassed || isFirst) yield chunk.subarray(start, at);
          start = at;
          isSkipped = false;
          isPassed = false;
          isFirst = false;
        }
        part = following;
        head = Buffer.alloc(0);
        wanted = part.length;
      }
    }
    if (start < chunk.length) yield chunk.subarray(start);
  }
}

/** A stretch of the file: a head, whose bytes say what follows it, or a body. */
type Part =
  | { readonly length: number; readonly next: (head: Buffer) => Part }
  | { readonly length: number; readonly next: null; readonly then: Part };

const body = (length: number, then: Part): Part => ({ length, next: null, then });

const magic: Part = {
  length: 4,
  next: (head) => (head.readUInt32LE() === frameMagic ? descriptor : isSkippable(head) ? skippedSize : unknown),
};

const skippedSize: Part = { length: 4, next: (head) => body(head.readUInt32LE(), magic) };

const unknown: Part = body(Number.POSITIVE_INFINITY, magic);

/** Says how long the rest of the frame's head is, and whether four bytes of checksum follow the last block. */
const descriptor: Part = {
  length: 1,
  next: ([flags = 0]) => {
    const single = (flags & 0x20) !== 0;
    const content = [single ? 1 : 0, 2, 4, 8][flags >> 6]!;
    const dictionary = [0, 1, 2, 4][flags & 3]!;
    return body((single ? 0 : 1) + dictionary + content, (flags & 4) !== 0 ? summedBlock : plainBlock);
  },
};

/** Three bytes: whether it is the last one, its type, its size; a block of one byte repeated holds that byte alone. */
const blockOf = (checksumLength: number): Part => {
  const block: Part = {
    length: 3,
    next: (head) => {
      const bits = head.readUIntLE(0, 3);
      const length = ((bits >> 1) & 3) === 1 ? 1 : bits >>> 3;
      return body(length, bits & 1 ? body(checksumLength, magic) : block);
    },
  };
  return block;
};

const plainBlock = blockOf(0);
const summedBlock = blockOf(4);
