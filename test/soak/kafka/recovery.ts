import { setTimeout as sleep } from 'node:timers/promises';
import type { Transport } from '../../../runtime/transport.ts';
import type { startJars } from '../../helpers/kafka/local.ts';
import { makeWorkerProcess, type WorkerProcess } from '../../helpers/kafka/worker-process.ts';
import { type KafkaWorld, record } from '../../helpers/kafka/world.ts';

export interface RecoveryPlace {
  readonly cluster: Awaited<ReturnType<typeof startJars>>;
  readonly world: KafkaWorld;
  readonly folder: string;
}

const PARTITIONS = 3;

/** Milliseconds from a kill to the next output, under a steady stream. */
export interface Recoveries {
  readonly restarted: readonly number[];
  readonly takenOver: readonly number[];
  readonly broker: readonly number[];
}

export const measureRecovery = async (place: RecoveryPlace, times: number): Promise<Recoveries> => {
  const { cluster, world } = place;
  const settings = { partitions: PARTITIONS, replicationFactor: cluster.nodes.length };
  const { transport } = await world.open(settings);
  const flow = startFlow(transport);
  const first = worker(place, 'first');
  await flow.next(Date.now());
  const restarted = await repeat(times, async () => {
    await first.kill('SIGKILL');
    const killed = Date.now();
    first.start();
    return (await flow.next(killed)) - killed;
  });
  const second = worker(place, 'second');
  const takenOver = await repeat(times, async () => {
    await sleep(3_000);
    await first.kill('SIGKILL');
    const killed = Date.now();
    const back = await flow.nextOfAll(killed);
    first.start();
    return back - killed;
  });
  const broker = await repeat(Math.min(times, cluster.nodes.length), async (turn) => {
    const node = cluster.nodes[turn]!;
    await sleep(3_000);
    node.process.kill('SIGKILL');
    const killed = Date.now();
    const back = await flow.nextOfAll(killed);
    await node.restart();
    await sleep(10_000);
    return back - killed;
  });
  flow.stop();
  await Promise.all([first.kill('SIGTERM'), second.kill('SIGTERM')]);
  return { restarted, takenOver, broker };
};

const worker = ({ cluster, world, folder }: RecoveryPlace, instanceId: string): WorkerProcess =>
  makeWorkerProcess({
    brokers: cluster.brokers,
    prefix: world.prefix,
    run: 'run',
    partitions: PARTITIONS,
    replicationFactor: cluster.nodes.length,
    instanceId,
    localPath: folder,
    commitMilliseconds: 100,
    sessionMilliseconds: 6_000,
  });

const repeat = async (times: number, measure: (turn: number) => Promise<number>): Promise<number[]> => {
  const found: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    await sleep(2_000);
    found.push(await measure(turn));
  }
  return found;
};

/** A record to every partition 20 times a second, and when the last output of each was seen. */
const startFlow = (transport: Transport) => {
  const seen = Array.from({ length: PARTITIONS }, () => 0);
  const stopped = new AbortController();
  const send = async () => {
    for (let number = 0; !stopped.signal.aborted; number++) {
      const records = seen.map((_, partition) => record('in', partition, `key ${number}`));
      await Promise.all([transport.append(records).catch(() => {}), sleep(50)]);
    }
  };
  const watch = async (partition: number) => {
    for (let next = 0; !stopped.signal.aborted; ) {
      const records = await transport.read('out', partition, next, 1_000).catch(() => []);
      const last = records.at(-1);
      if (last === undefined) await sleep(10);
      else {
        next = last.offset + 1;
        seen[partition] = Date.now();
      }
    }
  };
  void send();
  for (const partition of seen.keys()) void watch(partition);
  // An output within this time of the kill may still be one from before it.
  const SETTLE = 150;
  const when = async (after: number, of: (times: readonly number[]) => number): Promise<number> => {
    await sleep(Math.max(0, after + SETTLE - Date.now()));
    const floor = Date.now();
    while (of(seen) <= floor) await sleep(5);
    return of(seen);
  };
  return {
    next: (after: number) => when(after, (times) => Math.max(...times)),
    nextOfAll: (after: number) => when(after, (times) => Math.min(...times)),
    stop: () => stopped.abort(),
  };
};
