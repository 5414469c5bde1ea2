import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { plainProducer } from '../../../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../../../helpers/kafka/with-kafka.ts';
import {
  gather,
  type KafkaWorld,
  keysOf,
  makeWorld,
  record,
  until,
  watchTasks,
} from '../../../../helpers/kafka/world.ts';

const longerThanTheTest = 10 * 60_000;

describeKafka('a transaction that a dead process left open', (brokers) => {
  let world: KafkaWorld;
  beforeEach(async () => {
    world = await makeWorld(brokers);
  });
  afterEach(() => world.destroy());
  const topicOf = (name: string) => `${world.prefix}.run.${name}`;

  /** A transaction under that name with an output, and a position in a group, which nobody ends. */
  const leaveOpen = async (instance: string, group?: string) => {
    const producer = await plainProducer(brokers, topicOf(instance), longerThanTheTest);
    const transaction = await producer.transaction();
    await transaction.send({ topic: topicOf('out'), messages: [{ partition: 0, key: 'half', value: 'done' }] });
    const topics = [{ topic: topicOf('in'), partitions: [{ partition: 0, offset: '9' }] }];
    if (group !== undefined) await transaction.sendOffsets({ consumerGroupId: topicOf(group), topics });
    return { producer, transaction };
  };

  it('is ended by the standby that takes over an exclusive stage', async () => {
    const { transport: first, abandon } = await world.open({ instanceId: 'pod-0' });
    const before = await watchTasks(first, gather);
    await before.count(1);
    expect(before.held()[0]!.sources).toHaveLength(4);
    const { transport: second } = await world.open({ instanceId: 'pod-1' });
    const after = await watchTasks(second, gather);
    await before.held()[0]!.commit({ positions: [], outputs: [], store: [['state', Buffer.from('7')]] });
    expect(after.held()).toEqual([]);
    abandon();
    const { producer, transaction } = await leaveOpen('pod-0', 'gather');

    await after.count(1);
    const task = after.held()[0]!;
    expect(task.positions).toEqual([]);
    expect(task.store.get('state')).toEqual(new Uint8Array(Buffer.from('7')));
    await task.commit({ positions: [], outputs: [record('out', 0, 'whole')], store: [] });
    await until(async () => (await keysOf(second, 'out')).length > 0);
    expect(await keysOf(second, 'out')).toEqual(['whole']);
    await expect(transaction.commit()).rejects.toThrow();
    await producer.disconnect();
  });

  it('is ended by who appends from the same disk', async () => {
    const { transport, abandon } = await world.open({ disk: 'same' });
    await transport.append([record('out', 0, 'first')]);
    abandon();
    const name = readFileSync(join(world.folder, 'same', `${world.prefix}.run`, 'reader-1', 'name'), 'utf8');
    const { producer, transaction } = await leaveOpen(`append.${name}`);
    const { transport: again } = await world.open({ disk: 'same' });
    await again.append([record('out', 0, 'second')]);
    expect(await keysOf(again, 'out')).toEqual(['first', 'second']);
    await expect(transaction.commit()).rejects.toThrow();
    await producer.disconnect();
  });
});
