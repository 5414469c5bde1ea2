import { TransportError } from '../../../errors.ts';
import type { TopicSpec } from '../../../transport.ts';
import type { Names } from '../names.ts';
import { BrokerFault, check, isMissingTopic } from '../wire/faults.ts';
import { call, rawCall } from '../wire/kafkajs.ts';
import type { TopicMetadata } from '../wire/metadata.ts';
import type { Client } from './client.ts';

/** A topic as it should be on the broker. */
export interface TopicShape {
  readonly topic: string;
  readonly partitions: number;
  readonly compacted: boolean;
  readonly maxRecordBytes: number;
}

export const shapeOf = (spec: TopicSpec, names: Names, partitions: number): TopicShape => ({
  topic: names.topic(spec.name),
  partitions: spec.single ? 1 : partitions,
  compacted: spec.compacted ?? false,
  maxRecordBytes: spec.maxRecordBytes,
});

/**
 * Creates the topics that are missing and compares the others. Nothing is ever changed or deleted: rejects with
 * `topic-mismatch`, saying what was found and what is wanted.
 */
export const ensureTopics = async (client: Client, shapes: readonly TopicShape[]): Promise<void> => {
  const found = await describeAll(client, shapes);
  const missing = shapes.filter(({ topic }) => found.get(topic)!.leaders.length === 0);
  if (missing.length > 0) await createTopics(client, missing);
  const existing = shapes.filter((shape) => !missing.includes(shape));
  for (const shape of existing) {
    comparePartitions(shape, found.get(shape.topic)!);
    compareReplicas(shape, found.get(shape.topic)!, client.settings.replicationFactor);
  }
  await compareSettings(client, existing);
};

/** Compares for readers, who make nothing and need to know no settings: rejects with `topic-missing` or `topic-mismatch`. */
export const requireTopics = async (client: Client, shapes: readonly TopicShape[]): Promise<void> => {
  const look = async (): Promise<void> => {
    const found = await describeAll(client, shapes);
    const missing = shapes.filter(({ topic }) => found.get(topic)!.leaders.length === 0).map(({ topic }) => topic);
    if (missing.length > 0) throw absent(missing);
    for (const shape of shapes) comparePartitions(shape, found.get(shape.topic)!);
  };
  // What was made a moment ago is not known to every broker yet.
  await client.retry('reading the topics', look, { milliseconds: 500, transient: isMissingTopic });
};

const absent = (topics: readonly string[]): TransportError =>
  new TransportError(
    'topic-missing',
    `${topics.join(', ')}: not on the broker; \`sluice topics apply\` makes what is missing`,
  );

const describeAll = (client: Client, shapes: readonly TopicShape[]): Promise<Map<string, TopicMetadata>> =>
  client.retry('reading the topics', async () => {
    const found = await client.describe(shapes.map(({ topic }) => topic));
    for (const [topic, { errorCode }] of found) {
      if (errorCode !== UNKNOWN_TOPIC) check(errorCode, `topic ${topic}`);
    }
    return found;
  });

const createTopics = async (client: Client, shapes: readonly TopicShape[]): Promise<void> => {
  const names = shapes.map(({ topic }) => topic).join(', ');
  await client.retry(`creating ${names}`, async () => {
    const parameters = { topics: shapes.map((shape) => creation(shape, client)), timeout: 10_000 };
    const node = await client.controller();
    const answer = await client.send(node, 'main', rawCall<CreateAnswer>('CreateTopics', 3, parameters));
    for (const { topic, errorCode } of answer.topicErrors) {
      if (errorCode !== ALREADY_EXISTS) check(errorCode, `creating ${topic}`);
    }
  });
  await client.retry(`waiting for ${names}`, async () => {
    const found = await client.describe(shapes.map(({ topic }) => topic));
    for (const shape of shapes) requireLeaders(shape, found.get(shape.topic)!);
  });
};

const creation = ({ topic, partitions, ...shape }: TopicShape, { settings }: Client) => ({
  topic,
  numPartitions: partitions,
  replicationFactor: settings.replicationFactor ?? -1,
  configEntries: Object.entries(configOf({ topic, partitions, ...shape }, settings.replicationFactor)).map(
    ([name, value]) => ({ name, value }),
  ),
});

