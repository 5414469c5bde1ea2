import { TransportError } from '../../../errors.ts';
import type { Client } from '../cluster/client.ts';
import type { KafkaSettings } from '../settings.ts';
import { call } from '../wire/kafkajs.ts';
import type { TopicMetadata } from '../wire/metadata.ts';
import type { Registered } from './register.ts';
import { atLeast, exactly, mismatch, type TopicShape } from './shape.ts';

/**
 * Compares the partition count with the one that is wanted, and with the one that the topic began with. Partitions that
 * somebody added since then are left alone: a key's partition would be another one, in the middle of a run.
 */
export const comparePartitions = (
  { topic, partitions }: TopicShape,
  { leaders }: TopicMetadata,
  first: Registered | undefined,
  log: KafkaSettings['log'],
): void => {
  const count = first?.partitions ?? leaders.length;
  if (count === partitions && leaders.length >= count) {
    if (leaders.length === count) return;
    const added = `${leaders.length} partitions, and had ${count} when it was first made`;
    log?.('warn', `topic ${topic} has ${added}: the added ones are ignored, also what others write into them`);
    return;
  }
  throw new TransportError(
    'topic-mismatch',
    `topic ${topic} has ${count} partitions, wanted is ${partitions}: the count is fixed when the topics are ` +
      `first made; set transport.partitions: ${count}, or use another prefix (nothing was changed)`,
  );
};

export const compareReplicas = ({ topic }: TopicShape, { replicas }: TopicMetadata, wanted = 1): void => {
  if (replicas < wanted) throw mismatch(topic, 'replicas', String(replicas), `at least ${wanted}`);
};

export const compareSettings = async (client: Client, shapes: readonly TopicShape[]): Promise<void> => {
  if (shapes.length === 0) return;
  const found = await client.retry('reading the topics’ settings', () => readSettings(client, shapes));
  for (const shape of shapes) {
    const settings = found.get(shape.topic) ?? new Map<string, string>();
    for (const [setting, wanted] of Object.entries(exactly(shape))) {
      const actual = settings.get(setting) ?? wanted;
      if (actual !== wanted) throw mismatch(shape.topic, setting, actual, wanted);
    }
    for (const [setting, least] of Object.entries(atLeast(shape, client.settings))) {
      const actual = settings.get(setting) ?? String(least);
      if (Number(actual) < least) throw mismatch(shape.topic, setting, actual, `at least ${least}`);
    }
  }
};

const readSettings = async (
  client: Client,
  shapes: readonly TopicShape[],
): Promise<Map<string, Map<string, string>>> => {
  const resources = shapes.map((shape) => ({
    type: TOPIC_RESOURCE,
    name: shape.topic,
    configNames: Object.keys({ ...exactly(shape), ...atLeast(shape, client.settings) }),
  }));
  const request = call<ConfigAnswer>('DescribeConfigs', 1, { resources });
  const answer = await client.send(await client.anyNode(), 'main', request);
  return new Map(
    answer.resources.map(({ resourceName, configEntries }) => [
      resourceName,
      new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
    ]),
  );
};

interface ConfigAnswer {
  readonly resources: readonly {
    readonly resourceName: string;
    readonly configEntries: readonly { readonly configName: string; readonly configValue: string }[];
  }[];
}

const TOPIC_RESOURCE = 2;
