import { stringify } from 'yaml';
import type { Planned, PlannedRight, PlannedTopic } from '../../runtime/transports/kafka/topics/planned.ts';

/** Strimzi's KafkaTopic and KafkaUser; the cluster's name is to be filled in. */
export const asStrimzi = ({ topics, rights }: Planned, user: string): string =>
  [...topics.map(topicResource), userResource(rights, user)].map((one) => stringify(one)).join('---\n');

const head = (kind: string, name: string) => ({
  apiVersion: 'kafka.strimzi.io/v1beta2',
  kind,
  metadata: { name: resourceName(name), labels: { 'strimzi.io/cluster': 'CLUSTER' } },
});

const topicResource = ({ topic, partitions, replicationFactor, config }: PlannedTopic) => ({
  ...head('KafkaTopic', topic),
  spec: {
    topicName: topic,
    partitions,
    ...(replicationFactor !== undefined && { replicas: replicationFactor }),
    config,
  },
});

const userResource = (rights: readonly PlannedRight[], user: string) => ({
  ...head('KafkaUser', user),
  spec: {
    authentication: { type: 'scram-sha-512' },
    authorization: {
      type: 'simple',
      acls: rights.map(({ resource, name, pattern, operations }) => ({
        resource: { type: resource, name, patternType: pattern },
        operations,
        host: '*',
      })),
    },
  },
});

/** Kubernetes' names are those of hosts (RFC 1123); Kafka's may have capitals, dots and underscores anywhere. */
const resourceName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .replace(/-$/, '');
