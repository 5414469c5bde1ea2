import { randomUUID } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import kafkajs, { Kafka, type KafkaMessage, logLevel, type Producer } from 'kafkajs';

// It reads what is compressed by zstd, as large records are here, only with a codec that is given to it.
kafkajs.CompressionCodecs[kafkajs.CompressionTypes.ZSTD] = () => ({
  compress: async ({ buffer }: { buffer: Buffer }) => zstdCompressSync(buffer),
  decompress: async (body: Buffer) => zstdDecompressSync(body),
});

/** kafkajs as it comes, silent. */
export const plainClient = (brokers: readonly string[]): Kafka =>
  new Kafka({ clientId: 'plain', brokers: [...brokers], logLevel: logLevel.NOTHING });

export const plainProducer = async (
  brokers: readonly string[],
  transactionalId: string,
  transactionTimeout = 60_000,
): Promise<Producer> => {
  const producer = plainClient(brokers).producer({
    transactionalId,
    transactionTimeout,
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: () => () => 0,
  });
  await producer.connect();
  return producer;
};

/** What its read-committed consumer shows of a topic, up to and with the record of value `last`. */
export const plainRead = async (brokers: readonly string[], topic: string, last: string): Promise<string[]> =>
  (await consumed(brokers, topic, ({ value }) => String(value) === last)).map(({ value }) => String(value));

/** A record of a topic that has some. */
export const plainRecord = async (brokers: readonly string[], topic: string): Promise<PlainRecord> =>
  (await consumed(brokers, topic, () => true))[0]!;

export type PlainRecord = KafkaMessage & { readonly partition: number };

const consumed = async (
  brokers: readonly string[],
  topic: string,
  isLast: (message: KafkaMessage) => boolean,
): Promise<PlainRecord[]> => {
  const consumer = plainClient(brokers).consumer({ groupId: `reads ${topic} ${randomUUID()}`, maxWaitTimeInMs: 100 });
  const records: PlainRecord[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    // Its own promise says nothing of what goes wrong in its loop for good.
    consumer.on('consumer.crash', ({ payload }) => payload.restart || reject(payload.error));
    void consumer.run({
      autoCommit: false,
      eachMessage: async ({ message, partition }) => {
        records.push({ ...message, partition });
        if (isLast(message)) resolve();
      },
    });
  });
  await consumer.disconnect();
  return records;
};