/** Room for key and headers beside the value. */
const OVERHEAD_BYTES = 65_536;

const configOf = ({ compacted, maxRecordBytes }: TopicShape, replicas = 1): Record<string, string> => ({
  'cleanup.policy': compacted ? 'compact' : 'delete',
  'retention.ms': '-1',
  'retention.bytes': '-1',
  'max.message.bytes': String(maxRecordBytes + OVERHEAD_BYTES),
  ...(compacted && { 'delete.retention.ms': String(TOMBSTONE_MILLISECONDS), 'min.cleanable.dirty.ratio': '0.2' }),
  ...(replicas >= 3 && { 'min.insync.replicas': '2' }),
});

/** How long a deleted key can be learned of: a local copy that is older must be made anew. */
export const TOMBSTONE_MILLISECONDS = 7 * 24 * 60 * 60 * 1000;

const requireLeaders = ({ topic, partitions }: TopicShape, { leaders }: TopicMetadata): void => {
  if (leaders.length !== partitions || leaders.some((leader) => leader < 0)) throw new BrokerFault(NO_LEADER, topic);
};

const comparePartitions = ({ topic, partitions }: TopicShape, { leaders }: TopicMetadata): void => {
  if (leaders.length === partitions) return;
  throw new TransportError(
    'topic-mismatch',
    `topic ${topic} has ${leaders.length} partitions, wanted is ${partitions}: the count is fixed when the topics are ` +
      `first made; set transport.partitions: ${leaders.length}, or use another prefix (nothing was changed)`,
  );
};

const compareReplicas = ({ topic }: TopicShape, { replicas }: TopicMetadata, wanted = 1): void => {
  if (replicas < wanted) throw mismatch(topic, 'replicas', String(replicas), `at least ${wanted}`);
};

const compareSettings = async (client: Client, shapes: readonly TopicShape[]): Promise<void> => {
  if (shapes.length === 0) return;
  const found = await client.retry('reading the topics’ settings', () => readSettings(client, shapes));
  for (const shape of shapes) {
    const settings = found.get(shape.topic) ?? new Map<string, string>();
    for (const [setting, wanted] of Object.entries(exactly(shape))) {
      const actual = settings.get(setting) ?? wanted;
      if (actual !== wanted) throw mismatch(shape.topic, setting, actual, wanted);
    }
    for (const [setting, least] of Object.entries(atLeast(shape, client.settings.replicationFactor))) {
      const actual = settings.get(setting) ?? String(least);
      if (Number(actual) < least) throw mismatch(shape.topic, setting, actual, `at least ${least}`);
    }
  }
};

/** The topics are the run: they stay until they are deleted by hand. */
const exactly = ({ compacted }: TopicShape): Record<string, string> =>
  compacted
    ? { 'cleanup.policy': 'compact' }
    : { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' };

const atLeast = ({ compacted, maxRecordBytes }: TopicShape, replicas = 1): Record<string, number> => ({
  'max.message.bytes': maxRecordBytes,
  ...(compacted && { 'delete.retention.ms': TOMBSTONE_MILLISECONDS }),
  ...(replicas >= 3 && { 'min.insync.replicas': 2 }),
});

const readSettings = async (
  client: Client,
  shapes: readonly TopicShape[],
): Promise<Map<string, Map<string, string>>> => {
  const resources = shapes.map((shape) => ({
    type: TOPIC_RESOURCE,
    name: shape.topic,
    configNames: Object.keys({ ...exactly(shape), ...atLeast(shape, client.settings.replicationFactor) }),
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

const mismatch = (topic: string, setting: string, found: string, wanted: string): TransportError =>
  new TransportError(
    'topic-mismatch',
    `topic ${topic} has ${setting} ${found}, wanted is ${wanted}; set it so, or use another prefix or run name ` +
      '(nothing was changed)',
  );

interface CreateAnswer {
  readonly topicErrors: readonly { readonly topic: string; readonly errorCode: number }[];
}

interface ConfigAnswer {
  readonly resources: readonly {
    readonly resourceName: string;
    readonly configEntries: readonly { readonly configName: string; readonly configValue: string }[];
  }[];
}

const UNKNOWN_TOPIC = 3;
const NO_LEADER = 5;
const ALREADY_EXISTS = 36;
const TOPIC_RESOURCE = 2;
