import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { type KafkaWorld, makeWorld } from '../../../helpers/kafka/world.ts';

const hour = 3_600_000;

describeKafka('a wall clock that is set', (brokers) => {
  let world: KafkaWorld;
  beforeEach(async () => {
    world = await makeWorld(brokers);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await world.destroy();
  });

  it.each([
    ['back by an hour', -hour],
    ['ahead by an hour', hour],
  ])('%s hides nothing that another process has paid for', async (_what, step) => {
    const [one, other] = [await world.open(), await world.open()];
    const mine = one.transport.table('journal');
    const theirs = other.transport.table('journal');
    await mine.put('p', 'before', Buffer.from('1'));
    expect(await mine.get('p', 'before')).toBeDefined();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + step });
    await theirs.put('p', 'after', Buffer.from('2'));
    // A read may be as old as the freshness that a table promises, and no older.
    await sleep(60);
    expect(Buffer.from((await mine.get('p', 'after')) ?? []).toString()).toBe('2');
    const stopping = new AbortController();
    await Promise.race([one.transport.grown(['in'], 50, stopping.signal), sleep(5_000, null, { ref: false })]);
    expect(await one.transport.read('in', 0, 0, 1)).toEqual([]);
  });
});
