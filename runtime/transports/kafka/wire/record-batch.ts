import { zstdCompressSync } from 'node:zlib';
import { ByteWriter } from './byte-writer.ts';
import { crc32c } from './crc32c.ts';

export interface BatchRecord {
  readonly key: string;
  /** Null deletes the key from a compacted topic. */
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Who sends; `sequence` is the first record's number in its partition, counted from the producer's start. */
export interface BatchProducer {
  readonly id: bigint;
  readonly epoch: number;
  readonly sequence: number;
  readonly transactional: boolean;
}

/** Bytes that one record takes in a batch at most, before compression. */
export const recordSize = ({ key, value, headers }: BatchRecord): number => {
  let size = 3 * key.length + (value?.length ?? 0) + RECORD_OVERHEAD;
  for (const name in headers) size += 3 * (name.length + headers[name]!.length) + 10;
  return size;
};

/** A record batch of magic 2 (Kafka protocol guide, "Record Batch"). `timestamp` in milliseconds since 1970. */
export const encodeBatch = (
  records: readonly BatchRecord[],
  producer: BatchProducer,
  timestamp: number,
  compressed: boolean,
): Buffer => {
  const body = encodeRecords(records);
  const payload = compressed ? zstdCompressSync(body) : body;
  const attributes = (compressed ? ZSTD : 0) | (producer.transactional ? TRANSACTIONAL : 0);
  const batch = new ByteWriter(HEADER_BYTES + payload.length)
    .int64(0)
    .int32(HEADER_BYTES - LENGTH_END + payload.length)
    .int32(-1)
    .int8(MAGIC)
    .int32(0)
    .int16(attributes)
    .int32(records.length - 1)
    .int64(timestamp)
    .int64(timestamp)
    .int64(producer.id)
    .int16(producer.epoch)
    .int32(producer.sequence)
    .int32(records.length)
    .raw(payload).written;
  batch.writeUInt32BE(crc32c(batch.subarray(CRC_END)), CRC_END - 4);
  return batch;
};

const encodeRecords = (records: readonly BatchRecord[]): Buffer => {
  const body = new ByteWriter(records.reduce((sum, record) => sum + recordSize(record), 0));
  for (const [index, record] of records.entries()) encodeRecord(body, record, index);
  return body.written;
};

const encodeRecord = (body: ByteWriter, { key, value, headers }: BatchRecord, offsetDelta: number): void => {
  const keyBytes = Buffer.byteLength(key);
  const texts = Object.entries(headers).flat();
  const valueBytes = value === null ? -1 : value.length;
  let length = 2 + varintSize(offsetDelta) + varintSize(keyBytes) + keyBytes + varintSize(valueBytes);
  length += Math.max(0, valueBytes) + varintSize(texts.length / 2);
  for (const text of texts) length += varintSize(Buffer.byteLength(text)) + Buffer.byteLength(text);
  body.varint(length).int8(0).varint(0).varint(offsetDelta).varint(keyBytes).text(key, keyBytes).varint(valueBytes);
  if (value !== null) body.raw(value);
  body.varint(texts.length / 2);
  for (const text of texts) body.varint(Buffer.byteLength(text)).text(text, Buffer.byteLength(text));
};

const varintSize = (value: number): number => {
  const zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  return zigzag < 0x80 ? 1 : zigzag < 0x4000 ? 2 : zigzag < 0x20_0000 ? 3 : zigzag < 0x1000_0000 ? 4 : 5;
};

const MAGIC = 2;
const HEADER_BYTES = 61;
const LENGTH_END = 12;
const CRC_END = 21;
const RECORD_OVERHEAD = 32;
const ZSTD = 4;
const TRANSACTIONAL = 0x10;
