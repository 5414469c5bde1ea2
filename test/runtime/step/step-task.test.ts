import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TransportError } from '../../../runtime/errors.ts';
import { engineWorld, gateway, type Item, items, until } from '../../helpers/engine.ts';

type World = Awaited<ReturnType<typeof engineWorld>>;
const pass = async (item: Item) => ({ out: item });
const ids = (count: number) => items(count).map(({ id }) => id);

describe('a stateless stage', () => {
  let world: World;
  beforeEach(async () => {
    world = await engineWorld();
  });
  afterEach(() => world.destroy());

  it('does the rest while one record takes its time, and no more than the span allows', async () => {
    await world.add(items(300));
    await world.seal();
    const slow = gateway();
    const step = async (item: Item) => {
      if (item.id === 'i5') await slow.opened;
      return { out: item };
    };
    const { end } = world.run(step, { maxSpan: 100 });
    // Up to offset 105, but for 5 itself.
    await until(async () => (await world.keys('out')).length === 105);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await world.keys('out')).toHaveLength(105);
    slow.open();
    expect(await end).toBe('complete');
    expect((await world.keys('out')).sort()).toEqual(ids(300).sort());
  });

  it('never has more in hand than its limits, by count and by bytes', async () => {
    await world.add(
      Array.from({ length: 200 }, (_, index) => ({ id: `i${index}`, pad: 'x'.repeat((index * 37) % 400) })),
    );
    await world.seal();
    let count = 0;
    let bytes = 0;
    const most = { count: 0, bytes: 0, alone: true };
    const step = async (item: Item) => {
      const size = JSON.stringify(item).length;
      count++;
      bytes += size;
      most.count = Math.max(most.count, count);
      if (count > 1) most.bytes = Math.max(most.bytes, bytes);
      await new Promise((resolve) => setTimeout(resolve, 1));
      count--;
      bytes -= size;
      return { out: { id: item.id } };
    };
    const { end } = world.run(step, { inHand: () => 5, maxBytes: 700 });
    expect(await end).toBe('complete');
    expect(most.count).toBeLessThanOrEqual(5);
    expect(most.count).toBeGreaterThan(1);
    expect(most.bytes).toBeLessThanOrEqual(700);
  });

  it('counts as in hand what waits for its commit: a slow disk must not fill the memory', async () => {
    await world.add(items(100));
    await world.seal();
    const disk = gateway();
    const slow: typeof world.transport = {
      ...world.transport,
      join: (group, assigned) =>
        world.transport.join(group, (task) =>
          assigned({ ...task, commit: (commit) => disk.opened.then(() => task.commit(commit)) }),
        ),
    };
    let began = 0;
    const step = async (item: Item) => {
      began++;
      return { out: item };
    };
    const { end } = world.run(step, { transport: slow });
    await until(() => began >= 8);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(began).toBe(8);
    disk.open();
    expect(await end).toBe('complete');
    expect(await world.keys('out')).toHaveLength(100);
  });

  it('tells what is in hand when no more of its input will come', async () => {
    await world.add(items(3));
    const step = async (item: Item, _signal: AbortSignal, ended: AbortSignal) => {
      if (item.id !== 'i1') return { out: item };
      if (!ended.aborted) await new Promise((resolve) => ended.addEventListener('abort', resolve));
      return {};
    };
    const { end } = world.run(step);
    await until(async () => (await world.keys('out')).length === 2);
    await world.add(items(2, 'later'));
    await world.seal();
    expect(await end).toBe('complete');
    expect((await world.keys('out')).sort()).toEqual(['i0', 'i2', 'later0', 'later1']);
  });

  it('finishes and commits what is in hand where its partition is to move', async () => {
    await world.add(items(20));
    await world.seal();
    const hold = gateway();
    const moving = new AbortController();
    let finished = false;
    const moved: typeof world.transport = {
      ...world.transport,
      join: (group, assigned) =>
        world.transport.join(group, async (task) => {
          await assigned({ ...task, moving: moving.signal });
          finished = true;
        }),
    };
    let began = 0;
    const step = async (item: Item) => {
      began++;
      await hold.opened;
      return { out: item };
    };
    const running = world.run(step, { transport: moved });
    await until(() => began === 8);
    moving.abort();
    hold.open();
    await until(() => finished);
    expect(await world.keys('out')).toHaveLength(8);
    expect(running.events.filter(({ kind }) => kind === 'lost')).toHaveLength(1);
    running.stop();
    expect(await running.end).toBe('stopped');
  });

  it('drains at the first signal', async () => {
    await world.add(items(100));
    await world.seal();
    const hold = gateway();
    let began = 0;
    const running = world.run(async (item) => {
      began++;
      await hold.opened;
      return { out: item };
    });
    await until(() => began === 8);
    running.stop();
    hold.open();
    expect(await running.end).toBe('stopped');
    expect(began).toBe(8);
    expect(await world.keys('out')).toHaveLength(8);
    expect(await world.run(pass).end).toBe('complete');
    expect((await world.keys('out')).sort()).toEqual(ids(100).sort());
  });

  it('lets go at the second, even of a step that does not listen', async () => {
    await world.add(items(20));
    await world.seal();
    let began = 0;
    const running = world.run(async () => {
      began++;
      return new Promise<never>(() => {});
    });
    await until(() => began === 8);
    running.stop();
    running.abort();
    expect(await running.end).toBe('stopped');
    expect(await world.keys('out')).toEqual([]);
    expect(await world.run(pass).end).toBe('complete');
    expect(await world.keys('out')).toHaveLength(20);
  });

  it('sends an error where its disposition says: again, to the dead letters, or to the end of the run', async () => {
    await world.add(items(20));
    await world.seal();
    const tries = new Map<string, number>();
    const step = async (item: Item) => {
      const times = (tries.get(item.id) ?? 0) + 1;
      tries.set(item.id, times);
      if (item.id === 'i3' && times < 4) throw Object.assign(new Error('not now'), { disposition: 'retry' });
      if (item.id === 'i4')
        throw Object.assign(new Error('not this'), { disposition: 'dead-letter', code: 'bad-item' });
      if (item.id === 'i5') throw new TypeError('unforeseen');
      return { out: item };
    };
    expect(await world.run(step).end).toBe('complete');
    expect(tries.get('i3')).toBe(4);
    expect(await world.keys('out')).toHaveLength(18);
    expect((await world.dead()).map(({ code, attempt }) => ({ code, attempt }))).toEqual([
      { code: 'bad-item', attempt: 1 },
      { code: 'unexpected', attempt: 1 },
    ]);
  });

  it('ends the run with the error that asks for it, and goes on later where it stood', async () => {
    await world.add(items(50));
    await world.seal();
    const fatal = Object.assign(new Error('no such key'), { disposition: 'stop' });
    const step = async (item: Item) => {
      if (item.id === 'i30') throw fatal;
      return { out: item };
    };
    await expect(world.run(step).end).rejects.toBe(fatal);
    const before = (await world.keys('out')).length;
    expect(before).toBeLessThan(50);
    expect(await world.run(pass).end).toBe('complete');
    expect((await world.keys('out')).sort()).toEqual(ids(50).sort());
  });

  it('keeps nothing of a commit that failed, and nothing that came after it', async () => {
    await world.add(items(60));
    await world.seal();
    let commits = 0;
    const failing: typeof world.transport = {
      ...world.transport,
      join: (group, assigned) =>
        world.transport.join(group, (task) =>
          assigned({
            ...task,
            commit: async (commit) => {
              if (++commits === 3) throw new TransportError('disk-full', 'no room');
              await task.commit(commit);
            },
          }),
        ),
    };
    const slowly = async (item: Item) => {
      await new Promise((resolve) => setTimeout(resolve, 2));
      return { out: item };
    };
    await expect(world.run(slowly, { transport: failing }).end).rejects.toMatchObject({ code: 'disk-full' });
    expect(commits).toBe(3);
    expect(await world.run(pass).end).toBe('complete');
    expect((await world.keys('out')).sort()).toEqual(ids(60).sort());
  });

  it('buries what it cannot read, what is too large, and what has a monstrous key', async () => {
    await world.append([Buffer.from('{"id":'), new Uint8Array(), Buffer.from([0xc3, 1, 2])]);
    await world.append([Buffer.alloc(150_000, 'x')], 0, 'k'.repeat(100_000));
    await world.add(items(1, 'large'));
    await world.add(items(1, 'small'));
    await world.seal();
    const step = async (item: Item) => ({ out: { ...item, pad: 'x'.repeat(item.id.startsWith('large') ? 2000 : 0) } });
    expect(await world.run(step).end).toBe('complete');
    expect(await world.keys('out')).toEqual(['small0']);
    const dead = await world.dead();
    expect(dead.map(({ code }) => code)).toEqual([...Array(4).fill('unexpected'), 'record-too-large']);
    expect(dead[3]).toMatchObject({ length: 150_000, offset: 3 });
    expect((await world.keys('dead')).every((key) => key.length <= 1024)).toBe(true);
  });

  it('follows a source that is never sealed, and ends by the signal alone', async () => {
    const running = world.run(pass);
    for (let round = 1; round <= 3; round++) {
      await world.add(items(10, `r${round}-`));
      await until(async () => (await world.keys('out')).length === 10 * round);
    }
    running.stop();
    expect(await running.end).toBe('stopped');
  });

  it('goes on with what is added and sealed after a run was complete', async () => {
    await world.add(items(10, 'a'));
    await world.seal();
    expect(await world.run(pass).end).toBe('complete');
    // Nothing new: complete at once, and nothing is done again.
    expect(await world.run(pass).end).toBe('complete');
    await world.add(items(10, 'b'));
    await world.seal();
    expect(await world.run(pass).end).toBe('complete');
    expect((await world.keys('out')).sort()).toEqual([...items(10, 'a'), ...items(10, 'b')].map(({ id }) => id).sort());
  });

  it('takes no more while the intake is closed, and up again when it opens', async () => {
    await world.say({ kind: 'intake', open: false });
    await world.add(items(10));
    await world.seal();
    expect(await world.run(pass).end).toBe('complete');
    expect(await world.keys('out')).toEqual([]);
    await world.say({ kind: 'intake', open: true });
    expect(await world.run(pass).end).toBe('complete');
    expect(await world.keys('out')).toHaveLength(10);
  });

  it('fetches some ahead of its room, so that not each is fetched by itself', async () => {
    await world.add(items(40));
    await world.seal();
    const sizes: number[] = [];
    const counted: typeof world.transport = {
      ...world.transport,
      join: (group, assigned) =>
        world.transport.join(group, (task) => {
          const fetch: typeof task.fetch = async (...asked) => {
            const records = await task.fetch(...asked);
            if (records.length > 0) sizes.push(records.length);
            return records;
          };
          return assigned({ ...task, fetch });
        }),
    };
    expect(await world.run(pass, { inHand: () => 1, transport: counted }).end).toBe('complete');
    expect(sizes).toEqual([32, 8]);
  });

  it('takes none of what it fetched ahead once the intake has closed, and all of it when that opens', async () => {
    await world.add(items(40));
    await world.seal();
    const heard = gateway();
    let closedAt = Number.POSITIVE_INFINITY;
    const listening: typeof world.transport = {
      ...world.transport,
      read: (topic, partition, from, max) => {
        if (topic === 'control' && from > closedAt) heard.open();
        return world.transport.read(topic, partition, from, max);
      },
    };
    const step = async (item: Item) => {
      if (item.id === 'i3') {
        closedAt = (await world.say({ kind: 'intake', open: false }))[0] as number;
        await heard.opened;
      }
      return { out: item };
    };
    expect(await world.run(step, { inHand: () => 1, transport: listening }).end).toBe('complete');
    // The one behind it stood at the door already.
    expect(await world.keys('out')).toEqual(ids(5));
    await world.say({ kind: 'intake', open: true });
    expect(await world.run(pass).end).toBe('complete');
    expect((await world.keys('out')).sort()).toEqual(ids(40).sort());
  });
});
