import type { Admin } from 'kafkajs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openKafka } from '../../../../../runtime/transports/kafka/open.ts';
import { plainClient } from '../../../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../../../helpers/kafka/with-kafka.ts';
import {
  copy,
  type KafkaWorld,
  keysOf,
  makeWorld,
  record,
  topics,
  until,
  watchTasks,
} from '../../../../helpers/kafka/world.ts';

describeKafka('the topics of a run', (brokers) => {
  let world: KafkaWorld;
  let admin: Admin;
  beforeEach(async () => {
    world = await makeWorld(brokers);
    admin = plainClient(brokers).admin();
    await admin.connect();
  });
  afterEach(async () => {
    await admin.disconnect();
    await world.destroy();
  });
  const nameOf = (name: string) => `${world.prefix}.run.${name}`;
  const remove = async (...names: string[]) => {
    await admin.deleteTopics({ topics: names.map(nameOf) });
    await until(async () => !(await admin.listTopics()).some((topic) => names.map(nameOf).includes(topic)));
  };
  const makeAgain = async (name: string) => {
    const topic = nameOf(name);
    await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: false });
    await until(async () => (await admin.listTopics()).includes(topic));
  };
  const settingsOf = ({ prefix, folder }: KafkaWorld) => ({
    ...{ prefix, run: 'run', partitions: 3, localPath: folder, commitMilliseconds: 10 },
  });
  const started = async () => {
    const { transport } = await world.open();
    await transport.append([record('in', 0, 'x'), record('out', 0, 'y')]);
    await (await watchTasks(transport, copy)).count(3);
    await transport.close();
  };

  it('are missed when one was deleted, and it is not made again', async () => {
    await started();
    await remove('out');
    await expect(world.open()).rejects.toMatchObject({
      code: 'topic-mismatch',
      message: expect.stringMatching(/run\.out: deleted from the broker .* another run name/),
    });
    const looker = await openKafka({ ...settingsOf(world), brokers });
    await expect(looker.check(topics)).rejects.toThrow(/run\.out: deleted from the broker/);
    await looker.close();
    expect(await admin.listTopics()).not.toContain(nameOf('out'));
  });

  it('are told from others of the same name, a stage’s store among them', async () => {
    await started();
    await remove('copy-store');
    await makeAgain('copy-store');
    const { transport } = await world.open();
    await expect(transport.join(copy, async () => {})).rejects.toMatchObject({ code: 'topic-mismatch' });
    await remove('in');
    await makeAgain('in');
    await expect(transport.check(topics)).rejects.toThrow(/run\.in is not the one that was there before/);
  });

  it('begin anew where the whole run was removed', async () => {
    await started();
    await remove('in', 'out', 'control', 'copy-store');
    const { transport } = await world.open();
    expect(await keysOf(transport, 'in')).toEqual([]);
    await (await watchTasks(transport, copy)).count(3);
  });

  it('keep to their partitions when somebody adds more, and say so', async () => {
    await started();
    await admin.createPartitions({ topicPartitions: [{ topic: nameOf('in'), count: 5 }] });
    const partitions = async () => (await admin.fetchTopicMetadata({ topics: [nameOf('in')] })).topics[0]!.partitions;
    await until(async () => (await partitions()).filter(({ leader }) => leader >= 0).length === 5);
    const said: string[] = [];
    const { transport } = await world.open({ log: (_level, message) => void said.push(message) });
    expect(said.join('\n')).toMatch(/run\.in has 5 partitions, and had 3 .* ignored/);
    await transport.check(topics);
    expect(await transport.ends('in')).toHaveLength(3);
    expect(await keysOf(transport, 'in')).toEqual(['x']);
    await (await watchTasks(transport, copy)).count(3);
    await expect(world.open({ partitions: 5 })).rejects.toThrow(/has 3 partitions, wanted is 5/);
  });
});
