/**
 * Restarts every process of a run in turn, as an orchestrator rolls out a new configuration, once or more, while their
 * calls take seconds: `node test/soak/kafka/rolling-restart.soak.ts [--problems 600] [--processes 12] [--rounds 1]`. Ends with 1
 * where a law is broken, a process ends badly, or more than 20 calls a round were made again.
 */
import { parseArgs } from 'node:util';
import { type FlowWorker, flowWorker } from '../../helpers/kafka/flow-worker.ts';
import { judgedSums, type SumsPlace } from '../../helpers/kafka/judging/judged-sums.ts';
import { startJars } from '../../helpers/kafka/local.ts';
import type { Ended } from '../../helpers/sluice.ts';

const { values } = parseArgs({
  options: {
    problems: { type: 'string', default: '600' },
    processes: { type: 'string', default: '12' },
    rounds: { type: 'string', default: '1' },
  },
});
const [problems, processes, rounds] = [values.problems, values.processes, values.rounds].map(Number) as [
  number,
  number,
  number,
];
const MOST_REPEATED = 20;

const main = async (): Promise<void> => {
  const cluster = await startJars();
  try {
    let over = 0;
    const pace = () => (over + 1) / (processes * rounds + 1);
    const found = await judgedSums({ brokers: cluster.brokers, replicationFactor: 1, problems, pace }, (place) =>
      roll(place, () => {
        over++;
      }),
    );
    const { stopped, ends } = found.driven;
    const isOver = ({ code }: Ended) => code === 0 || code === 3;
    // One that was to be stopped may have come to the run's end before.
    const failed = [
      ...stopped.filter((one) => one.code !== 143 && !isOver(one)),
      ...ends.filter((one) => !isOver(one)),
    ];
    const rows = {
      'processes, restarts': `${processes}, ${stopped.length}`,
      'problems, lost or doubled': `${found.judged.problems.length}, ${found.broken.length}`,
      'requests, made again': `${found.requests}, ${found.cameAgain}`,
      'processes that ended badly': failed.length,
      'stores that are not what their changelog gives': found.copies.length,
    };
    console.log('| | |\n|---|---|');
    for (const [name, value] of Object.entries(rows)) console.log(`| ${name} | ${value} |`);
    for (const law of [...found.broken, ...found.copies]) console.error(law);
    for (const { code, stderr } of failed) console.error(`ended with ${code}: ${stderr}`);
    const faults = found.broken.length + found.copies.length + failed.length;
    if (faults > 0 || found.cameAgain > MOST_REPEATED * rounds) process.exitCode = 1;
  } finally {
    await cluster.stop();
  }
};

const roles = ['ingest,sample,export', 'grade,score,level', 'generate', 'sample'];

/** One process of each role and more of those that ask models; each is restarted when some work was done since the last. */
const roll = async ({ folder, server }: SumsPlace, restarted: () => void) => {
  const stagesOf = (index: number) => roles[index] ?? roles[1 + (index % 2)]!;
  const workers = Array.from({ length: processes }, (_, index) => flowWorker(folder, `pod-${index}`, stagesOf(index)));
  const stopped: Ended[] = [];
  try {
    await server.when((calls) => calls.length > 5 * processes);
    for (let turn = 0; turn < processes * rounds; turn++) {
      const one = workers[turn % processes]!;
      const before = server.calls.length;
      stopped.push(await restart(one));
      restarted();
      await Promise.race([server.when((calls) => calls.length > before + 20), ended(workers)]);
    }
    return { stopped, ends: await Promise.all(workers.map((one) => one.ended())) };
  } finally {
    await Promise.all(workers.map((one) => one.kill()));
  }
};

const restart = async (one: FlowWorker): Promise<Ended> => {
  one.signal('SIGTERM');
  const end = await one.ended();
  one.start();
  return end;
};

/** There is nothing left to do, and no call to wait for. */
const ended = (workers: readonly FlowWorker[]): Promise<unknown> => Promise.any(workers.map((one) => one.ended()));

await main();
process.exit();
