import { type BatchRecord, recordSize } from '../wire/record-batch.ts';

/** A record on its way to a partition; topics by Kafka's names. */
export interface Outgoing extends BatchRecord {
  readonly topic: string;
  readonly partition: number;
}

export interface Chunk {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly Outgoing[];
}

/**
 * Splits records into batches: one batch a partition is written at a time, and the broker refuses one that is larger
 * than the topic allows, which would kill the transaction. Order is kept within a partition. The result is in rounds:
 * a round has at most one batch of each partition.
 */
export const chunksOf = (records: readonly Outgoing[], limit: (topic: string) => number): Chunk[][] => {
  const rounds: Chunk[][] = [];
  for (const ones of Map.groupBy(records, ({ topic, partition }) => `${topic}/${partition}`).values()) {
    const { topic, partition } = ones[0]!;
    splitBySize(ones, limit(topic)).forEach((part, round) => {
      rounds[round] ??= [];
      rounds[round].push({ topic, partition, records: part });
    });
  }
  return rounds;
};

const splitBySize = (records: readonly Outgoing[], limit: number): Outgoing[][] => {
  const parts: Outgoing[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const record of records) {
    bytes += recordSize(record);
    if (bytes > limit) {
      parts.push([]);
      bytes = recordSize(record);
    }
    parts.at(-1)!.push(record);
  }
  return parts;
};

/** Where records landed: the offset of each, in the order in which they were given. */
export interface Landed {
  set(chunk: Chunk, baseOffset: number): void;
  offset(record: Outgoing): number;
}

export const makeLanded = (): Landed => {
  const offsets = new Map<Outgoing, number>();
  return {
    set: ({ records }, baseOffset) => {
      for (const [index, record] of records.entries()) offsets.set(record, baseOffset + index);
    },
    offset: (record) => offsets.get(record) ?? -1,
  };
};
