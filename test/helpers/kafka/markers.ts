import { ByteReader } from '../../../runtime/transports/kafka/wire/byte-reader.ts';
import { makeClient } from '../../../runtime/transports/kafka/wire/client.ts';
import { fetchCall } from '../../../runtime/transports/kafka/wire/fetch.ts';
import { readBatches } from '../../../runtime/transports/kafka/wire/read-batches.ts';

/** Transactions of a topic that ended in an abort, from the log itself: producer and epoch of every abort marker. */
export const countAborted = async (brokers: readonly string[], topic: string, partitions: number): Promise<number> => {
  const settings = { brokers, prefix: '', run: '', partitions, localPath: '', commitMilliseconds: 1 };
  const client = makeClient(settings);
  const aborted = new Set<string>();
  for (let partition = 0; partition < partitions; partition++) {
    for (let from = 0, end = 1; from < end; ) {
      const { bytes, highWatermark } = await rawFetch(client, topic, partition, from);
      const batches = readBatches(bytes);
      for (const batch of batches) {
        if (batch.marker === 'abort') aborted.add(`${batch.producerId}/${batch.producerEpoch}`);
      }
      end = highWatermark;
      from = (batches.at(-1)?.lastOffset ?? end) + 1;
    }
  }
  client.close();
  return aborted.size;
};

const rawFetch = async (client: ReturnType<typeof makeClient>, topic: string, partition: number, from: number) => {
  const node = await client.leader(topic, partition);
  const { request } = fetchCall([{ topic, partition, from, maxBytes: 1 << 20 }], 'uncommitted', 0, 1 << 20);
  const response = { decode: async (bytes: Buffer) => bytes, parse: async (bytes: Buffer) => bytes };
  const reader = new ByteReader(await client.send<Buffer>(node, 'main', { request, response }));
  reader.slice(4 + 2 + 4 + 4);
  reader.string();
  reader.slice(4 + 4 + 2);
  const highWatermark = reader.int64();
  reader.slice(8 + 8);
  reader.array(() => reader.slice(16));
  reader.slice(4);
  return { highWatermark, bytes: reader.slice(Math.max(0, reader.int32())) };
};
