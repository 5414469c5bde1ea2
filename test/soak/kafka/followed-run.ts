import { randomUUID } from 'node:crypto';
import type { LocalCluster } from '../../../deploy/broker/start.ts';
import { type Client, makeClient } from '../../../runtime/transports/kafka/cluster/client.ts';
import { openKafka } from '../../../runtime/transports/kafka/open.ts';
import { topicSpecs } from '../../../topologies/topics.ts';
import { type FlowWorker, flowWorker } from '../../helpers/kafka/flow-worker.ts';
import { modelServer } from '../../helpers/models/model-server.ts';
import { hashShare } from '../../helpers/models/recorded-students.ts';
import { answerSums, plainSums, sumsConfig } from '../../helpers/plain-sums.ts';
import { place } from '../../helpers/sluice.ts';
import { type SteadyFlow, startFlow } from './steady-flow.ts';

/** A run that never ends by itself, with a steady stream of problems, as five processes. */
export interface FollowedRun {
  /** The one that has the work, and the one that stands by. */
  readonly samplers: readonly [FlowWorker, FlowWorker];
  readonly graders: readonly [FlowWorker, FlowWorker];
  readonly flow: SteadyFlow;
  readonly client: Client;
  readonly cluster: LocalCluster;
  /** Kafka's name of the topic of problems. */
  readonly input: string;
  /** The group of the first of these stages that has one. */
  groupOf(stages: string): string;
  stop(): Promise<void>;
}

const partitions = 6;

export const startRun = async (cluster: LocalCluster, rate: number): Promise<FollowedRun> => {
  const server = await modelServer({ chat: answerSums, score: ({ steps }) => steps.map(hashShare), latency: () => 5 });
  const prefix = `recovery-${randomUUID().slice(0, 8)}`;
  const kafka = { brokers: [...cluster.brokers], prefix, partitions, replicationFactor: cluster.nodes.length };
  const there = place({
    ...sumsConfig(server.url, 'sums', { records: 0, concurrency: 16 }),
    target: { distribution: 'natural' },
    transport: { kind: 'kafka', ...kafka },
  });
  there.write('problems.jsonl', plainSums(100));
  const settings = { ...kafka, run: 'sums', localPath: `${there.folder}/test`, commitMilliseconds: 10 };
  const transport = await openKafka(settings);
  await transport.apply(topicSpecs);
  const start = (instance: string, stages: string, ...more: string[]) =>
    flowWorker(there.folder, instance, stages, { more });
  const grading = 'grade,score,level';
  const graders = [start('grader-a', grading), start('grader-b', grading)] as const;
  const teacher = start('generator', 'generate');
  const main = start('main', 'ingest,sample,export', '--follow');
  const client = makeClient(settings);
  const nameOf = (topic: string) => `${prefix}.sums.${topic}`;
  const flow = await startFlow({ transport, client, topics: ['levelled', 'admitted'], nameOf, rate });
  await flow.back('admitted', Date.now());
  const samplers = [main, start('standby', 'sample')] as const;
  return {
    samplers,
    graders,
    flow,
    client,
    cluster,
    groupOf: (stages) => nameOf(stages.split(',').find((stage) => stage !== 'ingest')!),
    input: `${prefix}.problems`,
    stop: async () => {
      flow.stop();
      client.close();
      await Promise.all([...samplers, ...graders, teacher].map((one) => one.kill()));
      await transport.close();
      await server.close();
      there.remove();
    },
  };
};
