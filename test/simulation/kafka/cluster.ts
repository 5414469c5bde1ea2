import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredRecord, Table, Transport } from '../../../runtime/transport.ts';
import { makeClient } from '../../../runtime/transports/kafka/cluster/client.ts';
import { makeNames } from '../../../runtime/transports/kafka/names.ts';
import { openParts } from '../../../runtime/transports/kafka/open.ts';
import { storedRecord } from '../../../runtime/transports/kafka/reading/reader.ts';
import type { KafkaSettings } from '../../../runtime/transports/kafka/settings.ts';
import { topicSpecs } from '../../../topologies/topics.ts';
import type { Cluster, ClusterSettings, Life } from '../world/cluster.ts';
import { makeBrokers } from './brokers.ts';
import type { Batch } from './log.ts';
import { mortal } from './mortal.ts';
import { makeNetwork } from './network.ts';
import { copyFaults } from './replay.ts';
import { hostOf, PORT } from './requests.ts';

export interface KafkaScenario {
  readonly brokers: number;
  /** Each process has a name of its own in the settings; otherwise the one that is kept on its disk. */
  readonly named: boolean;
  readonly commitMilliseconds: number;
  /** Share of the requests whose connection breaks. */
  readonly breaks: number;
  /** Share of the requests that take up to some tenths of a second. */
  readonly slow: number;
  /** The same of those that ask how things are. */
  readonly slowToAsk: number;
  /** Each process has a live view, which looks again and again. */
  readonly watched: boolean;
}

/** The same world over the real Kafka transport, and simulated brokers under it. */
export const makeKafkaCluster = (settings: ClusterSettings, kafka: KafkaScenario): Cluster => {
  const { time, chance, partitions } = settings;
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'sluice-simulation-'));
  const names = makeNames(PREFIX, RUN);
  names.declare(topicSpecs);
  const brokers = makeBrokers({ chance, now: () => time.now, count: kafka.brokers });
  const network = makeNetwork({
    time,
    chance,
    brokers,
    breaks: kafka.breaks,
    slow: kafka.slow,
    slowToAsk: kafka.slowToAsk,
    operation: settings.operation,
  });
  const opened = new Map<Life, { transport: Transport; abandon: () => void }>();
  const lookups = new Map<string, number>();
  const disks = new Map<string, number>();

  const batchesOf = (topic: string, partition: number): readonly Batch[] =>
    brokers.log({ topic: names.topic(topic), partition })?.history ?? [];
  const committed = (topic: string, partition: number): StoredRecord[] =>
    batchesOf(topic, partition)
      .filter(({ fate }) => fate === 'committed')
      .flatMap(({ records }) => records.map((record) => storedRecord(topic, partition, record)));
  const partitionsOf = (topic: string) =>
    Array.from({ length: names.count(names.topic(topic), partitions) }, (_, n) => n);

  /** The name that a process finds on its disk; a new disk has another. */
  const diskOf = ({ worker }: Life): string => {
    const path = join(folder, worker);
    for (const kind of ['worker', 'reader']) {
      const own = join(path, `${PREFIX}.${RUN}`, `${kind}-1`);
      mkdirSync(own, { recursive: true });
      const name = join(own, 'name');
      if (!existsSync(name)) writeFileSync(name, `${kind}-${worker}-of-disk-${disks.get(worker) ?? 0}`);
    }
    return path;
  };
  const settingsOf = (life: Life): KafkaSettings => ({
    brokers: brokers.nodes.map((node) => `${hostOf(node)}:${PORT}`),
    ...{ prefix: PREFIX, run: RUN, partitions, localPath: diskOf(life) },
    ...(kafka.named && life.number >= 0 && { instanceId: `process-${life.worker}` }),
    commitMilliseconds: kafka.commitMilliseconds,
    ...{ connectMilliseconds: Number.POSITIVE_INFINITY, readMilliseconds: Number.POSITIVE_INFINITY },
  });
  const watched = (table: Table, life: Life, name: string): Table => ({
    ...table,
    get: async (partitionKey, key) => {
      const asked = time.now;
      const found = await table.get(partitionKey, key);
      lookups.set(`${life.worker}/${life.number} ${name} ${key}`, asked);
      return found;
    },
  });

  return {
    open: async (life) => {
      const given = settingsOf(life);
      const parts = await openParts(given, makeClient(given, network.links(life)));
      if (life.dead) {
        parts.abandon();
        return new Promise<Transport>(() => {});
      }
      opened.set(life, parts);
      const { transport } = parts;
      await transport.apply(topicSpecs);
      const close = async () => {
        await transport.close();
        opened.delete(life);
      };
      return mortal({ ...transport, close, table: (name) => watched(transport.table(name), life, name) }, life);
    },
    bury: (life) => {
      opened.get(life)?.abandon();
      opened.delete(life);
    },
    rebalance: (zombieFor) => {
      const lives = [...opened.keys()].filter(({ number }) => number >= 0);
      if (zombieFor === 0 || lives.length === 0) brokers.rebalance();
      else network.cutOff(chance.oneOf(lives, 'zombie', time.now), zombieFor);
    },
    upset: (one) => {
      if (one.kind === 'broker') brokers.stop(one.node, one.milliseconds);
      else brokers.compact();
    },
    loseDisk: (worker) => {
      disks.set(worker, (disks.get(worker) ?? 0) + 1);
      rmSync(join(folder, worker), { recursive: true, force: true });
    },
    living: () =>
      [...opened]
        .filter(([{ number }]) => number >= 0)
        .map(([life, { transport }]) => [life, mortal(transport, life)] as const),
    records: (topic) => partitionsOf(topic).flatMap((partition) => committed(topic, partition)),
    ends: (topic) => partitionsOf(topic).map((partition) => (committed(topic, partition).at(-1)?.offset ?? -1) + 1),
    unseen: (since) => {
      const late = topicSpecs.flatMap(({ name }) =>
        partitionsOf(name).flatMap((partition) => unseenSince(batchesOf(name, partition), since)),
      );
      return new Set(late.flatMap(({ records }) => records.map(({ key }) => key))).size;
    },
    durableSince: (table, key) => {
      for (const partition of partitionsOf(table)) {
        const found = batchesOf(table, partition).find(({ records }) => records.some((record) => record.key === key));
        if (found) return found.since;
      }
      return undefined;
    },
    lookedUpAt: (life, table, key) => lookups.get(`${life.worker}/${life.number} ${table} ${key}`),
    faults: async () => {
      const history = async (topic: string, partition: number) => brokers.log({ topic, partition })?.history ?? [];
      return (await copyFaults(folder, names, history)).faults;
    },
    close: () => {
      for (const { abandon } of opened.values()) abandon();
      opened.clear();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/**
 * What is decided, and some reader could not see at some time since then: its own marker came later, or that of another
 * transaction which began before it in its partition.
 */
const unseenSince = (batches: readonly Batch[], since: number): Batch[] => {
  const markers = new Map<bigint, number>();
  const decidedAt = batches
    .toReversed()
    .map(({ producer, transactional, marker, since: written }) => {
      if (marker !== null) markers.set(producer, written);
      return transactional && marker === null ? (markers.get(producer) ?? Number.POSITIVE_INFINITY) : written;
    })
    .reverse();
  let seenAt = 0;
  return batches.filter(({ transactional, marker, fate }, index) => {
    seenAt = Math.max(seenAt, decidedAt[index] as number);
    return transactional && marker === null && fate === 'committed' && seenAt >= since;
  });
};

const MEMORY = '/dev/shm';
const PREFIX = 'world';
const RUN = 'test';
