import type { Topic } from '../../runtime/topology.ts';
import type { StoredRecord, Transport } from '../../runtime/transport.ts';
import { readable } from './readable.ts';

export interface Scanned<T> {
  readonly stored: StoredRecord;
  readonly record: T;
}

/**
 * Every record of a topic in canonical order (partition, offset), decoded, a page in memory at a time. Strangers' are
 * passed over.
 */
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

/** One partition without decoding, from an offset on to where it ends now. */
export async function* scanStored(
  transport: Transport,
  topic: string,
  partition: number,
  from: number,
): AsyncGenerator<StoredRecord> {
  const end = (await transport.ends(topic))[partition] ?? 0;
  for (let next = from; next < end; ) {
    const page = await transport.read(topic, partition, next, 500);
    if (page.length === 0) return;
    yield* page;
    next = (page.at(-1) as StoredRecord).offset + 1;
  }
}
