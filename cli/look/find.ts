import type { Topic } from '../../runtime/topology.ts';
import type { StoredRecord, Transport } from '../../runtime/transport.ts';

/** The records of one key, in order, from that key's own partition alone. */
export const findAll = async <T>(
  transport: Transport,
  { name, codec }: Pick<Topic<T>, 'name' | 'codec'>,
  key: string,
  partition: number,
): Promise<{ readonly stored: StoredRecord; readonly record: T }[]> => {
  const found: { stored: StoredRecord; record: T }[] = [];
  for await (const stored of recordsIn(transport, name, partition)) {
    if (stored.key === key) found.push({ stored, record: codec.decode(stored.value) });
  }
  return found;
};

export async function* recordsIn(transport: Transport, topic: string, partition: number): AsyncGenerator<StoredRecord> {
  const end = (await transport.ends(topic))[partition] ?? 0;
  for (let next = 0; next < end; ) {
    const page = await transport.read(topic, partition, next, 500);
    if (page.length === 0) return;
    yield* page;
    next = (page.at(-1) as StoredRecord).offset + 1;
  }
}
