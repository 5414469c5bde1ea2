import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Task } from '../../../../runtime/transport.ts';
import { plainClient } from '../../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { copy, type KafkaWorld, makeWorld, watchTasks } from '../../../helpers/kafka/world.ts';

describeKafka('a copy of a store', (brokers) => {
  let world: KafkaWorld;
  beforeEach(async () => {
    world = await makeWorld(brokers);
  });
  afterEach(() => world.destroy());

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

  it('is not taken for that of another topic of the same name, however far that has come', async () => {
    await work('old', (task) => put(task, 'of the deleted topic', '1'));
    const admin = plainClient(brokers).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: ['in', 'copy-store'].map((name) => `${world.prefix}.run.${name}`) });
    await admin.disconnect();
    await work('new', async (task) => {
      for (let number = 0; number < 5; number++) await put(task, 'a', String(number));
    });
    await work('old', async (task) => expect(entries(task)).toEqual(['a=4']));
  });
});
