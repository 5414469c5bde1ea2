/**
 * A run that pauses for longer than Kafka keeps the positions of a group without members (a minute here, a week by
 * default), and whose positions an operator sets to the start and to the end meanwhile, by Kafka's own tool:
 * `node test/soak/kafka/pause.soak.ts [--problems 300]`. Ends with 1 where something is lost, doubled or asked again.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { flowWorker } from '../../helpers/kafka/flow-worker.ts';
import { groupLag, runTool } from '../../helpers/kafka/judging/judge.ts';
import { judgedSums, type SumsPlace } from '../../helpers/kafka/judging/judged-sums.ts';
import { startJars } from '../../helpers/kafka/local.ts';
import type { Ended } from '../../helpers/sluice.ts';

const { values } = parseArgs({ options: { problems: { type: 'string', default: '300' } } });
const problems = Number(values.problems);
const stages = ['grade', 'score', 'level', 'sample', 'generate'];
const pauses = ['positions expire', 'set to the start', 'set to the end'] as const;
/** Seconds. */
const PATIENCE = 300;

const main = async (): Promise<void> => {
  const cluster = await startJars(1, {
    'offsets.retention.minutes': '1',
    'offsets.retention.check.interval.ms': '5000',
  });
  const { brokers } = cluster;
  let over = 0;
  const pace = () => (over + 1) / (pauses.length + 1);
  try {
    const found = await judgedSums({ brokers, replicationFactor: 1, problems, pace }, (place) =>
      paused(place, brokers, pace, () => {
        over++;
      }),
    );
    const counts = JSON.stringify(found.counted) === JSON.stringify(found.recounted);
    const badly = found.driven.filter(
      ({ code }, turn) => ![0, 3].includes(code!) && (turn === pauses.length || code !== 143),
    );
    const rows = {
      pauses: pauses.join(', '),
      'problems, outcomes': `${new Set(found.judged.problems).size}, ${found.judged.outcomes.length}`,
      'lost or doubled': found.broken.length,
      'the sampler’s counts are those of its topics': counts,
      'stores that are not what their changelog gives': found.copies.length,
      'requests, made again': `${found.requests}, ${found.cameAgain}`,
      'processes that ended badly': badly.length,
    };
    console.log('| | |\n|---|---|');
    for (const [name, value] of Object.entries(rows)) console.log(`| ${name} | ${value} |`);
    for (const law of [...found.broken, ...found.copies]) console.error(law);
    for (const { code, stderr } of badly) console.error(`ended with ${code}: ${stderr}`);
    const faults = found.broken.length + found.copies.length + badly.length + found.cameAgain;
    if (faults > 0 || !counts) process.exitCode = 1;
  } finally {
    await cluster.stop();
  }
};

/** The same command again and again, stopped by SIGTERM in between; how each has ended. */
const paused = async (
  { folder, server, scope }: SumsPlace,
  brokers: readonly string[],
  pace: () => number,
  over: () => void,
): Promise<Ended[]> => {
  const worker = flowWorker(folder, 'pod-0', `ingest,${stages.join()},export`);
  const ends: Ended[] = [];
  try {
    for (const pause of pauses) {
      await server.when(() => server.different('student') > problems * pace());
      worker.signal('SIGTERM');
      ends.push(await worker.ended());
      const groups = stages.map((stage) => `${scope}${stage}`);
      if (pause === 'positions expire') await expired(brokers, groups);
      else await reset(brokers, groups, pause === 'set to the start' ? '--to-earliest' : '--to-latest');
      over();
      worker.start();
    }
    return [...ends, await worker.ended()];
  } finally {
    await worker.kill();
  }
};

/** Until Kafka's own tool knows no position of any of them. */
const expired = async (brokers: readonly string[], groups: readonly string[]): Promise<void> => {
  for (const group of groups) {
    await eventually(
      `the positions of ${group} are still there`,
      async () => (await groupLag(brokers, group)).size === 0,
    );
  }
};

/** A group may be set once its members' sessions are over; all in one call, so that none expires before its turn. */
const reset = async (brokers: readonly string[], groups: readonly string[], where: string): Promise<void> => {
  const tool = ['org.apache.kafka.tools.consumer.group.ConsumerGroupCommand', '--bootstrap-server', brokers.join()];
  const left = new Set(groups);
  await eventually('some groups could not be set', async () => {
    for (const line of await runTool([...tool, '--all-groups', '--all-topics', '--reset-offsets', where, '--execute']))
      left.delete(line.trim().split(/\s+/)[0]!);
    return left.size === 0;
  });
};

const eventually = async (failure: string, isSo: () => Promise<boolean>): Promise<void> => {
  for (const until = Date.now() + PATIENCE * 1000; !(await isSo()); await sleep(1_000)) {
    if (Date.now() > until) throw new Error(`${failure} after ${PATIENCE} s`);
  }
};

await main();
process.exit();
