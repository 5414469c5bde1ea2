import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Task } from '../../../../runtime/transport.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { copy, type KafkaWorld, keysOf, makeWorld, record, until, watchTasks } from '../../../helpers/kafka/world.ts';

const bytes = (text: string) => Buffer.from(text);
const partitionsOf = (tasks: readonly Task[]) => tasks.map(({ sources }) => sources[0]!.partition).sort();
const work = (task: Task, offset: number, key: string) => {
  const { topic, partition } = task.sources[0]!;
  return task.commit({
    positions: [{ topic, partition, offset, metadata: '' }],
    outputs: [record('out', partition, key)],
    store: [['last', bytes(key)]],
  });
};

describeKafka('processes that share a stage', (brokers) => {
  let world: KafkaWorld;
  beforeEach(async () => {
    world = await makeWorld(brokers);
  });
  afterEach(() => world.destroy());

  it('share its partitions, and a newcomer takes no more than its part', async () => {
    const { transport: first } = await world.open();
    const mine = await watchTasks(first, copy);
    await mine.count(3);
    const before = mine.held();
    const { transport: second } = await world.open();
    const theirs = await watchTasks(second, copy);
    await theirs.count(1);
    await mine.count(2);
    expect(partitionsOf([...mine.held(), ...theirs.held()])).toEqual([0, 1, 2]);
    expect(mine.held().every((task) => before.includes(task))).toBe(true);
    await Promise.all([...mine.held(), ...theirs.held()].map((task) => work(task, 1, 'after')));
    const moved = before.find((task) => task.lost.aborted)!;
    await expect(work(moved, 2, 'late')).rejects.toMatchObject({ code: 'task-lost', disposition: 'retry' });
    expect(await keysOf(second, 'out', moved.sources[0]!.partition)).toEqual(['after']);
  });

  it('keep their partitions through a restart under their own names, and move none of the others', async () => {
    const generations: number[] = [];
    const rebalanced = (_stage: string, generation: number) => void generations.push(generation);
    const { transport: first } = await world.open({ instanceId: 'pod-0', disk: 'first' });
    const mine = await watchTasks(first, copy);
    await mine.count(3);
    const { transport: second } = await world.open({ instanceId: 'pod-1', rebalanced });
    const theirs = await watchTasks(second, copy);
    await theirs.count(1);
    await mine.count(2);
    const [before, held] = [partitionsOf(mine.held()), theirs.held()];
    const joined = new Set(generations).size;
    await first.close();
    const { transport: again } = await world.open({ instanceId: 'pod-0', disk: 'first' });
    const after = await watchTasks(again, copy);
    await after.count(2);
    expect(partitionsOf(after.held())).toEqual(before);
    expect(theirs.held()).toEqual(held);
    expect(new Set(generations).size).toBe(joined);
  });

  it('hand everything over when one leaves: positions, store and unfinished work', async () => {
    const { transport: first } = await world.open();
    const mine = await watchTasks(first, copy);
    await mine.count(3);
    await Promise.all(mine.held().map((task) => work(task, 5, `done ${task.sources[0]!.partition}`)));
    const { transport: second } = await world.open();
    const theirs = await watchTasks(second, copy);
    await first.close();
    await theirs.count(3);
    for (const task of theirs.held()) {
      const { topic, partition } = task.sources[0]!;
      expect(task.positions).toEqual([{ topic, partition, offset: 5, metadata: '' }]);
      expect(Buffer.from(task.store.get('last')!).toString()).toBe(`done ${partition}`);
    }
  });

  it('have names of their own, and one who looks from the same disk takes none', async () => {
    const [first, looker, second] = [
      (await world.open({ disk: 'same' })).transport,
      (await world.open({ disk: 'same', instanceId: 'pod-0' })).transport,
      (await world.open({ disk: 'same', instanceId: 'pod-0' })).transport,
    ];
    await first.table('journal').put('k', 'k', bytes('1'));
    expect(await looker.table('journal').get('k', 'k')).toBeDefined();
    for await (const [key] of looker.table('journal').entries()) expect(key).toBe('k');
    expect(second.worker()).toBe('pod-0');
    expect(first.worker()).not.toBe('pod-0');
  });

  it('see each other’s entries of a table', async () => {
    const { transport: first } = await world.open();
    const { transport: second } = await world.open({ run: 'other' });
    const [one, other] = [first.table('journal'), second.table('journal')];
    expect(await other.get('p', 'a')).toBeUndefined();
    await one.put('p', 'a', bytes('1'));
    await until(async () => (await other.get('p', 'a')) !== undefined);
    await other.put('p', 'a', bytes('2'));
    await until(async () => Buffer.from((await one.get('p', 'a'))!).toString() === '2');
    const long = Buffer.alloc(9 << 20, 'long');
    await one.put('q', 'b', long);
    const all = new Map<string, number>();
    for await (const [key, value] of other.entries()) all.set(key, value.length);
    expect([...all].sort()).toEqual([
      ['a', 1],
      ['b', 9 << 20],
    ]);
    await expect(one.put('q', 'c', Buffer.alloc(11 << 20))).rejects.toMatchObject({ code: 'record-too-large' });
  });

  it('write a commit that is larger than a batch may be, whole', async () => {
    const { transport } = await world.open();
    const tasks = await watchTasks(transport, copy);
    await tasks.count(3);
    const outputs = Array.from({ length: 40 }, (_, index) => ({
      ...record('out', index % 2, String(index)),
      value: Buffer.alloc(200_000, index),
    }));
    await tasks.held()[0]!.commit({ positions: [], outputs, store: [['k', Buffer.alloc(2 << 20)]] });
    const even = outputs.filter(({ partition }) => partition === 0).map(({ key }) => key);
    const read: string[] = [];
    for (let from = 0; read.length < even.length; ) {
      const some = await transport.read('out', 0, from, 1_000);
      read.push(...some.map(({ key }) => key));
      from = some.at(-1)!.offset + 1;
    }
    expect(read).toEqual(even);
    const store = await transport.store('copy', tasks.held()[0]!.sources[0]!.partition);
    expect(store.get('k')).toHaveLength(2 << 20);
  });

  it('read the store of a stage that has never run as empty', async () => {
    const { transport } = await world.open();
    const store = await transport.store('never', 0);
    expect([store.get('a'), store.scan('', 10)]).toEqual([undefined, []]);
  });

  it('are told when a topic has grown', async () => {
    const { transport } = await world.open();
    expect(await transport.read('in', 0, 0, 1)).toEqual([]);
    const grown = transport.grown(['out', 'in'], 60_000, new AbortController().signal);
    await transport.append([record('in', 0, 'x')]);
    await grown;
    expect(await keysOf(transport, 'in')).toEqual(['x']);
    const stop = new AbortController();
    const stopped = transport.grown(['in'], 60_000, stop.signal);
    stop.abort();
    await stopped;
  });
});
