import type { Membership, Store, Table, Transport } from '../../transport.ts';
import { type Client, makeClient } from './cluster/client.ts';
import { reach } from './cluster/reach.ts';
import { makeHeldStores } from './copies/held-stores.ts';
import { type LocalCopies, makeLocalCopies } from './copies/local-copies.ts';
import { makeTable } from './copies/table.ts';
import { makeTableCopy, type TableCopy } from './copies/table-copy.ts';
import { committedPositions } from './group/committed.ts';
import { joinGroup } from './group/join.ts';
import { keptPositions } from './group/kept-positions.ts';
import { makeNames } from './names.ts';
import { makeFetcher } from './reading/fetcher.ts';
import { makeReader, storedRecord } from './reading/reader.ts';
import { defaults, type KafkaSettings } from './settings.ts';
import { ensureTopics, requireTopics } from './topics/ensure.ts';
import { makeTopicRegister } from './topics/register.ts';
import { shapeOf, shapesOf, type TopicShape } from './topics/shape.ts';
import { appendRecords } from './writing/append.ts';
import { largestOutput, MAX_METADATA_BYTES, STORE_RECORD_BYTES } from './writing/limits.ts';
import { makeProducers, type Producers } from './writing/producers.ts';

/** Opens the transport on a Kafka cluster. Rejects with `broker-unreachable` or `broker-refused`. */
export const openKafka = async (settings: KafkaSettings): Promise<Transport> => (await openParts(settings)).transport;

export interface OpenedKafka {
  readonly transport: Transport;
  /** Lets go at once, as a crash would: no group is left and nothing is handed over. */
  abandon(): void;
}

/** @param client the cluster as the transport sees it; one of its own unless one is given */
export const openParts = async (settings: KafkaSettings, client = makeClient(settings)): Promise<OpenedKafka> => {
  await reach(client);
  const names = makeNames(settings.prefix, settings.run);
  const copies = makeLocalCopies(client, names);
  const producers = makeProducers(client, names, (kind) => copies.own(kind).instance);
  const reader = makeReader(client, producers.own, (topic) => names.count(topic, settings.partitions));
  const fetcher = makeFetcher(client);
  const memberships = new Set<Membership>();
  const tables = new Map<string, TableCopy>();
  const stores = makeHeldStores();

  const register = makeTopicRegister(client, names, producers.writer);
  const ensure = (shapes: readonly TopicShape[]) => ensureTopics(client, shapes, register);
  const reading = { milliseconds: settings.readMilliseconds ?? defaults.readMilliseconds };

  const abandon = () => {
    client.close();
    copies.close();
  };
  const transport: Transport = {
    partitions: settings.partitions,
    maxMetadataBytes: MAX_METADATA_BYTES,
    largestOutput: largestOutput(settings),
    worker: () => copies.own('worker').instance,
    apply: async (topics, stages = []) => {
      names.declare(topics);
      await ensure(shapesOf({ topics, stages }, names, settings.partitions));
    },
    check: async (topics) => {
      names.declare(topics);
      await requireTopics(
        client,
        topics.map((spec) => shapeOf(spec, names, settings.partitions)),
        register,
      );
    },
    join: async (group, assigned) => {
      const { queue, fence } = producers.worker();
      const { instance } = copies.own('worker');
      const { shutOut } = producers;
      const copy = (topic: string, partition: number) =>
        copies.copy('task', { topic, partition, isolation: 'committed' });
      const takenOver = () => {
        for (const table of tables.values()) table.expire();
      };
      const own = { instance, copy, stores, ensure, takenOver };
      const parts = { client, names, fetcher, queue, fence, shutOut, ...own };
      const membership = await joinGroup(parts, group, assigned);
      memberships.add(membership);
      const leave = () => {
        memberships.delete(membership);
        return membership.leave();
      };
      return { leave };
    },
    append: (records) => appendRecords(producers.outside(), { names, reader, settings }, records),
    read: async (topic, partition, from, max) =>
      (await reader.read(names.topic(topic), partition, from, max)).map((one) => storedRecord(topic, partition, one)),
    ends: (topic) => reader.ends(names.topic(topic)),
    grown: (topics, milliseconds, signal) => reader.grown(topics.map(names.topic), milliseconds, signal),
    positions: async (stage) => {
      const sources = names.sources(settings.partitions);
      const committed = await committedPositions(client, names, stage, sources, reading);
      if (committed.length > 0) return committed;
      // Never written, or expired: then the stage's store has them.
      const topic = names.changelog(stage);
      const kept = Array.from({ length: await client.partitions(topic) }, async (_, partition) => {
        const copy = copies.copy('look', { topic, partition, isolation: 'committed' });
        await copy.catchUp(reading);
        return keptPositions(copy, sources);
      });
      return (await Promise.all(kept)).flat();
    },
    store: async (stage, partition) => {
      // A stage that has never run has no store yet.
      if ((await client.partitions(names.changelog(stage))) <= partition) return emptyStore;
      const held = stores.view(stage, partition);
      if (held) return held;
      const copy = copies.copy('look', { topic: names.changelog(stage), partition, isolation: 'committed' });
      await copy.catchUp(reading);
      return copy.store;
    },
    table: (name) => openTable(name, { client, names, copies, producers, tables }),
    close: async () => {
      await Promise.all([...memberships].map((membership) => membership.leave()));
      await producers.flush();
      abandon();
    },
  };
  return { transport, abandon };
};

interface TableParts {
  readonly client: Client;
  readonly names: ReturnType<typeof makeNames>;
  readonly copies: LocalCopies;
  readonly producers: Producers;
  readonly tables: Map<string, TableCopy>;
}

const openTable = (name: string, { client, names, copies, producers, tables }: TableParts): Table => {
  const topic = names.topic(name);
  const known = (partition: number) => tables.get(`${topic}/${partition}`);
  const copyOf = (partition: number): TableCopy => {
    const before = known(partition);
    if (before !== undefined) return before;
    const copy = copies.copy('table', { topic, partition, isolation: 'uncommitted' });
    const made = makeTableCopy(copy, () => performance.now());
    tables.set(`${topic}/${partition}`, made);
    return made;
  };
  const spec = names.spec(name);
  return makeTable({
    topic,
    partitions: spec?.single ? 1 : client.settings.partitions,
    maxRecordBytes: spec?.maxRecordBytes ?? STORE_RECORD_BYTES,
    settings: client.settings,
    write: producers.writer,
    copyOf,
    known,
  });
};

const emptyStore: Store = { get: () => undefined, scan: () => [] };
