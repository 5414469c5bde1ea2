import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { ByteReader } from './byte-reader.ts';

/** A record as it lies in the log; a null key or value is a stranger's or a deletion. */
export interface LogRecord {
  readonly offset: number;
  readonly key: string | null;
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface LogBatch {
  readonly baseOffset: number;
  /** Of the batch as it was written: its last records may have been compacted away. */
  readonly lastOffset: number;
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly transactional: boolean;
  /** What a control batch says about its producer's transaction. */
  readonly marker: 'commit' | 'abort' | null;
  records(): LogRecord[];
}

/** The whole batches in what a fetch gave; a batch that was cut off at the end is left out. */
export const readBatches = (bytes: Buffer): LogBatch[] => {
  const batches: LogBatch[] = [];
  for (let at = 0; bytes.length - at >= LENGTH_END; ) {
    const length = LENGTH_END + bytes.readInt32BE(at + 8);
    if (bytes.length - at < length) break;
    batches.push(readBatch(new ByteReader(bytes.subarray(at, at + length))));
    at += length;
  }
  return batches;
};

const readBatch = (reader: ByteReader): LogBatch => {
  const baseOffset = reader.int64();
  reader.slice(4 + 4);
  const magic = reader.int8();
  if (magic !== 2) throw new Error(`a record batch of format ${magic}; only 2 (Kafka 0.11 and later) can be read`);
  reader.slice(4);
  const attributes = reader.int16();
  const lastOffset = baseOffset + reader.int32();
  reader.slice(8 + 8);
  const producerId = reader.bigint64();
  const producerEpoch = reader.int16();
  reader.slice(4);
  const count = reader.int32();
  const body = reader.slice(reader.left);
  const records = () => readRecords(new ByteReader(decompress(body, attributes & COMPRESSION)), count, baseOffset);
  return {
    baseOffset,
    lastOffset,
    producerId,
    producerEpoch,
    transactional: (attributes & TRANSACTIONAL) !== 0,
    marker: (attributes & CONTROL) === 0 ? null : readMarker(body),
    records,
  };
};

const decompress = (body: Buffer, codec: number): Buffer => {
  if (codec === 0) return body;
  if (codec === 1) return gunzipSync(body);
  if (codec === 4) return zstdDecompressSync(body);
  throw new Error(`a batch compressed with ${codecNames[codec] ?? codec}; only gzip and zstd can be read`);
};

// Kafka protocol guide, "Control Batches": the key is version, type; type 0 is abort, 1 is commit.
const readMarker = (body: Buffer): 'commit' | 'abort' | null => {
  const reader = new ByteReader(body);
  reader.varint();
  reader.int8();
  reader.skipVarlong();
  reader.varint();
  const key = reader.slice(Math.max(0, reader.varint()));
  if (key.length < 4) return null;
  return key.readInt16BE(2) === 0 ? 'abort' : key.readInt16BE(2) === 1 ? 'commit' : null;
};

const readRecords = (reader: ByteReader, count: number, baseOffset: number): LogRecord[] => {
  const records: LogRecord[] = [];
  while (records.length < count && reader.left > 0) records.push(readRecord(reader, baseOffset));
  return records;
};

const readRecord = (reader: ByteReader, baseOffset: number): LogRecord => {
  reader.varint();
  reader.int8();
  reader.skipVarlong();
  const offset = baseOffset + reader.varint();
  const key = readText(reader);
  const valueLength = reader.varint();
  // A copy: a view would keep the whole answer of a fetch in memory for as long as one slow record is at work.
  const value = valueLength < 0 ? null : reader.copy(valueLength);
  return { offset, key, value, headers: readHeaders(reader) };
};

const readHeaders = (reader: ByteReader): Record<string, string> => {
  const count = reader.varint();
  if (count === 0) return none;
  const headers: Record<string, string> = Object.create(null);
  for (let index = 0; index < count; index++) headers[readText(reader) ?? ''] = readText(reader) ?? '';
  return { ...headers };
};

const readText = (reader: ByteReader): string | null => {
  const length = reader.varint();
  return length < 0 ? null : reader.slice(length).toString();
};

const none: Record<string, string> = Object.freeze({}) as Record<string, string>;
const LENGTH_END = 12;
const COMPRESSION = 0x07;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
const codecNames = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
