import { crc32 } from 'node:zlib';
import type { Position } from '../transport.ts';

/** A record whose work is done, by its offset. */
export interface Completed {
  readonly offset: number;
}

/**
 * How far one partition has come when records complete out of order. It tracks the records that were delivered, not
 * consecutive integers: compaction and transaction markers leave holes in the offsets.
 */
export interface Progress {
  /** To be called in offset order. False: an earlier run has committed this one already. */
  deliver(offset: number): boolean;
  /**
   * Splits completed records into those that the next commit can carry and those that have to wait for a later one,
   * and gives the position to commit. What waits would not fit into `maxMetadataBytes`: an output must never be
   * committed unless its input is below the watermark or in the metadata, or a crash would make it twice.
   */
  take<Item extends Completed>(
    items: readonly Item[],
  ): { offset: number; metadata: string; now: Item[]; later: Item[] };
  /** Every record below is committed. */
  readonly watermark: number;
  /** The next offset to fetch. */
  readonly cursor: number;
}

/** @param committed where an earlier run stopped; metadata that cannot be read counts as "nothing beyond". */
export const progress = (committed: Position | undefined, maxMetadataBytes: number): Progress => {
  const before = committed ? readMetadata(committed.offset, committed.metadata) : null;
  let cursor = committed?.offset ?? 0;
  // A set keeps its insertion order, which is the order of the offsets.
  const open = new Set(before?.open);
  const expected = [...open];
  const first = () => open.values().next().value ?? cursor;
  return {
    deliver: (offset) => {
      cursor = offset + 1;
      // What was open at the stop and does not come again is gone from the topic: nothing can wait for it.
      while (expected[0] !== undefined && expected[0] <= offset) {
        const gone = expected.shift() as number;
        if (gone !== offset) open.delete(gone);
      }
      if (before && offset < before.end && !open.has(offset)) return false;
      open.add(offset);
      return true;
    },
    take: (items) => {
      const done = new Set(items.map((item) => item.offset));
      const remaining = [...open].filter((offset) => !done.has(offset));
      const end = Math.max(cursor, before?.end ?? 0);
      const written = writeMetadata(remaining, end, maxMetadataBytes);
      const now = items.filter((item) => item.offset < written.end);
      for (const item of now) open.delete(item.offset);
      return {
        offset: remaining[0] ?? end,
        metadata: written.metadata,
        now,
        later: items.filter((item) => item.offset >= written.end),
      };
    },
    get watermark() {
      return first();
    },
    get cursor() {
      return cursor;
    },
  };
};

/**
 * Everything from the watermark (the first open offset) up to `end` is done, but for the open offsets: their distances
 * and the last one's distance to `end`, as base-128 numbers behind a checksum, in base64. Where they do not all fit,
 * `end` comes down.
 */
const writeMetadata = (open: readonly number[], end: number, maxBytes: number) => {
  if (open.length === 0) return { metadata: '', end };
  const bytes: number[] = [];
  const capacity = Math.floor(maxBytes / 4) * 3 - CHECKSUM_BYTES - 2 * NUMBER_BYTES;
  const watermark = open[0] as number;
  let last = watermark;
  for (const offset of open.slice(1)) {
    if (bytes.length > capacity) return { metadata: text(watermark, bytes, offset - last), end: offset };
    pushNumber(bytes, offset - last);
    last = offset;
  }
  return { metadata: text(watermark, bytes, end - last), end };
};

const CHECKSUM_BYTES = 4;
/** A safe integer takes at most so many. */
const NUMBER_BYTES = 8;

const text = (watermark: number, bytes: number[], lastDistance: number): string => {
  pushNumber(bytes, lastDistance);
  const checksum = Buffer.alloc(CHECKSUM_BYTES);
  checksum.writeUInt32LE(checksumOf(watermark, Buffer.from(bytes)));
  return Buffer.concat([checksum, Buffer.from(bytes)]).toString('base64');
};

/** Damaged metadata must not pass for another map, nor one map for that of another watermark: records would be lost. */
const checksumOf = (watermark: number, numbers: Uint8Array): number => crc32(numbers, crc32(String(watermark)));

const pushNumber = (bytes: number[], value: number): void => {
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  bytes.push(value);
};

const readMetadata = (watermark: number, metadata: string): { open: Set<number>; end: number } | null => {
  const bytes = Buffer.from(metadata, 'base64');
  const numbers = bytes.subarray(CHECKSUM_BYTES);
  if (numbers.length === 0 || bytes.readUInt32LE() !== checksumOf(watermark, numbers)) return null;
  const distances = readNumbers(numbers);
  const last = distances?.pop();
  if (!distances || last === undefined) return null;
  const open = new Set([watermark]);
  let offset = watermark;
  for (const distance of distances) {
    offset += distance;
    open.add(offset);
  }
  return { open, end: offset + last };
};

const readNumbers = (bytes: Uint8Array): number[] | null => {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte % 128) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    if (!Number.isSafeInteger(value)) return null;
    numbers.push(value);
    value = 0;
    scale = 1;
  }
  return scale === 1 ? numbers : null;
};

/** How many of the offsets below `end` are not done, for readers; holes in the offsets count as records. */
export const undoneBelow = (committed: Position | undefined, end: number): number => {
  if (!committed) return end;
  const before = readMetadata(committed.offset, committed.metadata);
  const open = before ? [...before.open].filter((offset) => offset < end).length : 0;
  return open + Math.max(0, end - Math.max(committed.offset, before?.end ?? 0));
};
