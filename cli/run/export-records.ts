import type { Preference } from '../../datasets/out/dpo.ts';
import type { Placed } from '../../datasets/out/write-shards.ts';
import type { Transport } from '../../runtime/transport.ts';
import type { Scored } from '../../schemas/types.ts';
import { topics } from '../../topologies/topics.ts';
import { scan, scanPartition } from './scan.ts';

/** A product of the run, or verified records with what the student made of the same problems. */
export type ExportSource = 'cot' | 'rejected' | 'scored' | 'levelled' | 'preferences';

/** The records of a product in canonical order, with their places. */
export async function* exportRecords(transport: Transport, source: ExportSource): AsyncGenerator<Placed<unknown>> {
  if (source === 'preferences') return yield* preferences(transport);
  for await (const { stored, record } of scan<unknown>(transport, topics[source])) {
    yield { partition: stored.partition, offset: stored.offset, record };
  }
}

/**
 * A problem's records lie in one partition of every topic, so that they are brought together a partition at a time;
 * where they lie is held, not what they say.
 */
async function* preferences(transport: Transport): AsyncGenerator<Placed<Preference>> {
  for (const partition of (await transport.ends(topics.cot.name)).keys()) {
    const wanted = new Set<string>();
    for await (const { stored } of scanPartition(transport, topics.cot, partition)) wanted.add(stored.key);
    const places = new Map<string, number>();
    for await (const { stored } of scanPartition(transport, topics.scored, partition)) {
      if (wanted.has(stored.key)) places.set(stored.key, stored.offset);
    }
    for await (const { stored, record } of scanPartition(transport, topics.cot, partition)) {
      const { offset, key } = stored;
      const scored = await scoredAt(transport, partition, places.get(key));
      yield { partition, offset, record: { cot: record, scored } };
    }
  }
}

const scoredAt = async (
  transport: Transport,
  partition: number,
  offset: number | undefined,
): Promise<Scored | null> => {
  if (offset === undefined) return null;
  const [stored] = await transport.read(topics.scored.name, partition, offset, 1);
  return stored?.offset === offset ? topics.scored.codec.decode(stored.value) : null;
};
