import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GroupSpec, NewRecord, Task, TopicSpec, Transport } from '../../runtime/transport.ts';

/** A place where runs live: an empty store, an empty prefix on a broker. */
export interface World {
  /** Opens the transport for a run, as a process of its own would; where answers can be late, they are if asked for. */
  open(run: string, answers?: 'late'): Promise<Transport>;
  /** The same as a process that does not work on the run and only looks. */
  look(run: string, answers?: 'late'): Promise<Transport>;
  /** Lets go of a transport as a crash would: nothing is handed over. */
  crash(transport: Transport): Promise<void>;
  destroy(): Promise<void>;
}

const topics: TopicSpec[] = [
  { name: 'problems', shared: true, maxRecordBytes: 1 << 20 },
  { name: 'graded', maxRecordBytes: 1 << 20 },
  { name: 'control', single: true, maxRecordBytes: 1 << 20 },
  { name: 'journal', shared: true, compacted: true, maxRecordBytes: 1 << 20 },
];
const grade: GroupSpec = { stage: 'grade', inputs: ['problems'], ownership: 'partitioned' };
const sample: GroupSpec = { stage: 'sample', inputs: ['graded', 'control'], ownership: 'exclusive' };
const quiet = new AbortController().signal;

/** What every transport promises; run on each of them. */
export const transportConformance = (name: string, makeWorld: () => Promise<World>): void => {
  describe(`${name} keeps the transport's promises`, () => {
    let world: World;
    let transport: Transport;
    beforeEach(async () => {
      world = await makeWorld();
      transport = await world.open('a');
      await transport.apply(topics);
    });
    afterEach(async () => {
      await transport.close();
      await world.destroy();
    });

    it('gives back what was appended, in order, with rising offsets', async () => {
      await transport.append([record('problems', 0, 'x'), record('problems', 1, 'y'), record('problems', 0, 'z')]);
      const read = await transport.read('problems', 0, 0, 10);
      expect(read.map((one) => [one.key, text(one.value), one.headers])).toEqual([
        ['x', 'value of x', { id: 'id of x' }],
        ['z', 'value of z', { id: 'id of z' }],
      ]);
      expect(read[1]?.offset).toBeGreaterThan(read[0]?.offset as number);
      const after = await transport.read('problems', 0, (read[0]?.offset as number) + 1, 10);
      expect(after.map((one) => one.key)).toEqual(['z']);
    });

    it('ends a partition right after its last record', async () => {
      await transport.append([record('problems', 0, 'x'), record('problems', 0, 'y')]);
      const read = await transport.read('problems', 0, 0, 10);
      const ends = await transport.ends('problems');
      expect(ends).toHaveLength(transport.partitions);
      expect(ends[0]).toBe((read.at(-1)?.offset as number) + 1);
      expect(ends[1]).toBe(0);
      expect(await transport.ends('control')).toEqual([0]);
    });

    it('ends right after the last record of a commit too', async () => {
      const task = await taskFor(transport, grade, 0);
      await task.commit({ positions: [], outputs: [record('graded', 0, 'x')], store: [] });
      const read = await transport.read('graded', 0, 0, 10);
      expect((await transport.ends('graded'))[0]).toBe((read.at(-1)?.offset as number) + 1);
    });

    it('shares a shared topic between runs and keeps the others apart', async () => {
      const other = await world.open('b');
      await other.apply(topics);
      await transport.append([record('problems', 0, 'x'), record('graded', 0, 'g')]);
      expect((await other.read('problems', 0, 0, 10)).map((one) => one.key)).toEqual(['x']);
      expect(await other.read('graded', 0, 0, 10)).toEqual([]);
      await other.close();
    });

    it('makes sure of topics for readers without making any', async () => {
      await transport.check(topics);
      const other = await world.open('b');
      for (const _ of ['missing', 'still missing']) {
        await expect(other.check(topics)).rejects.toMatchObject({ code: 'topic-missing' });
      }
      await other.close();
    });

    it('gives each partition of a partitioned stage to a task of its own', async () => {
      const tasks = await tasksFor(transport, grade, transport.partitions);
      const partitions = tasks.flatMap((task) => task.sources.map((source) => source.partition));
      expect(partitions.sort()).toEqual(Array.from({ length: transport.partitions }, (_, index) => index));
    });

    it('gives every partition of every input of an exclusive stage to one task', async () => {
      const [task] = await tasksFor(transport, sample, 1);
      const sources = task?.sources.map(({ topic, partition }) => `${topic}/${partition}`).sort();
      const graded = Array.from({ length: transport.partitions }, (_, index) => `graded/${index}`);
      expect(sources).toEqual(['control/0', ...graded].sort());
    });

    it('fetches what is there and then what comes', async () => {
      const task = await taskFor(transport, grade, 0);
      await transport.append([record('problems', 0, 'x')]);
      const first = await fetchSome(task, 'problems', 0, 0);
      expect(first.map((one) => one.key)).toEqual(['x']);
      const pending = fetchSome(task, 'problems', 0, (first[0]?.offset as number) + 1);
      await transport.append([record('problems', 0, 'y')]);
      expect((await pending).map((one) => one.key)).toEqual(['y']);
    });

    it('makes outputs, positions and store of a commit durable together', async () => {
      const task = await taskFor(transport, grade, 0);
      await transport.append([record('problems', 0, 'x')]);
      await task.commit({
        positions: [{ topic: 'problems', partition: 0, offset: 1, metadata: 'beyond' }],
        outputs: [record('graded', 0, 'x'), record('graded', 0, 'y')],
        store: [['seen/x', bytes('1')]],
      });
      await world.crash(transport);
      transport = await world.open('a');
      await transport.apply(topics);
      // Whoever takes the task over ends what the crash left open: from then on the outputs are there for all.
      const again = await taskFor(transport, grade, 0);
      expect((await transport.read('graded', 0, 0, 10)).map((one) => one.key)).toEqual(['x', 'y']);
      expect(again.positions).toEqual([{ topic: 'problems', partition: 0, offset: 1, metadata: 'beyond' }]);
      expect(await transport.positions('grade')).toEqual(again.positions);
      expect(text(again.store.get('seen/x') as Uint8Array)).toBe('1');
    });

    it('never changes a task’s store by looking, while commits land', async () => {
      await transport.close();
      transport = await world.open('a', 'late');
      await transport.apply(topics);
      const task = await taskFor(transport, grade, 0);
      const other = await world.look('a', 'late');
      await other.check(topics);
      const written = new Map<string, string>();
      let landing = true;
      const look = async (from: Transport): Promise<void> => {
        while (landing) {
          const seen = await from.store('grade', 0);
          const entries = seen.scan('seen/', 1000).length;
          expect(entries).toBeLessThanOrEqual(written.size);
          await sleep(1);
        }
      };
      const looks = [transport, transport, transport, other].map(look);
      for (let number = 0; number < 60; number++) {
        written.set(`seen/${number}`, String(number));
        await task.commit({ positions: [], outputs: [], store: [[`seen/${number}`, bytes(String(number))]] });
      }
      landing = false;
      await Promise.all(looks);
      const entriesOf = (store: Task['store']) => store.scan('seen/', 1000).map(([key, value]) => [key, text(value)]);
      const wanted = [...written].sort(([one], [another]) => (one < another ? -1 : 1));
      expect(entriesOf(task.store)).toEqual(wanted);
      expect(entriesOf(await transport.store('grade', 0))).toEqual(wanted);
      expect(entriesOf(await other.store('grade', 0))).toEqual(wanted);
      await other.close();
      await world.crash(transport);
      transport = await world.open('a');
      await transport.apply(topics);
      expect(entriesOf((await taskFor(transport, grade, 0)).store)).toEqual(wanted);
    });

    it('takes effect in the order of the calls', async () => {
      const task = await taskFor(transport, grade, 0);
      const commits = Array.from({ length: 50 }, (_, index) =>
        task.commit({
          positions: [{ topic: 'problems', partition: 0, offset: index, metadata: '' }],
          outputs: [record('graded', 0, String(index))],
          store: [['last', bytes(String(index))]],
        }),
      );
      await Promise.all(commits);
      expect((await transport.positions('grade'))[0]?.offset).toBe(49);
      const keys = (await transport.read('graded', 0, 0, 100)).map((one) => Number(one.key));
      expect(keys).toEqual(Array.from({ length: 50 }, (_, index) => index));
      expect(text((await transport.store('grade', 0)).get('last') as Uint8Array)).toBe('49');
    });

    it('scans a store by prefix in key order, and forgets what is deleted', async () => {
      const task = await taskFor(transport, grade, 0);
      const keys = ['q/a/2', 'q/a/10', 'q/b/1', 'r', 'q/a/1', 'q/é'];
      await task.commit({ positions: [], outputs: [], store: keys.map((key) => [key, bytes(key)]) });
      expect(task.store.scan('q/a/', 10).map(([key]) => key)).toEqual(['q/a/1', 'q/a/10', 'q/a/2']);
      expect(task.store.scan('q/', 2, 'q/a/10').map(([key]) => key)).toEqual(['q/a/2', 'q/b/1']);
      await task.commit({ positions: [], outputs: [], store: [['q/a/10', null]] });
      expect(task.store.get('q/a/10')).toBeUndefined();
      expect(task.store.scan('q/', 10).map(([key]) => key)).toEqual(['q/a/1', 'q/a/2', 'q/b/1', 'q/é']);
    });

    it('refuses a record over its topic’s size before anything is written', async () => {
      const task = await taskFor(transport, grade, 0);
      const large = { ...record('graded', 0, 'x'), value: new Uint8Array((1 << 20) + 1) };
      const commit = task.commit({ positions: [], outputs: [record('graded', 0, 'ok'), large], store: [] });
      await expect(commit).rejects.toMatchObject({ code: 'record-too-large', disposition: 'dead-letter' });
      expect(await transport.read('graded', 0, 0, 10)).toEqual([]);
      await task.commit({ positions: [], outputs: [record('graded', 0, 'next')], store: [] });
      expect((await transport.read('graded', 0, 0, 10)).map((one) => one.key)).toEqual(['next']);
    });

    it('keeps a table through a crash, the last value of a key', async () => {
      const table = transport.table('journal');
      await table.put('p', 'k', bytes('1'));
      await table.put('p', 'k', bytes('2'));
      await Promise.all(Array.from({ length: 700 }, (_, index) => table.put('p', `n${index}`, bytes(String(index)))));
      await world.crash(transport);
      transport = await world.open('a');
      await transport.apply(topics);
      const again = transport.table('journal');
      expect(text((await again.get('p', 'k')) as Uint8Array)).toBe('2');
      expect(await again.get('p', 'none')).toBeUndefined();
      const entries = new Map<string, string>();
      for await (const [key, value] of again.entries()) entries.set(key, text(value));
      expect(entries.size).toBe(701);
      expect(entries.get('n699')).toBe('699');
      const some: string[] = [];
      for await (const [key] of again.entries('n69')) some.push(key);
      expect(some.sort()).toEqual(['n69', ...Array.from({ length: 10 }, (_, index) => `n69${index}`)]);
    });

    it('calls the process by the same name after a restart', async () => {
      const name = transport.worker();
      expect(transport.worker()).toBe(name);
      await world.crash(transport);
      transport = await world.open('a');
      expect(transport.worker()).toBe(name);
    });

    it('refuses a topic that is there in another shape', async () => {
      const changed = topics.map((topic) => (topic.name === 'graded' ? { ...topic, single: true } : topic));
      const other = await world.open('a-look');
      await other.apply(topics);
      await expect(other.apply(changed)).rejects.toMatchObject({ code: 'topic-mismatch' });
      await other.close();
    });
  });
};

const record = (topic: string, partition: number, key: string): NewRecord => ({
  topic,
  partition,
  key,
  value: bytes(`value of ${key}`),
  headers: { id: `id of ${key}` },
});
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);
const text = (value: Uint8Array): string => new TextDecoder().decode(value);

const tasksFor = async (transport: Transport, group: GroupSpec, count: number): Promise<Task[]> => {
  const tasks: Task[] = [];
  let all: () => void = () => {};
  const enough = new Promise<void>((resolve) => {
    all = resolve;
  });
  await transport.join(group, async (task) => {
    if (tasks.push(task) === count) all();
  });
  await enough;
  return tasks;
};

const taskFor = async (transport: Transport, group: GroupSpec, partition: number): Promise<Task> => {
  const tasks = await tasksFor(transport, group, transport.partitions);
  return tasks.find((task) => task.sources.some((source) => source.partition === partition)) as Task;
};

const fetchSome = async (task: Task, topic: string, partition: number, from: number) => {
  for (let attempt = 0; attempt < 60; attempt++) {
    const found = await task.fetch(topic, partition, from, 10, quiet);
    if (found.length > 0) return found;
  }
  throw new Error('nothing came');
};
