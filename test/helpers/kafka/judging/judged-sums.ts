import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openKafka } from '../../../../runtime/transports/kafka/open.ts';
import { topicSpecs } from '../../../../topologies/topics.ts';
import { type ModelServer, modelServer } from '../../models/model-server.ts';
import { hashShare } from '../../models/recorded-students.ts';
import { answerSums, plainSums, sumsConfig } from '../../plain-sums.ts';
import { place } from '../../sluice.ts';
import { brokenLaws, type JudgedFlow, judgeFlow } from './judged-flow.ts';
import { countsOf, recount } from './recount.ts';
import { replayedFaults } from './replayed.ts';

export interface SumsSettings {
  readonly brokers: readonly string[];
  readonly replicationFactor: number;
  readonly problems: number;
  /** How far into the problems the models answer quickly, in [0, 1]; beyond, there is work left for what comes. */
  readonly pace: () => number;
}

/** Where a run's processes work, and what they ask. */
export interface SumsPlace {
  readonly folder: string;
  readonly server: ModelServer;
  /** What transactional ids begin with: `<prefix>.<run>.`. */
  readonly scope: string;
}

export interface JudgedSums<Driven> {
  readonly driven: Driven;
  readonly judged: JudgedFlow;
  /** Laws that are broken; empty where all hold. */
  readonly broken: readonly string[];
  /** What the sampler counted, and what its topics give when they are counted anew. */
  readonly counted: object;
  readonly recounted: object;
  /** What is wrong in the stores that the processes keep beside them. */
  readonly copies: readonly string[];
  readonly requests: number;
  /** Requests that came once more than they had to. */
  readonly cameAgain: number;
}

/** Most calls at once to each of the three models, from one process. */
const concurrency = 8;
const partitions = 6;

/**
 * Sums through the whole flow over Kafka, as `drive` runs and disturbs it, judged at its end. A few are dead letters of
 * the student, a few of the teacher.
 */
export const judgedSums = async <Driven>(
  { problems, pace, ...cluster }: SumsSettings,
  drive: (place: SumsPlace) => Promise<Driven>,
): Promise<JudgedSums<Driven>> => {
  const isAhead = () => server.different('student') > problems * pace();
  const server = await modelServer({
    chat: answerSums,
    score: ({ steps }) => steps.map(hashShare),
    latency: ({ number }) => (isAhead() ? 1_500 : 20 + ((number * 37) % 60)),
    fault: ({ model, text }) =>
      hashShare(`dead ${model} ${text}`) < DEAD ? { kind: 'status', status: 400 } : undefined,
  });
  const prefix = `sums-${randomUUID().slice(0, 8)}`;
  const kafka = { ...cluster, prefix, partitions };
  const there = place(configOf(server.url, problems, { kind: 'kafka', ...kafka }));
  try {
    there.write('problems.jsonl', plainSums(problems));
    const driven = await drive({ folder: there.folder, server, scope: `${prefix}.sums.` });
    const judged = await judgeFlow(cluster.brokers, prefix, 'sums');
    const settings = { ...kafka, run: 'sums', localPath: join(there.folder, '.sluice'), commitMilliseconds: 10 };
    return {
      driven,
      judged,
      broken: brokenLaws(judged, problems),
      ...(await bothCounts(settings)),
      copies: await replayedFaults(settings),
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

const bothCounts = async (settings: Parameters<typeof openKafka>[0]) => {
  const transport = await openKafka(settings);
  try {
    await transport.apply(topicSpecs);
    return { counted: await countsOf(transport), recounted: await recount(transport) };
  } finally {
    await transport.close();
  }
};
