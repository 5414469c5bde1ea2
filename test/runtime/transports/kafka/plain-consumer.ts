/** A consumer of kafkajs as it comes: `node plain-consumer.ts BROKERS GROUP TOPIC`. */
import { plainClient } from '../../../helpers/kafka/kafkajs.ts';

const [brokers, groupId, topic] = process.argv.slice(2) as [string, string, string];
const consumer = plainClient(brokers.split(',')).consumer({ groupId, sessionTimeout: 8_000 });
await consumer.connect();
await consumer.subscribe({ topic });
await consumer.run({ eachMessage: async () => {} });
