import { TransportError } from '../../../errors.ts';
import type { NewRecord, StoreWrite } from '../../../transport.ts';
import type { Names } from '../names.ts';
import type { KafkaSettings } from '../settings.ts';
import { recordSize } from '../wire/record-batch.ts';
import type { TopicLimits } from './transaction.ts';

/** Largest value of a store, in bytes. */
export const STORE_RECORD_BYTES = 10 << 20;
/** Kafka's own limit, `offset.metadata.max.bytes`, as brokers have it. */
export const MAX_METADATA_BYTES = 4096;

/** What Kafka's largest message has room for beside a value: key, headers, and what a batch takes. */
export const HEAD_ROOM_BYTES = 65_536;

type Ceiling = Pick<KafkaSettings, 'maxMessageBytes'>;

export const within = (bytes: number, ceiling = Number.POSITIVE_INFINITY): number => Math.min(bytes, ceiling);

/** Largest value that a message takes, whatever its topic says: what was taken once may grow a little on its way. */
const valueCeiling = ({ maxMessageBytes = Number.POSITIVE_INFINITY }: Ceiling): number =>
  maxMessageBytes - HEAD_ROOM_BYTES + GROWTH_BYTES;

/** See `Transport.largestOutput`. */
export const largestOutput = (ceiling: Ceiling) => ({ bytes: valueCeiling(ceiling) - GROWTH_BYTES, advice: ADVICE });

/** Batches stay well below Kafka's default of 1 MiB, and topics with large records are compressed. */
export const topicLimits = (names: Names, ceiling: Ceiling): TopicLimits => ({
  batchBytes: (topic) =>
    Math.min(BATCH_BYTES, names.specOf(topic)?.maxRecordBytes ?? BATCH_BYTES, valueCeiling(ceiling)),
  compressed: (topic) => (names.specOf(topic)?.maxRecordBytes ?? 0) > COMPRESS_ABOVE,
});

/** Throws `record-too-large` before such a record can end a transaction that carries the work of others. */
export const checkRecords = (records: readonly NewRecord[], names: Names, ceiling: Ceiling): void => {
  const most = valueCeiling(ceiling);
  for (const record of records) {
    const { topic, key, value } = record;
    const limit = names.spec(topic)?.maxRecordBytes ?? DEFAULT_RECORD_BYTES;
    checkWithin(value.length, limit, most, () => `a record of ${topic} with key ${clip(key)}`);
    const head = recordSize(record) - value.length;
    checkSize(head, HEAD_BYTES, () => `key and headers of a record of ${topic} with key ${clip(key)}`);
  }
};

export const checkStore = (writes: readonly StoreWrite[], ceiling: Ceiling): void => {
  const most = valueCeiling(ceiling);
  for (const [key, value] of writes)
    checkWithin(value?.length ?? 0, STORE_RECORD_BYTES, most, () => `the entry ${clip(key)}`);
};

export const checkValue = (bytes: number, limit: number, ceiling: Ceiling, what: () => string): void =>
  checkWithin(bytes, limit, valueCeiling(ceiling), what);

/** By the topic's own limit, or by that of all messages where it is smaller. */
const checkWithin = (bytes: number, limit: number, most: number, what: () => string): void => {
  if (most < limit) checkSize(bytes, most, what, ADVICE);
  else checkSize(bytes, limit, what);
};

const checkSize = (bytes: number, limit: number, what: () => string, advice = ''): void => {
  if (bytes <= limit) return;
  throw new TransportError('record-too-large', `${what()} takes ${bytes} bytes, allowed are ${limit}${advice}`);
};

const clip = (key: string): string => JSON.stringify(key.length > 80 ? `${key.slice(0, 80)}…` : key);

const ADVICE =
  '; what holds it down is transport.maxMessageBytes: raise that, and the max.message.bytes of the topics and the brokers';
const GROWTH_BYTES = 1_024;
const BATCH_BYTES = 900_000;
const COMPRESS_ABOVE = 1 << 20;
const DEFAULT_RECORD_BYTES = 1 << 20;
const HEAD_BYTES = 60_000;
