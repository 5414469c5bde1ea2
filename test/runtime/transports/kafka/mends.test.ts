/** What kafkajs 2.2.4 gets wrong on a real broker, and that it does not happen through the transport. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Transaction } from 'kafkajs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { plainClient, plainProducer, plainRead } from '../../../helpers/kafka/kafkajs.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import {
  copy,
  type KafkaWorld,
  keysOf,
  logEnd,
  makeWorld,
  record,
  until,
  watchTasks,
} from '../../../helpers/kafka/world.ts';

describeKafka('a fault of kafkajs is absent from the transport', (brokers) => {
  let world: KafkaWorld;
  beforeEach(async () => {
    world = await makeWorld(brokers);
  });
  afterEach(() => world.destroy());
  const topicOf = (name: string) => `${world.prefix}.run.${name}`;
  const send = (transaction: Transaction, value: string, key: Buffer | string = value) =>
    transaction.send({ topic: topicOf('out'), messages: [{ partition: 0, key, value }] });

  it('records of overlapping aborted transactions leak', async () => {
    const { transport } = await world.open();
    const producers = await Promise.all(['a', 'b'].map((name) => plainProducer(brokers, `${world.prefix} ${name}`)));
    const [a, b] = [await producers[0]!.transaction(), await producers[1]!.transaction()];
    await send(a, 'A0');
    await send(b, 'B1');
    await send(a, 'A2');
    await send(b, 'B3');
    await b.abort();
    await until(async () => (await logEnd(brokers, topicOf('out'))) === 5);
    await a.abort();
    await until(async () => (await logEnd(brokers, topicOf('out'))) === 6);
    await transport.append([record('out', 0, 'good')]);
    expect(await plainRead(brokers, topicOf('out'), 'value of good')).toContain('A0');
    expect(await keysOf(transport, 'out')).toEqual(['good']);
    for (const producer of producers) await producer.disconnect();
  });

  it('a record whose key looks like an abort marker lets the rest of its transaction through', async () => {
    const { transport } = await world.open();
    const producer = await plainProducer(brokers, world.prefix);
    const transaction = await producer.transaction();
    await send(transaction, 'first');
    await send(transaction, 'like a marker', Buffer.alloc(4));
    await send(transaction, 'after');
    await transaction.abort();
    await transport.append([record('out', 0, 'good')]);
    expect(await plainRead(brokers, topicOf('out'), 'value of good')).toContain('after');
    expect(await keysOf(transport, 'out')).toEqual(['good']);
    await producer.disconnect();
  });

  it('connecting does not shut out an older producer of the same id', async () => {
    const transactionalId = `${world.prefix}.run.pod-0`;
    const { transport } = await world.open({ instanceId: 'pod-0', disk: 'pod-0' });
    const old = await plainProducer(brokers, transactionalId);
    const first = await old.transaction();
    await send(first, 'from the old one');
    const newer = await plainProducer(brokers, transactionalId);
    await first.commit();
    await until(async () => (await keysOf(transport, 'out')).includes('from the old one'));

    const second = await old.transaction();
    await send(second, 'again');
    await watchTasks(transport, copy);
    await expect(second.commit()).rejects.toThrow();
    expect(await keysOf(transport, 'out')).toEqual(['from the old one']);
    for (const producer of [old, newer]) await producer.disconnect();
  });

  it('positions are taken from a member that the group has replaced', async () => {
    const { transport: zombie } = await world.open({ instanceId: 'pod-0', disk: 'first' });
    const before = await watchTasks(zombie, copy);
    await before.count(3);
    const position = { topic: 'in', partition: 0, metadata: '' };

    const stranger = await plainProducer(brokers, `${world.prefix} stranger`);
    const transaction = await stranger.transaction();
    const partitions = [{ partition: 0, offset: '7' }];
    await transaction.sendOffsets({ consumerGroupId: topicOf('copy'), topics: [{ topic: topicOf('in'), partitions }] });
    await transaction.commit();
    expect(await zombie.positions('copy')).toEqual([{ ...position, offset: 7 }]);
    await stranger.disconnect();

    const { transport } = await world.open({ instanceId: 'pod-0', disk: 'second' });
    const after = await watchTasks(transport, copy);
    await after.count(3);
    const task = before.tasks.find(({ sources }) => sources[0]!.partition === 0)!;
    const late = task.commit({ positions: [{ ...position, offset: 9 }], outputs: [record('out', 0, 'x')], store: [] });
    await expect(late).rejects.toMatchObject({ disposition: expect.stringMatching(/retry|stop/) });
    expect(await transport.positions('copy')).toEqual([{ ...position, offset: 7 }]);
    expect(await keysOf(transport, 'out')).toEqual([]);
  });

  it('a process that was killed comes back as a stranger beside itself', async () => {
    await world.open();
    const group = `${world.prefix} plain`;
    const admin = plainClient(brokers).admin();
    await admin.connect();
    const members = async (name: string) => (await admin.describeGroups([name])).groups[0]!.members.length;
    const start = () =>
      spawn(process.execPath, [
        join(import.meta.dirname, 'plain-consumer.ts'),
        brokers.join(','),
        group,
        topicOf('in'),
      ]);
    const first = start();
    await until(async () => (await members(group)) === 1);
    first.kill('SIGKILL');
    const second = start();
    await until(async () => (await members(group)) === 2);
    second.kill('SIGKILL');

    const { transport, abandon } = await world.open({ disk: 'same' });
    await (await watchTasks(transport, copy)).count(3);
    abandon();
    const { transport: again } = await world.open({ disk: 'same' });
    await (await watchTasks(again, copy)).count(3);
    expect(await members(topicOf('copy'))).toBe(1);
    await admin.disconnect();
  });
});
