import { describe, expect, it } from 'vitest';
import type { Task, Transport } from '../../../../../runtime/transport.ts';
import { makeKafkaCluster } from '../../../../simulation/kafka/cluster.ts';
import { chanceOf } from '../../../../simulation/world/chance.ts';
import { type VirtualTime, withVirtualTime } from '../../../../simulation/world/virtual-time.ts';

/** A network where everything is there within a millisecond. */
const chance = { ...chanceOf(1), between: (least: number) => least };
const brokers = { brokers: 1, named: false, commitMilliseconds: 20, breaks: 0, slow: 0, slowToAsk: 0, watched: false };
const operation = () => ({ dies: false, effect: true });
const group = { stage: 'generate', inputs: ['admitted'], ownership: 'partitioned' } as const;

const joined = (transport: Transport) => {
  const given = Promise.withResolvers<Task>();
  return { membership: transport.join(group, async (task) => given.resolve(task)), task: given.promise };
};

/** One writes an answer and leaves; the other, which looked at other entries meanwhile, takes over and asks for it. */
const takenOver = async (
  time: VirtualTime,
  looksAfter: number,
  writesAfter: number,
): Promise<Uint8Array | undefined> => {
  const cluster = makeKafkaCluster({ time, chance, partitions: 1, maxMetadataBytes: 4000, operation }, brokers);
  const open = (worker: string) => cluster.open({ worker, number: 1, since: 0, dead: false });
  const [one, other] = [await open('one'), await open('other')];
  const first = joined(one);
  await first.task;
  await time.sleep(looksAfter);
  const journal = other.table('journal');
  const looking = setInterval(() => journal.get('problem', 'another answer').catch(() => {}), 3);
  const second = joined(other);
  await second.membership;
  await time.sleep(writesAfter);
  await one.table('journal').put('problem', 'answer', Buffer.from('paid for'));
  await (await first.membership).leave();
  await second.task;
  const found = await journal.get('problem', 'answer');
  clearInterval(looking);
  cluster.close();
  return found;
};

describe('a table on Kafka', { timeout: 120_000 }, () => {
  it('gives whoever takes a task over all that its last owner wrote, however lately the table was looked at', async () => {
    const found: (string | undefined)[] = [];
    // The quickest takeovers: what is asked is told of at the next heartbeat, and it comes at once.
    for (let looksAfter = 1; looksAfter < 14; looksAfter += 3)
      for (let writesAfter = 475; writesAfter < 500; writesAfter += 5)
        await withVirtualTime(async (time) => {
          let isOver = false;
          const taking = takenOver(time, looksAfter, writesAfter).finally(() => {
            isOver = true;
          });
          await time.run(() => isOver, 600_000);
          found.push(Buffer.from((await taking) ?? '').toString());
        });
    expect(new Set(found)).toEqual(new Set(['paid for']));
  });
});
