import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { Call } from './kafkajs.ts';
import { type LogRecord, readBatches } from './read-batches.ts';
import { type AbortedTransaction, committedBatches } from './read-committed.ts';

export type Isolation = 'committed' | 'uncommitted';

export interface FetchPart {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly maxBytes: number;
}

export interface Fetched {
  readonly topic: string;
  readonly partition: number;
  readonly errorCode: number;
  /** Everything below is decided: committed or aborted. */
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  readonly records: readonly LogRecord[];
  readonly bytes: number;
  /** Where to go on: past markers, aborted records and holes too. */
  readonly next: number;
}

/** Fetch, version 11 (Kafka protocol guide), without a fetch session. Waits at most `milliseconds` for one byte. */
export const fetchCall = (
  parts: readonly FetchPart[],
  isolation: Isolation,
  milliseconds: number,
  maxBytes: number,
): Call<Fetched[]> => {
  const encode = async () => encodeRequest(parts, isolation, milliseconds, maxBytes).encoded;
  const positions = new Map(parts.map((part) => [`${part.topic}/${part.partition}`, part.from]));
  const from = (topic: string, partition: number) => positions.get(`${topic}/${partition}`) ?? 0;
  return {
    request: { apiKey: 1, apiVersion: 11, apiName: 'Fetch', encode },
    response: {
      decode: async (bytes) => ({ clientSideThrottleTime: bytes.readInt32BE(0), bytes }),
      parse: async ({ bytes }: { bytes: Buffer }) => decodeResponse(new ByteReader(bytes), isolation, from),
    },
    requestTimeout: milliseconds + 10_000,
  };
};

const encodeRequest = (parts: readonly FetchPart[], isolation: Isolation, milliseconds: number, maxBytes: number) => {
  const writer = new ByteWriter(64 + parts.length * 64);
  const byTopic = Map.groupBy(parts, (part) => part.topic);
  writer.int32(-1).int32(milliseconds).int32(1).int32(maxBytes);
  writer
    .int8(isolation === 'committed' ? 1 : 0)
    .int32(0)
    .int32(-1);
  writer.array([...byTopic], ([topic, ones]) => {
    writer.string(topic).array(ones, (part) => {
      writer.int32(part.partition).int32(-1).int64(part.from).int64(-1).int32(part.maxBytes);
    });
  });
  return writer.int32(0).string('');
};

const decodeResponse = (
  reader: ByteReader,
  isolation: Isolation,
  from: (topic: string, partition: number) => number,
): Fetched[] => {
  reader.slice(4 + 2 + 4);
  const topics = reader.array(() => {
    const topic = reader.string() ?? '';
    return reader.array(() => decodePartition(reader, topic, isolation, from));
  });
  return topics.flat();
};

const decodePartition = (
  reader: ByteReader,
  topic: string,
  isolation: Isolation,
  from: (topic: string, partition: number) => number,
): Fetched => {
  const partition = reader.int32();
  const errorCode = reader.int16();
  // Before the last stable offset comes the high watermark.
  reader.int64();
  const [lastStableOffset, logStartOffset] = [reader.int64(), reader.int64()];
  const aborted: AbortedTransaction[] = reader.array(() => ({
    producerId: reader.bigint64(),
    firstOffset: reader.int64(),
  }));
  reader.int32();
  const bytes = reader.slice(Math.max(0, reader.int32()));
  const start = from(topic, partition);
  const batches = readBatches(bytes);
  const visible = isolation === 'committed' ? committedBatches(batches, aborted) : batches.filter(isData);
  const records = visible.flatMap((batch) => batch.records()).filter((record) => record.offset >= start);
  const next = Math.max(start, ...batches.slice(-1).map((batch) => batch.lastOffset + 1));
  const head = { topic, partition, errorCode, lastStableOffset, logStartOffset };
  return { ...head, records, bytes: bytes.length, next };
};

const isData = (batch: { marker: unknown }): boolean => batch.marker === null;
