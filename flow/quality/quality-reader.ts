import type { Transport } from '../../runtime/transport.ts';
import { topics } from '../../topologies/topics.ts';
import { pages, readable } from '../store/scan.ts';
import { type Quality, qualityCounter } from './quality.ts';

/** What the data are like so far. */
export interface LiveQuality extends Quality {
  /** Records that were looked at, of those that are there. */
  readonly read: { readonly records: number; readonly of: number };
}

/**
 * What the data of a run are like while it goes on. Asked again, it reads only what is new, and at most so many records
 * at a time: whoever looks beside a run leaves it its processor. Languages are told at the end.
 */
export const qualityReader = async (transport: Transport, mostAtOnce: number): Promise<() => Promise<LiveQuality>> => {
  const { counter, now } = await qualityCounter(transport);
  const places = new Map<string, number>();
  const read = async (topic: Read, room: number): Promise<{ records: number; left: number }> => {
    let records = 0;
    let left = 0;
    for (const [partition, end] of (await transport.ends(topic.name)).entries()) {
      const place = `${topic.name}/${partition}`;
      const from = places.get(place) ?? 0;
      const before = Math.min(end, from + Math.max(0, room - records));
      for await (const page of pages(transport, topic.name, partition, from, before)) {
        for (const stored of page) topic.take(stored);
      }
      places.set(place, before);
      records += before - from;
      left += end - before;
    }
    return { records, left };
  };
  const sources: readonly Read[] = [
    source(topics.levelled, (record, id) => counter.levelled?.(record, id)),
    source(topics.cot, (record, id) => counter.cot?.(record, id)),
    source(topics.rejected, (record, id) => counter.rejected?.(record, id)),
  ];
  let records = 0;
  return async () => {
    let left = 0;
    for (const one of sources) {
      const found = await read(one, mostAtOnce);
      records += found.records;
      left += found.left;
    }
    return { ...(await now({ drained: false, languages: false })), read: { records, of: records + left } };
  };
};

interface Read {
  readonly name: string;
  take(stored: { readonly key: string; readonly value: Uint8Array }): void;
}

const source = <T>(
  topic: Parameters<typeof readable<T>>[0] & { readonly name: string },
  take: (record: T, id: string) => void,
): Read => ({
  name: topic.name,
  take: ({ key, value }) => {
    const record = readable(topic, { value });
    if (record !== undefined) take(record, key);
  },
});
