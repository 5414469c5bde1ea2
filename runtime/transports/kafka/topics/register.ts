import { TransportError } from '../../../errors.ts';
import type { Client } from '../cluster/client.ts';
import type { Names } from '../names.ts';
import { fetchOne } from '../reading/fetch-one.ts';
import { listOffsets } from '../reading/list-offsets.ts';
import { isMissingTopic } from '../wire/faults.ts';
import type { TableWriter } from '../writing/table-writer.ts';
import type { TopicShape } from './shape.ts';

/** A topic as it was when it was first made or found. */
export interface Registered {
  readonly id: string;
  readonly partitions: number;
}

/**
 * What topics the prefix has, in a topic of its own (`<prefix>.topics`): so that one that was deleted is missed, and not
 * silently made again, empty, in the middle of a run.
 */
export interface TopicRegister {
  readonly shape: TopicShape;
  /** Every entry, by Kafka's names; none where the register is not there. */
  read(): Promise<ReadonlyMap<string, Registered>>;
  /** The same without a run that was removed: where none of its topics is left, it begins anew. */
  current(): Promise<ReadonlyMap<string, Registered>>;
  write(entries: readonly (readonly [topic: string, entry: Registered | null])[]): Promise<void>;
}

/** The register's own topic. */
export const registerShape = (names: Names): TopicShape => ({
  topic: names.register,
  partitions: 1,
  compacted: true,
  maxRecordBytes: 1 << 20,
});

export const makeTopicRegister = (client: Client, names: Names, write: TableWriter): TopicRegister => {
  const topic = names.register;
  const shape = registerShape(names);

  const read = (): Promise<Map<string, Registered>> =>
    client.retry(`reading ${topic}`, () => readAll(client, topic), {
      milliseconds: client.settings.readMilliseconds ?? READ_MILLISECONDS,
    });
  const writeAll: TopicRegister['write'] = async (entries) => {
    const records = entries.map(([key, entry]) => ({
      ...{ topic, partition: 0, key, headers: {} },
      value: entry === null ? null : Buffer.from(JSON.stringify(entry)),
    }));
    await Promise.all(records.map(write));
  };
  return {
    shape,
    read,
    write: writeAll,
    current: async () => {
      const known = await read();
      const own = [...known.keys()].filter(names.isOfRun);
      const removed = (await allGone(client, own)) ? own : [];
      // The whole prefix may have been removed, but for the register.
      const gone =
        removed.length === own.length && (await allGone(client, [...known.keys()])) ? [...known.keys()] : removed;
      await writeAll(gone.map((name) => [name, null]));
      for (const name of gone) known.delete(name);
      return known;
    },
  };
};

const allGone = (client: Client, topics: readonly string[]): Promise<boolean> =>
  client.retry('reading the topics', async () => {
    const found = await client.describe(topics);
    return topics.every((topic) => found.get(topic)!.errorCode === UNKNOWN_TOPIC);
  });

const readAll = async (client: Client, topic: string): Promise<Map<string, Registered>> => {
  const entries = new Map<string, Registered>();
  try {
    const end = (await listOffsets(client, topic, [0], 'uncommitted')).get(0) ?? 0;
    for (let next = 0; next < end; ) {
      const fetched = await fetchOne(client, topic, 0, next, 'uncommitted');
      for (const { key, value } of fetched.records) {
        if (key === null) continue;
        if (value === null) entries.delete(key);
        else entries.set(key, registeredIn(topic, key, value));
      }
      if (fetched.next <= next) break;
      next = fetched.next;
    }
  } catch (error) {
    if (!isMissingTopic(error)) throw error;
  }
  return entries;
};

/** Throws `store-foreign` where no sluice can have written it. */
const registeredIn = (topic: string, key: string, value: Uint8Array): Registered => {
  try {
    const { id, partitions } = JSON.parse(Buffer.from(value).toString()) as Partial<Registered>;
    if (typeof id === 'string' && typeof partitions === 'number') return { id, partitions };
  } catch {
    // It is told below.
  }
  const what = `${topic} holds under ${JSON.stringify(key)} what no sluice wrote`;
  throw new TransportError('store-foreign', `${what}: see who else writes there, or give another prefix`);
};

const READ_MILLISECONDS = 60_000;
const UNKNOWN_TOPIC = 3;
