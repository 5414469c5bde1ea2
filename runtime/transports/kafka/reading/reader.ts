import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredRecord } from '../../../transport.ts';
import type { Client } from '../cluster/client.ts';
import type { Fetched } from '../wire/fetch.ts';
import type { LogRecord } from '../wire/read-batches.ts';
import { fetchOne, OUT_OF_RANGE } from './fetch-one.ts';
import { type Seen, waitForGrowth } from './growth.ts';
import { listOffsets } from './list-offsets.ts';
import type { OwnWrites } from './own-writes.ts';

/** Reading for those that are no stage; topics by Kafka's names. */
export interface Reader {
  read(topic: string, partition: number, from: number, max: number): Promise<LogRecord[]>;
  ends(topic: string): Promise<number[]>;
  /** Resolves when every reader sees what this process wrote to the topic. */
  visible(topic: string): Promise<unknown>;
  grown(topics: readonly string[], milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** @param count how many partitions of a topic count: others that somebody added are nobody's */
export const makeReader = (client: Client, own: OwnWrites, count: Count): Reader => {
  const known = new Map<string, End>();
  const seen: Seen = new Map();

  const read: Reader['read'] = (topic, partition, from, max) =>
    client.retry(`reading ${topic}/${partition}`, async () => {
      const pause = markerPauses();
      for (let next = from; ; ) {
        const fetched = await fetchCommitted(client, topic, partition, next, max < FEW ? FEW_BYTES : MANY_BYTES);
        seen.set(`${topic}/${partition}`, fetched.lastStableOffset);
        if (fetched.records.length > 0) return fetched.records.slice(0, max);
        const end = fetched.next >= fetched.lastStableOffset;
        if (end && own.visible(topic, partition, fetched.lastStableOffset)) return [];
        if (end) await pause();
        next = fetched.next;
      }
    });

  const end = async (topic: string, partition: number, stable: number): Promise<number> => {
    const key = `${topic}/${partition}`;
    const before = known.get(key) ?? { stable: 0, end: 0 };
    if (before.stable === stable) return before.end;
    const found = (await lastCommitted(client, topic, partition, before.stable, stable)) ?? before.end;
    known.set(key, { stable, end: found });
    return found;
  };

  return {
    read,
    ends: (topic) =>
      client.retry(`reading the ends of ${topic}`, async () => {
        const stable = await stableOffsets(client, topic, own, count);
        for (const [partition, offset] of stable) seen.set(`${topic}/${partition}`, offset);
        return Promise.all([...stable].sort(byPartition).map(([partition, offset]) => end(topic, partition, offset)));
      }),
    visible: (topic) => client.retry(`writing to ${topic}`, () => stableOffsets(client, topic, own, count)),
    grown: (topics, milliseconds, signal) =>
      waitForGrowth(client, topics, seen, (topic) => partitionsOf(client, topic, count), { milliseconds, signal }),
  };
};

interface End {
  readonly stable: number;
  readonly end: number;
}

/** A record as the port gives it; what a stranger left out is empty. */
export const storedRecord = (topic: string, partition: number, record: LogRecord): StoredRecord => ({
  topic,
  partition,
  offset: record.offset,
  key: record.key ?? '',
  value: record.value ?? new Uint8Array(),
  headers: record.headers,
});

const fetchCommitted = async (
  client: Client,
  topic: string,
  partition: number,
  from: number,
  maxBytes = MANY_BYTES,
): Promise<Fetched> => {
  const fetched = await fetchOne(client, topic, partition, from, 'committed', 0, maxBytes);
  if (fetched.errorCode !== OUT_OF_RANGE) return fetched;
  // Before the start, where old records were deleted by hand, or behind the end: what remains is empty.
  const start = fetched.logStartOffset >= 0 ? fetched.logStartOffset : from;
  if (start > from) return fetchOne(client, topic, partition, start, 'committed', 0, maxBytes);
  return { ...fetched, records: [], next: from, lastStableOffset: from };
};

const stableOffsets = async (
  client: Client,
  topic: string,
  own: OwnWrites,
  count: Count,
): Promise<Map<number, number>> => {
  for (const pause = markerPauses(); ; await pause()) {
    const stable = await listOffsets(client, topic, await partitionsOf(client, topic, count), 'committed');
    if ([...stable].every(([partition, offset]) => own.visible(topic, partition, offset))) return stable;
  }
};

type Count = (topic: string) => number;

const partitionsOf = async (client: Client, topic: string, count: Count): Promise<number[]> => {
  await client.leader(topic, 0);
  return [...(await client.leaders(topic)).keys()].slice(0, count(topic));
};

// Looks back from the end in growing steps, since markers and aborted records lie behind the last record.
const lastCommitted = async (
  client: Client,
  topic: string,
  partition: number,
  floor: number,
  stable: number,
): Promise<number | undefined> => {
  for (let window = 2; ; window *= 16) {
    const from = Math.max(floor, stable - window);
    let last: number | undefined;
    for (let next = from; next < stable; ) {
      const fetched = await fetchCommitted(client, topic, partition, next);
      last = fetched.records.at(-1)?.offset ?? last;
      if (fetched.next <= next) break;
      next = fetched.next;
    }
    if (last !== undefined) return last + 1;
    if (from === floor) return undefined;
  }
};

const byPartition = (one: readonly [number, number], other: readonly [number, number]): number => one[0] - other[0];
/** A marker is there within milliseconds, or its broker is slow: asking it ever again makes it no faster. */
const markerPauses = (): (() => Promise<void>) => {
  let milliseconds = 1.5;
  return () => {
    milliseconds = Math.min(milliseconds * 2, GROWTH_PAUSE);
    return sleep(milliseconds);
  };
};

// Whoever wants a few records is not sent a megabyte; the broker gives one whole batch at least.
const FEW = 50;
const FEW_BYTES = 4_096;
const MANY_BYTES = 1 << 20;
const GROWTH_PAUSE = 100;
