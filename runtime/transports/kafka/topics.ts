import { TransportError } from '../../errors.ts';
import type { TopicSpec } from '../../transport.ts';
import type { Names } from './names.ts';
import type { Client } from './wire/client.ts';
import { BrokerFault, check } from './wire/faults.ts';
import { call, rawCall } from './wire/kafkajs.ts';
import type { TopicMetadata } from './wire/metadata.ts';

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
  for (const shape of existing) comparePartitions(shape, found.get(shape.topic)!);
  await compareSettings(client, existing);
};

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
  // The topics are the run: they stay until they are deleted by hand.
  'retention.ms': '-1',
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
  if (leaders.length !== partitions) throw mismatch(topic, 'partitions', String(leaders.length), String(partitions));
};

const compareSettings = async (client: Client, shapes: readonly TopicShape[]): Promise<void> => {
  if (shapes.length === 0) return;
  const found = await client.retry('reading the topics’ settings', () => readSettings(client, shapes));
  for (const shape of shapes) {
    const settings = found.get(shape.topic) ?? new Map();
    const policy = shape.compacted ? 'compact' : 'delete';
    const actual = settings.get('cleanup.policy') ?? policy;
    if (actual !== policy) throw mismatch(shape.topic, 'cleanup.policy', actual, policy);
    const room = Number(settings.get('max.message.bytes') ?? Number.POSITIVE_INFINITY);
    if (room < shape.maxRecordBytes) {
      throw mismatch(shape.topic, 'max.message.bytes', String(room), `at least ${shape.maxRecordBytes}`);
    }
  }
};

const readSettings = async (
  client: Client,
  shapes: readonly TopicShape[],
): Promise<Map<string, Map<string, string>>> => {
  const configNames = ['cleanup.policy', 'max.message.bytes'];
  const resources = shapes.map(({ topic }) => ({ type: TOPIC_RESOURCE, name: topic, configNames }));
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
