import type { Planned, PlannedRight, PlannedTopic } from '../../runtime/transports/kafka/topics/planned.ts';

/** Lines for a shell, of Kafka's own tools. */
export const asCommands = ({ topics, rights }: Planned, user: string, brokers: readonly string[]): string => {
  const server = `--bootstrap-server ${brokers.join(',')}`;
  return [
    ...topics.map((topic) => `kafka-topics.sh ${server} --create --if-not-exists ${topicWords(topic)}`),
    ...rights.map((right) => `kafka-acls.sh ${server} --add ${rightWords(right, user)}`),
  ].join('\n');
};

const topicWords = ({ topic, partitions, replicationFactor, config }: PlannedTopic): string =>
  [
    `--topic ${topic} --partitions ${partitions}`,
    ...(replicationFactor === undefined ? [] : [`--replication-factor ${replicationFactor}`]),
    ...Object.entries(config).map(([name, value]) => `--config ${name}=${value}`),
  ].join(' ');

const rightWords = ({ resource, name, pattern, operations }: PlannedRight, user: string): string =>
  [
    `--allow-principal ${quoted(`User:${user}`)}`,
    ...operations.map((operation) => `--operation ${operation}`),
    `${options[resource]} ${name}`,
    ...(pattern === 'prefix' ? ['--resource-pattern-type prefixed'] : []),
  ].join(' ');

const options = { topic: '--topic', group: '--group', transactionalId: '--transactional-id' } as const;

/** A user may be called anything: a certificate's name has commas and blanks. */
const quoted = (text: string): string =>
  /^[\w:.@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
