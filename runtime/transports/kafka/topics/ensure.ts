import type { TransportError } from '../../../errors.ts';
import type { Client } from '../cluster/client.ts';
import { BrokerFault, check, isMissingTopic } from '../wire/faults.ts';
import { rawCall } from '../wire/kafkajs.ts';
import type { TopicMetadata } from '../wire/metadata.ts';
import { comparePartitions, compareReplicas, compareSettings } from './compare.ts';
import { absent, deleted, replaced } from './missing.ts';
import type { Registered, TopicRegister } from './register.ts';
import { configOf, type TopicShape } from './shape.ts';

/**
 * Creates the topics that are missing and compares the others; the register says which were there before. Nothing is
 * ever changed or deleted: rejects with `topic-mismatch`, saying what was found and what is wanted, and with
 * `topic-missing` where one of a run that goes on was deleted.
 */
export const ensureTopics = async (
  client: Client,
  shapes: readonly TopicShape[],
  register: TopicRegister,
): Promise<void> => {
  await ensureRegister(client, register);
  const known = await register.current();
  const { found, missing } = await lookAgain(client, shapes, known);
  if (missing.length > 0) await createTopics(client, missing);
  const existing = shapes.filter((shape) => !missing.includes(shape));
  for (const shape of existing) {
    comparePartitions(shape, found.get(shape.topic)!, known.get(shape.topic), client.settings.log);
    compareReplicas(shape, found.get(shape.topic)!, client.settings.replicationFactor);
  }
  await compareSettings(client, existing);
  const news = shapes.filter(({ topic }) => !known.has(topic));
  const described = await describeAll(client, news);
  await register.write(
    news.map(({ topic, partitions }) => [topic, { id: described.get(topic)!.id, partitions }] as const),
  );
};

/** Compares for readers, who make nothing and need to know no settings: rejects with `topic-missing` or `topic-mismatch`. */
export const requireTopics = async (
  client: Client,
  shapes: readonly TopicShape[],
  register: TopicRegister,
): Promise<void> => {
  const look = async (): Promise<void> => {
    const found = await describeAll(client, shapes);
    const missing = shapes.filter(({ topic }) => isMissing(found.get(topic)!)).map(({ topic }) => topic);
    const known = await register.read();
    const gone = missing.filter((topic) => known.has(topic));
    if (gone.length > 0 && gone.length < shapes.length) throw deleted(gone);
    if (missing.length > 0) throw absent(missing);
    for (const shape of shapes) {
      const [topic, entry] = [found.get(shape.topic)!, known.get(shape.topic)];
      if (entry !== undefined && entry.id !== topic.id) throw replaced(shape.topic);
      comparePartitions(shape, topic, entry, client.settings.log);
    }
  };
  // What was made a moment ago is not known to every broker yet.
  await client.retry('reading the topics', look, { milliseconds: 500, transient: isMissingTopic });
};

const ensureRegister = async (client: Client, { shape }: TopicRegister): Promise<void> => {
  const found = await describeAll(client, [shape]);
  if (isMissing(found.get(shape.topic)!)) await createTopics(client, [shape]);
};

interface Look {
  readonly found: ReadonlyMap<string, TopicMetadata>;
  readonly missing: readonly TopicShape[];
}

/** What is there. One that should be, and is not, may only be too new for the broker that was asked. */
const lookAgain = (
  client: Client,
  shapes: readonly TopicShape[],
  known: ReadonlyMap<string, Registered>,
): Promise<Look> => {
  const look = async (): Promise<Look> => {
    const found = await describeAll(client, shapes);
    const missing = shapes.filter(({ topic }) => isMissing(found.get(topic)!));
    const lost = missing.filter(({ topic }) => known.has(topic)).map(({ topic }) => topic);
    if (lost.length > 0) throw deleted(lost);
    const other = shapes.find(({ topic }) => {
      const entry = known.get(topic);
      return entry !== undefined && entry.id !== found.get(topic)!.id;
    });
    if (other !== undefined) throw replaced(other.topic);
    return { found, missing };
  };
  return client.retry('reading the topics', look, { milliseconds: 2_000, transient: isMismatch });
};

const describeAll = (client: Client, shapes: readonly TopicShape[]): Promise<Map<string, TopicMetadata>> =>
  client.retry('reading the topics', async () => {
    const found = await client.describe(shapes.map(({ topic }) => topic));
    for (const [topic, { errorCode }] of found) {
      if (errorCode !== UNKNOWN_TOPIC) check(errorCode, `topic ${topic}`);
    }
    return found;
  });

const isMismatch = (error: unknown): boolean => (error as TransportError).code === 'topic-mismatch';
const isMissing = ({ leaders }: TopicMetadata): boolean => leaders.length === 0;

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
  configEntries: Object.entries(configOf({ topic, partitions, ...shape }, settings)).map(([name, value]) => ({
    name,
    value,
  })),
});

const requireLeaders = ({ topic, partitions }: TopicShape, { leaders }: TopicMetadata): void => {
  if (leaders.length !== partitions || leaders.some((leader) => leader < 0)) throw new BrokerFault(NO_LEADER, topic);
};

interface CreateAnswer {
  readonly topicErrors: readonly { readonly topic: string; readonly errorCode: number }[];
}

const UNKNOWN_TOPIC = 3;
const NO_LEADER = 5;
const ALREADY_EXISTS = 36;
