import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePorts } from '../../../../deploy/broker/start.ts';
import { openKafka } from '../../../../runtime/transports/kafka/open.ts';
import { plainClient } from '../../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { copy, type KafkaWorld, makeWorld, record, topics, until, watchTasks } from '../../../helpers/kafka/world.ts';

describeKafka('what cannot work is refused in clear words', (brokers) => {
  let world: KafkaWorld;
  beforeEach(async () => {
    world = await makeWorld(brokers);
  });
  afterEach(() => world.destroy());
  const settings = (more: object) => ({
    brokers,
    prefix: 'refused',
    run: 'run',
    partitions: 3,
    localPath: join(tmpdir(), randomUUID()),
    commitMilliseconds: 10,
    connectMilliseconds: 500,
    ...more,
  });

  it('a broker that is not there, or no address', async () => {
    const [port] = await freePorts(1);
    const absent = openKafka(settings({ brokers: [`127.0.0.1:${port}`] }));
    await expect(absent).rejects.toMatchObject({
      code: 'broker-unreachable',
      message: expect.stringContaining(`${port}`),
    });
    const nonsense = openKafka(settings({ brokers: ['kafka'] }));
    await expect(nonsense).rejects.toMatchObject({ message: expect.stringContaining('"kafka" is not host:port') });
  });

  it('a topic with another partition count, retention policy or record size', async () => {
    await world.open();
    await expect(world.open({ partitions: 4 })).rejects.toMatchObject({
      code: 'topic-mismatch',
      message: expect.stringMatching(/has 3 partitions, wanted is 4: .* set transport\.partitions: 3/),
    });
    const { transport } = await world.open();
    const change = (more: object) => transport.apply([{ ...topics[0]!, ...more }]);
    await expect(change({ compacted: true })).rejects.toThrow(/cleanup\.policy delete, wanted is compact/);
    await expect(change({ maxRecordBytes: 50 << 20 })).rejects.toThrow(/max\.message\.bytes .* wanted is at least/);
    await expect(world.open({ replicationFactor: 3 })).rejects.toThrow(/has replicas 1, wanted is at least 3/);
  });

  it('a topic that would forget its records, and leaves it as it is', async () => {
    const admin = plainClient(brokers).admin();
    await admin.connect();
    const topic = `${world.prefix}.run.in`;
    const configEntries = [{ name: 'retention.ms', value: '3600000' }];
    await admin.createTopics({ topics: [{ topic, numPartitions: 3, configEntries }], waitForLeaders: false });
    await until(async () => (await admin.listTopics()).includes(topic));
    await expect(world.open()).rejects.toThrow(
      /run\.in has retention\.ms 3600000, wanted is -1; .*nothing was changed/,
    );
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [topic] });
    expect(found[0]?.partitions).toHaveLength(3);
    await admin.disconnect();
  });

  it('a topic that is missing', async () => {
    const { transport } = await world.open({ readMilliseconds: 2_000 });
    await expect(transport.read('nowhere', 0, 0, 1)).rejects.toMatchObject({ code: 'topic-missing' });
    await expect(transport.ends('nowhere')).rejects.toMatchObject({ code: 'topic-missing' });
    await expect(transport.append([record('nowhere', 0, 'x')])).rejects.toMatchObject({ code: 'topic-missing' });
    await expect(transport.table('nowhere').put('p', 'k', new Uint8Array())).rejects.toMatchObject({
      code: 'topic-missing',
    });
  });

  it('a topic that was deleted and made again under a stage', async () => {
    const { transport } = await world.open();
    const tasks = await watchTasks(transport, copy);
    await tasks.count(3);
    const task = tasks.held()[0]!;
    const admin = plainClient(brokers).admin();
    await admin.connect();
    const topicName = `${world.prefix}.run.in`;
    await admin.deleteTopics({ topics: [topicName] });
    await until(async () => !(await admin.listTopics()).includes(topicName));
    // A broker that has not heard of a new topic's leaders yet would fail a client that waits for them.
    await admin.createTopics({ topics: [{ topic: topicName, numPartitions: 3 }], waitForLeaders: false });
    await until(async () => (await admin.listTopics()).includes(topicName));
    await admin.disconnect();
    const { topic, partition } = task.sources[0]!;
    await expect(fetchUntilRefused(() => task.fetch(topic, partition, 40, 1, task.lost))).rejects.toMatchObject({
      code: 'topic-mismatch',
      disposition: 'stop',
    });
  });

  it('records that somebody deleted before a stage had read them; of what was never read, the rest is all', async () => {
    const { transport } = await world.open();
    const tasks = await watchTasks(transport, copy);
    await tasks.count(3);
    const records = [0, 1].flatMap((partition) =>
      [1, 2, 3, 4].map((n) => record('in', partition, `${partition}-${n}`)),
    );
    await transport.append(records);
    const admin = plainClient(brokers).admin();
    await admin.connect();
    const partitions = [0, 1].map((partition) => ({ partition, offset: '3' }));
    const topic = `${world.prefix}.run.in`;
    // It deletes only where it has heard of the topic.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions });
    await admin.disconnect();
    const [begun, fresh] = [0, 1].map(
      (partition) => tasks.held().find(({ sources }) => sources[0]!.partition === partition)!,
    );
    await expect(fetchUntilRefused(() => begun!.fetch('in', 0, 1, 10, begun!.lost))).rejects.toMatchObject({
      code: 'topic-mismatch',
      disposition: 'stop',
      message: expect.stringMatching(/run\.in\/0: records 1 to 2 were deleted before they were read; look for a ret/),
    });
    let rest: readonly { key: string }[] = [];
    await until(async () => {
      rest = await fresh!.fetch('in', 1, 0, 10, fresh!.lost);
      return rest.length > 0;
    });
    expect(rest.map(({ key }) => key)).toEqual(['1-4']);
  });

  it('a second process with the instance id and the folder of another', async () => {
    const { transport } = await world.open({ instanceId: 'pod-0', disk: 'same' });
    await watchTasks(transport, copy);
    const { transport: second } = await world.open({ instanceId: 'pod-0', disk: 'same' });
    await expect(second.join(copy, async () => {})).rejects.toMatchObject({ code: 'store-locked' });
    expect(() => second.worker()).toThrow(/in use by another process/);
  });
});

const fetchUntilRefused = async (fetch: () => Promise<unknown>): Promise<never> => {
  for (let attempt = 0; attempt < 60; attempt++) await fetch();
  throw new Error('it was never refused');
};
