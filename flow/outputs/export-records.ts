import type { Preference, Products, Trajectories } from '../../datasets/out/format/products.ts';
import type { Placed } from '../../datasets/out/shards/write-shards.ts';
import type { Topic } from '../../runtime/topology.ts';
import type { Transport } from '../../runtime/transport.ts';
import type { Graded } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { type Scanned, scan, scanPartition, scanStored } from '../store/scan.ts';

/** The records of a product in canonical order, with their places. */
export const exportRecords = <From extends keyof Products>(
  transport: Transport,
  from: From,
): AsyncIterable<Placed<Products[From]>> => sources[from](transport);

type Sources = { readonly [From in keyof Products]: (transport: Transport) => AsyncIterable<Placed<Products[From]>> };

const sources: Sources = {
  cot: (transport) => placed(transport, topics.cot),
  rejected: (transport) => placed(transport, topics.rejected),
  levelled: (transport) => placed(transport, topics.levelled),
  scored: (transport) => trajectories(transport),
  preferences: (transport) => preferences(transport),
};

async function* placed<T>(transport: Transport, topic: Topic<T>): AsyncGenerator<Placed<T>> {
  for await (const { stored, record } of scan(transport, topic)) {
    yield { partition: stored.partition, offset: stored.offset, record };
  }
}

async function* preferences(transport: Transport): AsyncGenerator<Placed<Preference>> {
  for await (const { stored, record: cot, graded } of withGraded(transport, topics.cot)) {
    yield { partition: stored.partition, offset: stored.offset, record: { cot, graded } };
  }
}

async function* trajectories(transport: Transport): AsyncGenerator<Placed<Trajectories>> {
  for await (const { stored, record: scored, graded } of withGraded(transport, topics.scored)) {
    if (graded) yield { partition: stored.partition, offset: stored.offset, record: { graded, scored } };
  }
}

/**
 * The records of a topic, each with what the student wrote about its problem, which lies on `graded` alone. A problem's
 * records lie in one partition of every topic, so that they are brought together a partition at a time; where they lie
 * is held, not what they say. Null where that record is gone.
 */
async function* withGraded<T>(
  transport: Transport,
  topic: Topic<T>,
): AsyncGenerator<Scanned<T> & { readonly graded: Graded | null }> {
  for (const partition of (await transport.ends(topic.name)).keys()) {
    const wanted = new Set<string>();
    for await (const { key } of scanStored(transport, topic.name, partition, 0)) wanted.add(key);
    const places = new Map<string, number>();
    for await (const { key, offset } of scanStored(transport, topics.graded.name, partition, 0)) {
      if (wanted.has(key)) places.set(key, offset);
    }
    for await (const scanned of scanPartition(transport, topic, partition)) {
      yield { ...scanned, graded: await gradedAt(transport, partition, places.get(scanned.stored.key)) };
    }
  }
}

const gradedAt = async (
  transport: Transport,
  partition: number,
  offset: number | undefined,
): Promise<Graded | null> => {
  if (offset === undefined) return null;
  const [stored] = await transport.read(topics.graded.name, partition, offset, 1);
  return stored?.offset === offset ? topics.graded.codec.decode(stored.value) : null;
};
