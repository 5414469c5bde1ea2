import type { StoredRecord, Transport } from '../../runtime/transport.ts';
import { pages } from './scan.ts';

/** Offsets a page spans; a compacted or transactional topic has fewer records in it. */
const PAGE = 500;

/** The records of a topic as it ends now, the last of each partition first, the partitions in turn; a page of each in memory. */
export async function* newestFirst(transport: Transport, topic: string, page = PAGE): AsyncGenerator<StoredRecord> {
  let partitions = (await transport.ends(topic)).map((end, partition) =>
    backwards(transport, topic, { partition, end, page }),
  );
  while (partitions.length > 0) {
    const left: typeof partitions = [];
    for (const one of partitions) {
      const { value, done } = await one.next();
      if (done) continue;
      left.push(one);
      yield value;
    }
    partitions = left;
  }
}

async function* backwards(
  transport: Transport,
  topic: string,
  { partition, end, page }: { readonly partition: number; readonly end: number; readonly page: number },
): AsyncGenerator<StoredRecord, undefined> {
  for (let before = end; before > 0; before -= page) {
    const start = Math.max(0, before - page);
    const found = (await Array.fromAsync(pages(transport, topic, partition, start, before))).flat();
    yield* found.reverse();
  }
}
