import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { controlLog } from '../../runtime/ending/control.ts';
import { waker } from '../../runtime/ending/waker.ts';
import type { Task, Transport } from '../../runtime/transport.ts';
import { control, engineWorld, items, until } from '../helpers/engine.ts';

type World = Awaited<ReturnType<typeof engineWorld>>;
let world: World;
beforeEach(async () => {
  world = await engineWorld();
});
afterEach(() => world.destroy());

it('keeps no listener of a task that is gone, however often the partitions change hands', async () => {
  const owners: { task: Task; lose: () => void }[] = [];
  let assign: (task: Task) => Promise<void> = async () => {};
  const shaky: Transport = {
    ...world.transport,
    join: async (group, assigned) => {
      const membership = await world.transport.join(group, async (task) => {
        assign = (one) => assigned(one);
        hand(task);
      });
      return membership;
    },
  };
  const hand = (task: Task): void => {
    const loss = new AbortController();
    owners.push({ task, lose: () => loss.abort(new Error('another owner')) });
    void assign({ ...task, lost: AbortSignal.any([task.lost, loss.signal]) });
  };
  await world.add(items(10));
  const stopping = new AbortController();
  const { end, events } = world.run(async (item) => ({ out: item }), {
    transport: shaky,
    stopping: stopping.signal,
    follow: true,
  });
  const lost = () => events.filter(({ kind }) => kind === 'lost').length;
  await until(() => owners.length === 1);
  const listeners: number[] = [];
  for (let round = 1; round <= 40; round++) {
    const last = owners.at(-1) as (typeof owners)[number];
    last.lose();
    await until(() => lost() === round);
    hand(last.task);
    listeners.push(getEventListeners(stopping.signal, 'abort').length);
  }
  expect(listeners.at(-1)).toBe(listeners[0]);
  stopping.abort();
  expect(await end).toBe('stopped');
});

it('is heard of no more once it is closed', async () => {
  const log = controlLog(world.transport, 'control', control);
  const closed = waker(log, new AbortController().signal);
  const open = waker(log, new AbortController().signal);
  const [before, after] = [closed.signal(), open.signal()];
  closed.close();
  await world.say({ kind: 'renewed' });
  await log.catchUp();
  expect([before.aborted, after.aborted]).toEqual([false, true]);
});
