import { Kafka, logLevel, type Producer } from 'kafkajs';

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
export const plainRead = async (brokers: readonly string[], topic: string, last: string): Promise<string[]> => {
  const consumer = plainClient(brokers).consumer({ groupId: `read ${topic} ${last}`, maxWaitTimeInMs: 100 });
  const values: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        eachMessage: async ({ message }) => {
          values.push(String(message.value));
          if (String(message.value) === last) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return values;
};
