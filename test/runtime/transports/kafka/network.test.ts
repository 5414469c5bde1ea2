import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { canRunKafka } from '../../../../deploy/broker/jars.ts';
import type { Transport } from '../../../../runtime/transport.ts';
import { copyTask } from '../../../helpers/kafka/copy-task.ts';
import { replayedFaults } from '../../../helpers/kafka/judging/replayed.ts';
import { startJars } from '../../../helpers/kafka/local.ts';
import { type FaultyProxy, isDecision, startProxy } from '../../../helpers/kafka/proxy.ts';
import { describeKafka } from '../../../helpers/kafka/with-kafka.ts';
import { copy, keysOf, makeWorld, record, until } from '../../../helpers/kafka/world.ts';

const jars = await canRunKafka();

describeKafka('a bad network', () => {
  it.skipIf(!jars)('costs time, and neither loses nor doubles anything', { timeout: 180_000 }, async () => {
    const proxy = await startProxy();
    const cluster = await startJars(1, {
      'advertised.listeners': `PLAINTEXT://127.0.0.1:${proxy.port}`,
      'transaction.abort.timed.out.transaction.cleanup.interval.ms': '1000',
    });
    proxy.target = cluster.nodes[0]!.port;
    const world = await makeWorld([`127.0.0.1:${proxy.port}`]);
    const over = new AbortController();
    try {
      const faults: Error[] = [];
      const open = async () => (await world.open()).transport;
      const [first, second, reader] = [await open(), await open(), await open()];
      for (const transport of [first, second]) {
        await transport.join(copy, async (task) => {
          copyTask(task).catch(
            (error: Error & { disposition?: string }) => error.disposition !== 'retry' && faults.push(error),
          );
        });
      }
      const sent: string[] = [];
      const appends: Promise<unknown>[] = [];
      const disturbed = disturb(proxy);
      const looked = look(reader, over.signal);
      for (let number = 0; number < 1_100; number++) {
        sent.push(`key ${number}`);
        appends.push(reader.append([record('in', number % 3, `key ${number}`)]));
        await sleep(30);
      }
      await disturbed;
      await Promise.all(appends);
      const received = async () => (await Promise.all([0, 1, 2].map((one) => keysOf(reader, 'out', one)))).flat();
      await until(async () => (await received()).length >= sent.length);
      expect((await received()).sort()).toEqual([...sent].sort());
      over.abort();
      expect([...faults, ...(await looked)]).toEqual([]);
      const own = { brokers: [`127.0.0.1:${proxy.port}`], prefix: world.prefix, run: 'run', partitions: 3 };
      expect(await replayedFaults({ ...own, localPath: world.folder, commitMilliseconds: 10 })).toEqual([]);
    } finally {
      over.abort();
      await world.destroy();
      proxy.close();
      await cluster.stop();
    }
  });
});

/** Looks at the stage's stores all the while: what is counted never becomes less. Gives what was wrong. */
const look = async (transport: Transport, over: AbortSignal): Promise<string[]> => {
  const faults: string[] = [];
  const counted = async (partition: number) =>
    Number(Buffer.from((await transport.store('copy', partition)).get('count') ?? '0').toString());
  const known = [0, 0, 0];
  while (!over.aborted) {
    for (const [partition, before] of known.entries()) {
      // Who looks in an outage may be told so.
      const now = await counted(partition).catch(() => before);
      if (now < before) faults.push(`${before} were counted in partition ${partition}, and ${now} are now`);
      known[partition] = now;
    }
    await sleep(100);
  }
  if (known.includes(0)) faults.push('somebody looked and saw nothing');
  return faults;
};

/**
 * Slow, cut for longer than a session and a transaction last, slow, half open for longer than a request may take. The
 * cut comes before the decision on an append gets through, the freeze before that on a commit.
 */
const disturb = async (proxy: FaultyProxy): Promise<void> => {
  await sleep(500);
  proxy.delay = 150;
  await sleep(2_000);
  await proxy.before((piece) => isDecision(piece) && piece.includes('.append.'), proxy.cut);
  await sleep(15_000);
  proxy.mend();
  await sleep(1_500);
  proxy.delay = 0;
  await proxy.before((piece) => isDecision(piece) && !piece.includes('.append.'), proxy.freeze);
  await sleep(12_000);
  proxy.mend();
};
