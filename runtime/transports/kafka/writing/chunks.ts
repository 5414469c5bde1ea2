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

/** Where records landed. */
export interface Landed {
  set(chunk: Chunk, baseOffset: number): void;
  offset(record: Outgoing): number;
  /** The last offset of every chunk. */
  ends(): { topic: string; partition: number; lastOffset: number }[];
}

export const makeLanded = (): Landed => {
  const chunks: { readonly chunk: Chunk; readonly baseOffset: number }[] = [];
  let offsets: Map<Outgoing, number> | null = null;
  const index = () => {
    const made = new Map<Outgoing, number>();
    for (const { chunk, baseOffset } of chunks) {
      for (const [position, record] of chunk.records.entries()) made.set(record, baseOffset + position);
    }
    return made;
  };
  return {
    set: (chunk, baseOffset) => {
      chunks.push({ chunk, baseOffset });
      offsets = null;
    },
    offset: (record) => {
      offsets ??= index();
      return offsets.get(record) ?? -1;
    },
    ends: () =>
      chunks.map(({ chunk, baseOffset }) => ({
        topic: chunk.topic,
        partition: chunk.partition,
        lastOffset: baseOffset + chunk.records.length - 1,
      })),
  };
};
