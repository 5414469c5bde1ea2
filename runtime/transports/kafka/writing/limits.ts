import { TransportError } from '../../../errors.ts';
import type { NewRecord, StoreWrite } from '../../../transport.ts';
import type { Names } from '../names.ts';
import { recordSize } from '../wire/record-batch.ts';
import type { TopicLimits } from './transaction.ts';

/** Largest value of a store, in bytes. */
export const STORE_RECORD_BYTES = 10 << 20;
/** Kafka's own limit, `offset.metadata.max.bytes`, as brokers have it. */
export const MAX_METADATA_BYTES = 4096;

/** Batches stay well below Kafka's default of 1 MiB, and topics with large records are compressed. */
export const topicLimits = (names: Names): TopicLimits => ({
  batchBytes: (topic) => Math.min(BATCH_BYTES, names.specOf(topic)?.maxRecordBytes ?? BATCH_BYTES),
  compressed: (topic) => (names.specOf(topic)?.maxRecordBytes ?? 0) > COMPRESS_ABOVE,
});

/** Throws `record-too-large` before such a record can end a transaction that carries the work of others. */
export const checkRecords = (records: readonly NewRecord[], names: Names): void => {
  for (const { topic, key, value, headers } of records) {
    const limit = names.spec(topic)?.maxRecordBytes ?? DEFAULT_RECORD_BYTES;
    checkSize(value.length, limit, () => `a record of ${topic} with key ${clip(key)}`);
    const head = recordSize({ key, value: null, headers });
    checkSize(head, HEAD_BYTES, () => `key and headers of a record of ${topic} with key ${clip(key)}`);
  }
};

export const checkStore = (writes: readonly StoreWrite[]): void => {
  for (const [key, value] of writes) checkSize(value?.length ?? 0, STORE_RECORD_BYTES, () => `the entry ${clip(key)}`);
};

export const checkSize = (bytes: number, limit: number, what: () => string): void => {
  if (bytes <= limit) return;
  throw new TransportError('record-too-large', `${what()} takes ${bytes} bytes, allowed are ${limit}`);
};

const clip = (key: string): string => JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key);

const BATCH_BYTES = 900_000;
const COMPRESS_ABOVE = 1 << 20;
const DEFAULT_RECORD_BYTES = 1 << 20;
const HEAD_BYTES = 60_000;
