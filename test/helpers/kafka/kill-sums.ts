import { randomUUID } from 'node:crypto';
import type { LocalCluster } from '../../../deploy/broker/start.ts';
import { openKafka } from '../../../runtime/transports/kafka/open.ts';
import { topicSpecs } from '../../../topologies/topics.ts';
import { modelServer } from '../model-server.ts';
import { answerSums, plainSums, sumsConfig } from '../plain-sums.ts';
import { hashShare } from '../recorded-students.ts';
import { type Place, place } from '../sluice.ts';
import { brokenLaws, type JudgedFlow, judgeFlow } from './judged-flow.ts';
import { type KilledFlow, type KillFlow, killFlow } from './kill-flow.ts';
import { countsOf, recount } from './recount.ts';

export type KillSums = Pick<KillFlow, 'kills' | 'brokerKills' | 'lateMilliseconds' | 'stopMilliseconds'> & {
  readonly cluster: LocalCluster;
  readonly problems: number;
};

export interface KilledSums extends KilledFlow {
  readonly judged: JudgedFlow;
  readonly broken: readonly string[];
  /** What the sampler counted, and what its inputs give when they are counted anew. */
  readonly counted: object;
  readonly recounted: object;
  readonly requests: number;
  readonly cameAgain: number;
}

const concurrency = 8;
const partitions = 6;

/** Sums through the whole flow under kills: a few are dead letters of the student, a few of the teacher. */
export const killSums = async ({ cluster, problems, ...kills }: KillSums): Promise<KilledSums> => {
  let over = 0;
  // The models slow down when they are ahead of the kills, so that there is work for all of them.
  const ahead = () => server.different('student') > (problems * (over + 1)) / (kills.kills + 1);
  const server = await modelServer({
    chat: answerSums,
    score: ({ steps }) => steps.map(hashShare),
    latency: ({ number }) => (ahead() ? 1_500 : 20 + ((number * 37) % 60)),
    fault: ({ model, text }) =>
      hashShare(`dead ${model} ${text}`) < DEAD ? { kind: 'status', status: 400 } : undefined,
  });
  const prefix = `kills-${randomUUID().slice(0, 8)}`;
  const kafka = { brokers: [...cluster.brokers], prefix, partitions, replicationFactor: cluster.nodes.length };
  const there = place(configOf(server.url, problems, { kind: 'kafka', ...kafka }));
  try {
    there.write('problems.jsonl', plainSums(problems));
    const killed = await killFlow({
      ...kills,
      ...{ cluster, server, concurrency, folder: there.folder, scope: `${prefix}.sums.` },
      killed: (done) => {
        over = done;
      },
    });
    const judged = await judgeFlow(cluster.brokers, prefix, 'sums');
    return {
      ...killed,
      judged,
      broken: brokenLaws(judged, problems),
      ...(await bothCounts(there, kafka)),
      requests: server.calls.length,
      cameAgain: server.calls.length - new Set(server.calls.map(({ key }) => key)).size,
    };
  } finally {
    await server.close();
    there.remove();
  }
};

const DEAD = 0.03;

const configOf = (url: string, problems: number, transport: object) => {
  const config = sumsConfig(url, 'sums', { records: problems, concurrency });
  // A reference to the environment: the model server tells by it whose a call is.
  const apiKey = ['$', '{SLUICE_WORKER}'].join('');
  return {
    ...config,
    student: { ...config.student, apiKey },
    scorer: { ...config.scorer, apiKey },
    teacher: { ...config.teacher, apiKey },
    target: { ...config.target, admit: 'streaming' },
    transport,
  };
};

const bothCounts = async ({ folder }: Place, kafka: { readonly brokers: string[]; readonly prefix: string }) => {
  const transport = await openKafka({ ...kafka, run: 'sums', partitions, localPath: folder, commitMilliseconds: 10 });
  try {
    await transport.apply(topicSpecs);
    return { counted: await countsOf(transport), recounted: await recount(transport) };
  } finally {
    await transport.close();
  }
};
