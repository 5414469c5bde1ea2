import { partitionOf } from '../../runtime/records/partition.ts';
import type { Topic } from '../../runtime/topology.ts';
import type { StoredRecord, Transport } from '../../runtime/transport.ts';
import { UnreadableRecord } from '../../schemas/codec.ts';
import { topics } from '../../topologies/topics.ts';

/** What a page holds at most: a page is all of a topic that a reader has in memory. */
const PAGE = 500;

/** How many problems a part has, more or less. */
const PART = 200_000;

export interface Scanned<T> {
  readonly stored: StoredRecord;
  readonly record: T;
}

/** Every record of a topic in canonical order (partition, offset), decoded. Strangers' are passed over. */
export async function* scan<T>(
  transport: Transport,
  topic: Pick<Topic<T>, 'name' | 'codec'>,
  passedOver: (stored: StoredRecord) => void = () => {},
): AsyncGenerator<Scanned<T>> {
  for (const partition of (await transport.ends(topic.name)).keys()) {
    yield* scanPartition(transport, topic, partition, passedOver);
  }
}

/** The same of one partition. */
export async function* scanPartition<T>(
  transport: Transport,
  topic: Pick<Topic<T>, 'name' | 'codec'>,
  partition: number,
  passedOver: (stored: StoredRecord) => void = () => {},
): AsyncGenerator<Scanned<T>> {
  for await (const stored of scanStored(transport, topic.name, partition, 0)) {
    const record = readable(topic, stored);
    if (record === undefined) passedOver(stored);
    else yield { stored, record };
  }
}

/** Some of a run's problems: those whose partition, counted round, is this one. */
export interface Part {
  readonly index: number;
  readonly of: number;
}

/** The run's problems in parts that are brought together one at a time: so many ids are in memory, not all. */
export const partsOf = async (transport: Transport): Promise<Part[]> => {
  const problems = (await transport.ends(topics.levelled.name)).reduce((sum, end) => sum + end, 0);
  const of = Math.min(transport.partitions, Math.max(1, Math.ceil(problems / PART)));
  return Array.from({ length: of }, (_, index) => ({ index, of }));
};

/** The records of a part, on whichever topic. */
export async function* scanPart<T>(
  transport: Transport,
  topic: Topic<T>,
  { index, of }: Part,
): AsyncGenerator<Scanned<T>> {
  const isOfPart = (partition: number) => partition % of === index;
  for (const partition of (await transport.ends(topic.name)).keys()) {
    if (!topic.single && !isOfPart(partition)) continue;
    for await (const scanned of scanPartition(transport, topic, partition)) {
      if (!topic.single || isOfPart(partitionOf(scanned.stored.key, transport.partitions))) yield scanned;
    }
  }
}

/** One partition without decoding, from an offset on to where it ends now. */
export async function* scanStored(
  transport: Transport,
  topic: string,
  partition: number,
  from: number,
): AsyncGenerator<StoredRecord> {
  for await (const page of pages(transport, topic, partition, from)) yield* page;
}

/** The records of some keys of a partition, in order by key; what is of others is not decoded. */
export const findAll = async <T>(
  transport: Transport,
  topic: Pick<Topic<T>, 'name' | 'codec'>,
  keys: ReadonlySet<string>,
  partition: number,
): Promise<Map<string, Scanned<T>[]>> => {
  const found = new Map<string, Scanned<T>[]>();
  for await (const page of pages(transport, topic.name, partition, 0)) {
    for (const stored of page) {
      const record = keys.has(stored.key) ? readable(topic, stored) : undefined;
      if (record === undefined) continue;
      const before = found.get(stored.key);
      if (before) before.push({ stored, record });
      else found.set(stored.key, [{ stored, record }]);
    }
  }
  return found;
};

/** Reads a topic as it grows, each record once: for whoever counts while a run goes on. */
export const tail = (transport: Transport, topic: string) => {
  const next: number[] = [];
  return async (take: (record: StoredRecord) => void): Promise<void> => {
    for (const [partition, end] of (await transport.ends(topic)).entries()) {
      for await (const page of pages(transport, topic, partition, next[partition] ?? 0, end)) page.forEach(take);
      next[partition] = Math.max(next[partition] ?? 0, end);
    }
  };
};

/**
 * The records of one partition from an offset on, up to `before` (default: where it ends now), a page at a time. All
 * that reads a topic from outside a stage reads it by this.
 */
export async function* pages(
  transport: Transport,
  topic: string,
  partition: number,
  from: number,
  before?: number,
): AsyncGenerator<readonly StoredRecord[]> {
  const end = before ?? (await transport.ends(topic))[partition] ?? 0;
  for (let next = from; next < end; ) {
    const page = await transport.read(topic, partition, next, Math.min(PAGE, end - next));
    const last = page.at(-1);
    if (last === undefined) return;
    yield last.offset < end ? page : page.filter(({ offset }) => offset < end);
    next = last.offset + 1;
  }
}

/** The record, or undefined where the bytes are a stranger's: whoever may write to a topic may write anything. */
export const readable = <T>(
  { codec }: Pick<Topic<T>, 'codec'>,
  { value }: Pick<StoredRecord, 'value'>,
): T | undefined => {
  try {
    return codec.decode(value);
  } catch (error) {
    if (error instanceof UnreadableRecord) return undefined;
    throw error;
  }
};
