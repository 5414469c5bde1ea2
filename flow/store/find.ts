import type { Topic } from '../../runtime/topology.ts';
import type { StoredRecord, Transport } from '../../runtime/transport.ts';
import { readable } from './readable.ts';

/** The records of one key, in order, from that key's own partition alone. */
export const findAll = async <T>(
  transport: Transport,
  topic: Pick<Topic<T>, 'name' | 'codec'>,
  key: string,
  partition: number,
): Promise<{ readonly stored: StoredRecord; readonly record: T }[]> => {
  const found: { stored: StoredRecord; record: T }[] = [];
  for await (const stored of recordsIn(transport, topic.name, partition)) {
    if (stored.key !== key) continue;
    const record = readable(topic, stored);
    if (record !== undefined) found.push({ stored, record });
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
