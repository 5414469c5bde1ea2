import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GroupSpec, NewRecord, Task, TopicSpec, Transport } from '../../../runtime/transport.ts';
import { makeClient } from '../../../runtime/transports/kafka/cluster/client.ts';
import { type OpenedKafka, openParts } from '../../../runtime/transports/kafka/open.ts';
import { listOffsets } from '../../../runtime/transports/kafka/reading/list-offsets.ts';
import type { KafkaSettings } from '../../../runtime/transports/kafka/settings.ts';

/** An empty prefix on a broker, and transports in it, each with local folders of its own unless one is named. */
export interface KafkaWorld {
  readonly prefix: string;
  /** Holds the disks. */
  readonly folder: string;
  open(settings?: Partial<KafkaSettings> & { readonly disk?: string }): Promise<OpenedKafka>;
  destroy(): Promise<void>;
}

export const topics: readonly TopicSpec[] = [
  { name: 'in', maxRecordBytes: 1 << 20 },
  { name: 'out', maxRecordBytes: 1 << 20 },
  { name: 'control', single: true, maxRecordBytes: 1 << 20 },
  { name: 'journal', shared: true, compacted: true, maxRecordBytes: 10 << 20 },
];
export const copy: GroupSpec = { stage: 'copy', inputs: ['in'], ownership: 'partitioned' };
export const gather: GroupSpec = { stage: 'gather', inputs: ['in', 'control'], ownership: 'exclusive' };

export const makeWorld = async (brokers: readonly string[]): Promise<KafkaWorld> => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-world-'));
  const prefix = `test-${randomUUID().slice(0, 8)}`;
  const opened: OpenedKafka[] = [];
  let disks = 0;
  return {
    prefix,
    folder,
    open: async ({ disk = `disk-${disks++}`, ...settings } = {}) => {
      const localPath = join(folder, disk);
      const base = { brokers, prefix, run: 'run', partitions: 3, localPath, commitMilliseconds: 10 };
      const parts = await openParts({ ...base, sessionMilliseconds: 6_000, ...settings });
      opened.push(parts);
      await parts.transport.apply(topics);
      return parts;
    },
    destroy: async () => {
      for (const { abandon } of opened) abandon();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

export const record = (topic: string, partition: number, key: string): NewRecord => ({
  topic,
  partition,
  key,
  value: Buffer.from(`value of ${key}`),
  headers: { id: key },
});

/** The offset behind everything in partition 0 of a topic (Kafka's name): markers and undecided records too. */
export const logEnd = async (brokers: readonly string[], topic: string): Promise<number> => {
  const settings = { brokers, prefix: '', run: '', partitions: 1, localPath: '', commitMilliseconds: 1 };
  const client = makeClient(settings);
  const ends = await client.retry('reading the end', () => listOffsets(client, topic, [0], 'uncommitted'));
  client.close();
  return ends.get(0)!;
};

/** The tasks that a transport holds in a stage, as they come. */
export const watchTasks = async (transport: Transport, group: GroupSpec) => {
  const tasks: Task[] = [];
  const membership = await transport.join(group, async (task) => void tasks.push(task));
  const held = () => tasks.filter((task) => !task.lost.aborted);
  return { tasks, held, membership, count: (wanted: number) => until(() => held().length === wanted) };
};

/** Waits for a condition; fails after half a minute. */
export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  for (let attempt = 0; attempt < 1_500; attempt++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`it never came true: ${condition}`);
};

export const keysOf = async (transport: Transport, topic: string, partition = 0): Promise<string[]> => {
  const keys: string[] = [];
  // One read may end where a transaction does.
  for (let next = 0; ; ) {
    const records = await transport.read(topic, partition, next, 10_000);
    if (records.length === 0) return keys;
    keys.push(...records.map(({ key }) => key));
    next = (records.at(-1)?.offset ?? next) + 1;
  }
};
