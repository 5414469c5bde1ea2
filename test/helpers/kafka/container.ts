import { execFile } from 'node:child_process';
import { GenericContainer, Wait } from 'testcontainers';
import { freePorts } from '../../../deploy/broker/start.ts';

export const dockerAnswers = (): Promise<boolean> =>
  new Promise((resolve) => execFile('docker', ['info'], { timeout: 10_000 }, (error) => resolve(error === null)));

/** The official image (or `KAFKA_IMAGE`) on a port chosen beforehand, since the broker has to advertise it. */
export const startContainer = async ({ KAFKA_IMAGE = 'apache/kafka:4.3.1' }: NodeJS.ProcessEnv) => {
  const [port] = await freePorts(1);
  const container = await new GenericContainer(KAFKA_IMAGE)
    .withExposedPorts({ container: 9092, host: port! })
    .withEnvironment(settings(port!))
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .withStartupTimeout(120_000)
    .start();
  return { brokers: [`127.0.0.1:${port}`], stop: async () => void (await container.stop()) };
};

const settings = (port: number): Record<string, string> => ({
  KAFKA_NODE_ID: '1',
  KAFKA_PROCESS_ROLES: 'broker,controller',
  KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
  // The broker writes the markers of transactions over a listener too, and cannot reach itself on the host's port.
  KAFKA_LISTENERS: 'PLAINTEXT://0.0.0.0:9092,INTERNAL://localhost:19092,CONTROLLER://localhost:9093',
  KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port},INTERNAL://localhost:19092`,
  KAFKA_INTER_BROKER_LISTENER_NAME: 'INTERNAL',
  KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
  KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
  KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
  KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
  KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '8',
  KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
  KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS: '8',
  KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
  KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
  KAFKA_LOG_CLEANER_DEDUPE_BUFFER_SIZE: '16777216',
});
