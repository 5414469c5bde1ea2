import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigResourceTypes } from 'kafkajs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Task } from '../../../../../runtime/transport.ts';
import { makeClient } from '../../../../../runtime/transports/kafka/cluster/client.ts';
import { fetchOne } from '../../../../../runtime/transports/kafka/reading/fetch-one.ts';
import { plainClient } from '../../../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../../../helpers/kafka/with-kafka.ts';
import { copy, type KafkaWorld, makeWorld, until, watchTasks } from '../../../../helpers/kafka/world.ts';

describeKafka('a copy of a store', (brokers) => {
  let world: KafkaWorld;
  beforeEach(async () => {
    world = await makeWorld(brokers);
  });
  const closing: (() => void)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) close();
    await world.destroy();
  });

  /** Works on partition 0 from this disk, and leaves. */
  const work = async (disk: string, does: (task: Task) => Promise<void>): Promise<void> => {
    const { transport } = await world.open({ disk });
    const tasks = await watchTasks(transport, copy);
    await tasks.count(3);
    await does(tasks.held().find(({ sources }) => sources[0]!.partition === 0)!);
    await transport.close();
  };
  const put = (task: Task, key: string, value: string) =>
    task.commit({ positions: [], outputs: [], store: [[key, Buffer.from(value)]] });
  const entries = ({ store }: Task) => store.scan('', 100).map(([key, value]) => `${key}=${Buffer.from(value)}`);

  it('is not taken for that of a run of the same name that was removed, however far the new one has come', async () => {
    await work('old', (task) => put(task, 'of the deleted topic', '1'));
    const admin = plainClient(brokers).admin();
    await admin.connect();
    const names = ['in', 'out', 'control', 'copy-store'].map((name) => `${world.prefix}.run.${name}`);
    await admin.deleteTopics({ topics: names });
    await until(async () => !(await admin.listTopics()).some((topic) => names.includes(topic)));
    await admin.disconnect();
    await work('new', async (task) => {
      for (let number = 0; number < 5; number++) await put(task, 'a', String(number));
    });
    await work('old', async (task) => expect(entries(task)).toEqual(['a=4']));
  });

  it('is made anew from a topic that Kafka has compacted', async () => {
    const topic = `${world.prefix}.run.copy-store`;
    await work('first', async (task) => {
      await put(task, 'kept', '1');
      await put(task, 'deleted', '1');
      await task.commit({ positions: [], outputs: [], store: [['deleted', null]] });
      await compactSoon(topic);
      const left = await recordsLeft(topic);
      let written = 0;
      // A segment is closed, and then compacted, when the next record comes.
      while (written === 0 || (await left()) >= written + 3) {
        await put(task, 'a', String(++written));
        await sleep(250);
      }
      await put(task, 'a', 'last');
    });
    await work('second', async (task) => expect(entries(task)).toEqual(['a=last', 'kept=1']));
  });

  const compactSoon = async (topic: string): Promise<void> => {
    const settings = {
      'cleanup.policy': 'compact',
      'delete.retention.ms': String(7 * 24 * 3600 * 1000),
      'max.message.bytes': String(11 << 20),
      'segment.ms': '200',
      'min.cleanable.dirty.ratio': '0',
    };
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
    const admin = plainClient(brokers).admin();
    await admin.connect();
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }],
    });
    await admin.disconnect();
  };
  /** Counts what the log of partition 0 still holds. */
  const recordsLeft = async (topic: string) => {
    const settings = { brokers, prefix: '', run: '', partitions: 1, localPath: '', commitMilliseconds: 1 };
    const client = makeClient(settings);
    closing.push(client.close);
    return async () => {
      let count = 0;
      for (let from = 0; ; ) {
        // A fetch never gives more than one segment.
        const { records, next } = await fetchOne(client, topic, 0, from, 'uncommitted');
        if (next === from) return count;
        count += records.length;
        from = next;
      }
    };
  };
});
