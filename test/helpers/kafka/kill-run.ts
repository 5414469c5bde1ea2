import { setTimeout as sleep } from 'node:timers/promises';
import { partitionOf } from '../../../runtime/partition.ts';
import type { Transport } from '../../../runtime/transport.ts';
import { committedKeys } from './judge.ts';
import type { startJars } from './local.ts';
import { countAborted } from './markers.ts';
import { makeWorkerProcess, type WorkerProcess } from './worker-process.ts';
import { type KafkaWorld, record, until } from './world.ts';

export interface KillRun {
  readonly cluster: Awaited<ReturnType<typeof startJars>>;
  readonly world: KafkaWorld;
  readonly records: number;
  readonly kills: number;
  /** Kills go on, twice as many at the most, until so many have cut a transaction off. */
  readonly wantedCutOff: number;
  readonly brokerKills: number;
  /** How long one worker is stopped, to come back as a zombie. */
  readonly stopMilliseconds: number;
  readonly folder: string;
}

export interface KillResult {
  readonly sent: readonly string[];
  /** As Kafka's own read-committed consumer shows them. */
  readonly received: readonly string[];
  /** Transactions that a kill cut off, from the log. */
  readonly cutOff: number;
  /** What the workers counted in their stores, all partitions together. */
  readonly counted: number;
  readonly errors: string;
}

const PARTITIONS = 6;

/** Three workers copy a topic while they, and brokers, are killed; every third worker comes back late. */
export const killRun = async (run: KillRun): Promise<KillResult> => {
  const { cluster, world, kills } = run;
  const settings = { brokers: cluster.brokers, partitions: PARTITIONS, replicationFactor: cluster.nodes.length };
  const { transport } = await world.open(settings);
  const workers = ['a', 'b', 'c'].map((instanceId) =>
    makeWorkerProcess({
      ...settings,
      prefix: world.prefix,
      run: 'run',
      instanceId,
      localPath: run.folder,
      commitMilliseconds: 5,
      sessionMilliseconds: 6_000,
    }),
  );
  let killing = true;
  const sending = sendWhile(transport, (sent) => killing || sent < run.records);
  await until(async () => (await total(transport)) > 0);
  const late: Promise<void>[] = [];
  const topic = `${world.prefix}.run.out`;
  const cutOff = () => countAborted(cluster.brokers, topic, PARTITIONS);
  for (let kill = 0; kill < 2 * kills; kill++) {
    if (kill >= kills && (await cutOff()) >= run.wantedCutOff) break;
    await sleep(300 + ((kill * 137) % 400));
    const worker = workers[kill % workers.length]!;
    await worker.kill('SIGKILL');
    if (kill % 3 === 2) late.push(sleep(7_000).then(worker.start));
    else worker.start();
    if (kill === 1) late.push(stopForAWhile(workers[2]!, run.stopMilliseconds));
    if (kill < run.brokerKills) await killBroker(run, kill);
    if (kill % 3 === 2) await Promise.all(late);
  }
  killing = false;
  const sent = await sending;
  await until(async () => (await total(transport)) >= sent.length);
  await Promise.all(workers.map((worker) => worker.kill('SIGTERM')));
  return {
    sent,
    received: await committedKeys(cluster.brokers, topic),
    cutOff: await cutOff(),
    counted: await countStores(transport),
    errors: workers.map((worker) => worker.errors()).join(''),
  };
};

const sendWhile = async (transport: Transport, wanted: (sent: number) => boolean): Promise<string[]> => {
  const sent: string[] = [];
  while (wanted(sent.length)) {
    const keys = Array.from({ length: 100 }, (_, index) => `key ${sent.length + index}`);
    await transport.append(keys.map((key) => record('in', partitionOf(key, PARTITIONS), key)));
    sent.push(...keys);
    await sleep(50);
  }
  return sent;
};

/** Records done, by the committed counts of the stage. */
const total = async (transport: Transport): Promise<number> => {
  const positions = await transport.positions('copy').catch(() => []);
  const reads = positions.map(async ({ partition, offset }) => (offset === 0 ? 0 : countOf(transport, partition)));
  return (await Promise.all(reads)).reduce((sum, count) => sum + count, 0);
};

const countOf = async (transport: Transport, partition: number): Promise<number> => {
  const store = await transport.store('copy', partition);
  return Number(Buffer.from(store.get('count') ?? '0').toString());
};

const countStores = async (transport: Transport): Promise<number> => {
  let sum = 0;
  for (let partition = 0; partition < PARTITIONS; partition++) sum += await countOf(transport, partition);
  return sum;
};

const stopForAWhile = async (worker: WorkerProcess, milliseconds: number): Promise<void> => {
  const { process } = worker;
  process.kill('SIGSTOP');
  await sleep(milliseconds);
  process.kill('SIGCONT');
};

const killBroker = async ({ cluster }: KillRun, kill: number): Promise<void> => {
  const node = cluster.nodes[kill % cluster.nodes.length]!;
  const gone = new Promise((resolve) => node.process.once('exit', resolve));
  node.process.kill('SIGKILL');
  await gone;
  await sleep(4_000);
  await node.restart();
};
