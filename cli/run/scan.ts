import type { Topic } from '../../runtime/topology.ts';
import type { StoredRecord, Transport } from '../../runtime/transport.ts';

/** Every record of a topic in canonical order (partition, offset), decoded, a page in memory at a time. */
export async function* scan<T>(
  transport: Transport,
  topic: Pick<Topic<T>, 'name' | 'codec'>,
): AsyncGenerator<{ readonly stored: StoredRecord; readonly record: T }> {
  for await (const stored of scanStored(transport, topic.name))
    yield { stored, record: topic.codec.decode(stored.value) };
}

/** The same without decoding, from given offsets on. */
export async function* scanStored(
  transport: Transport,
  topic: string,
  from: (partition: number) => number = () => 0,
): AsyncGenerator<StoredRecord> {
  for (const [partition, end] of (await transport.ends(topic)).entries()) {
    for (let next = from(partition); next < end; ) {
      const page = await transport.read(topic, partition, next, 500);
      if (page.length === 0) break;
      yield* page;
      next = (page.at(-1) as StoredRecord).offset + 1;
    }
  }
}
