import { setTimeout as sleep } from 'node:timers/promises';
import { abortable } from '../../../../waiting/wait.ts';
import type { Client } from '../cluster/client.ts';
import { check } from '../wire/faults.ts';
import { fetchCall } from '../wire/fetch.ts';
import { OUT_OF_RANGE } from './fetch-one.ts';
import { listOffsets } from './list-offsets.ts';

/** Up to where each partition is known to be decided, by `topic/partition`. */
export type Seen = Map<string, number>;

interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
}

/**
 * Resolves when one of the topics has grown beyond what was seen of it, after so many milliseconds, or when the signal
 * aborts; ten times a second at most. A broker is asked once for all of its partitions and answers when there is
 * something: who waits for days costs it next to nothing.
 */
export const waitForGrowth = async (
  client: Client,
  topics: readonly string[],
  seen: Seen,
  partitionsOf: (topic: string) => Promise<number[]>,
  { milliseconds, signal }: { readonly milliseconds: number; readonly signal: AbortSignal },
): Promise<void> => {
  const ended = AbortSignal.any([signal, client.closed]);
  const [began, until] = [performance.now(), performance.now() + milliseconds];
  const lane = `grown ${topics.join(' ')}`;
  const look = async (): Promise<boolean> => {
    const places = await placesOf(client, topics, seen, partitionsOf);
    const leaders = await Promise.all(places.map(({ topic, partition }) => client.leader(topic, partition)));
    const left = Math.max(1, Math.ceil(Math.min(until - performance.now(), LONGEST_MILLISECONDS)));
    const byNode = [...Map.groupBy(places, (_, index) => leaders[index]!)];
    return any(byNode.map(([node, ones]) => hasGrown(client, node, lane, ones, seen, left)));
  };
  let grown = false;
  while (!grown && !ended.aborted && performance.now() < until)
    grown = await unlessAborted(ended, client.retry(`watching ${topics.join(', ')}`, look, { signal: ended }));
  const early = PAUSE_MILLISECONDS - (performance.now() - began);
  if (grown && early > 0) await sleep(early, undefined, { signal: ended }).catch(() => {});
};

/** What was never looked at has grown from now on. */
const placesOf = async (
  client: Client,
  topics: readonly string[],
  seen: Seen,
  partitionsOf: (topic: string) => Promise<number[]>,
): Promise<Place[]> => {
  const places: Place[] = [];
  for (const topic of topics) {
    const partitions = await partitionsOf(topic);
    const unknown = partitions.filter((partition) => !seen.has(`${topic}/${partition}`));
    const found = unknown.length > 0 ? await listOffsets(client, topic, unknown, 'committed') : [];
    for (const [partition, offset] of found) seen.set(`${topic}/${partition}`, offset);
    for (const partition of partitions) places.push({ topic, partition, from: seen.get(`${topic}/${partition}`) ?? 0 });
  }
  return places;
};

const hasGrown = async (
  client: Client,
  node: number,
  lane: string,
  places: readonly Place[],
  seen: Seen,
  milliseconds: number,
): Promise<boolean> => {
  const parts = places.map((place) => ({ ...place, maxBytes: 1 }));
  const from = new Map(places.map((place) => [`${place.topic}/${place.partition}`, place.from]));
  let grown = false;
  for (const one of await client.send(node, lane, fetchCall(parts, 'committed', milliseconds, 1))) {
    const key = `${one.topic}/${one.partition}`;
    if (one.errorCode === OUT_OF_RANGE) {
      // What was seen is gone, or is another topic's.
      seen.delete(key);
      grown = true;
      continue;
    }
    if (one.errorCode !== 0) client.forget(one.topic);
    check(one.errorCode, `watching ${key}`);
    if (one.lastStableOffset > from.get(key)!) grown = true;
    seen.set(key, Math.max(seen.get(key) ?? 0, one.lastStableOffset));
  }
  return grown;
};

/** True as soon as one is; false when all are. */
const any = (looks: readonly Promise<boolean>[]): Promise<boolean> =>
  new Promise((resolve, reject) => {
    let left = looks.length;
    for (const look of looks) {
      look.then((grown) => {
        left--;
        if (grown || left === 0) resolve(grown);
      }, reject);
    }
  });

const unlessAborted = (signal: AbortSignal, look: Promise<boolean>): Promise<boolean> =>
  abortable<boolean>(signal, ({ resolve, reject }) => {
    look.then(resolve, reject);
    return undefined;
  }).catch((error: unknown) => {
    if (signal.aborted) return false;
    throw error;
  });

const LONGEST_MILLISECONDS = 2_500;
const PAUSE_MILLISECONDS = 100;
