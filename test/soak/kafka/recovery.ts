import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalCluster } from '../../../deploy/broker/start.ts';
import type { Client } from '../../../runtime/transports/kafka/cluster/client.ts';
import { MemberAssignment } from '../../../runtime/transports/kafka/wire/kafkajs.ts';
import type { FlowWorker } from '../../helpers/kafka/flow-worker.ts';
import { plainClient } from '../../helpers/kafka/kafkajs.ts';
import { type FollowedRun, startRun } from './followed-run.ts';

/** Milliseconds from a kill until every partition has a new output, under a steady stream. */
export type Recoveries = Readonly<Record<string, readonly number[]>>;

/** Real processes of a run that follows its input; before each kill all is well again. */
export const measureRecovery = async (cluster: LocalCluster, times: number, rate: number): Promise<Recoveries> => {
  const run = await startRun(cluster, rate);
  const { graders, samplers } = run;
  const found: Record<string, number[]> = {};
  const measure = async (name: string, once: (turn: number) => Promise<number>): Promise<void> => {
    for (let turn = 0; turn < times; turn++) {
      await sleep(PAUSE);
      const milliseconds = await once(turn);
      process.stderr.write(`${name}: ${milliseconds} ms\n`);
      found[name] = [...(found[name] ?? []), milliseconds];
    }
  };
  try {
    // Brokers that have just started spend their time on compiling themselves.
    await sleep(WARM_UP);
    await measure('grader killed and started again', () => restart(run, graders, 'levelled'));
    await measure('grader killed, the other takes over', () => takeOver(run, graders, 'levelled'));
    await measure('sampler killed and started again', () => restart(run, samplers, 'admitted'));
    await measure('sampler killed, the standby takes over', () => takeOver(run, samplers, 'admitted'));
    if (cluster.nodes.length > 1)
      await measure('broker killed, from the new leaders on', (turn) => loseBroker(run, turn));
    return found;
  } finally {
    await run.stop();
  }
};

type Pair = readonly [FlowWorker, FlowWorker];

const restart = async (run: FollowedRun, workers: Pair, topic: string): Promise<number> => {
  const worker = await ownerAmong(run, workers);
  await worker.kill();
  const killed = Date.now();
  worker.start();
  return (await run.flow.back(topic, killed)) - killed;
};

const takeOver = async (run: FollowedRun, workers: Pair, topic: string): Promise<number> => {
  const owner = await ownerAmong(run, workers);
  await owner.kill();
  const killed = Date.now();
  const back = await run.flow.back(topic, killed);
  owner.start();
  return back - killed;
};

/** One that has partitions of its first stage, by the group's own word, when both are its members. */
const ownerAmong = async ({ groupOf, cluster }: FollowedRun, workers: Pair): Promise<FlowWorker> => {
  const admin = plainClient(cluster.brokers).admin();
  await admin.connect();
  for (;;) {
    const { groups } = await admin.describeGroups([groupOf(workers[0].stages)]);
    const { members = [], state } = groups[0] ?? {};
    const holder = members.find(({ memberAssignment }) => hasPartitions(memberAssignment));
    const owner = workers.find(({ instance }) => holder?.memberId.startsWith(`${instance}-`));
    if (state === 'Stable' && members.length === workers.length && owner !== undefined) {
      await admin.disconnect();
      return owner;
    }
    await sleep(200);
  }
};

const hasPartitions = (assignment: Buffer): boolean =>
  Object.values(MemberAssignment.decode(assignment)?.assignment ?? {}).some((partitions) => partitions.length > 0);

const loseBroker = async ({ flow, client, input, cluster }: FollowedRun, turn: number): Promise<number> => {
  const lost = turn % cluster.nodes.length;
  const node = cluster.nodes[lost]!;
  node.process.kill('SIGKILL');
  const killed = Date.now();
  const leaders = await newLeaders(client, input, lost + 1);
  const back = await Promise.all(['levelled', 'admitted'].map((topic) => flow.back(topic, killed)));
  await node.restart();
  await sleep(2 * PAUSE);
  return Math.max(...back) - leaders;
};

/** When no partition of the topic is led by the broker any more. */
const newLeaders = async (client: Client, topic: string, broker: number): Promise<number> => {
  for (;;) {
    const found = await client.describe([topic]).catch(() => undefined);
    const leaders = found?.get(topic)?.leaders ?? [];
    if (leaders.length > 0 && leaders.every((leader) => leader >= 0 && leader !== broker)) return Date.now();
    await sleep(20);
  }
};

const WARM_UP = 60_000;
const PAUSE = 4_000;
