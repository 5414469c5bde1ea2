/**
 * Kills the processes of a run and its brokers for a long time, and measures how soon work goes on:
 * `node test/soak/kafka/kafka.soak.ts [--kills 100] [--broker-kills 10] [--wipes 10] [--processes 6] [--problems N]
 * [--recoveries 10] [--brokers 3] [--rate 240]`: so many of the processes lose their disks when they are killed; problems are
 * 90 a kill unless told; the rate is in problems a second while recoveries are measured. Ends with 1 where a law is broken.
 */
import { parseArgs } from 'node:util';
import type { JudgedSums } from '../../helpers/kafka/judging/judged-sums.ts';
import { type KilledFlow, killedSums } from '../../helpers/kafka/kill-flow.ts';
import { quickFailover, startJars } from '../../helpers/kafka/local.ts';
import { measureRecovery, type Recoveries } from './recovery.ts';
import { type StatusLoop, startStatus } from './status-loop.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    'broker-kills': { type: 'string', default: '10' },
    wipes: { type: 'string', default: '10' },
    processes: { type: 'string', default: '6' },
    problems: { type: 'string' },
    recoveries: { type: 'string', default: '10' },
    brokers: { type: 'string', default: '3' },
    rate: { type: 'string', default: '240' },
  },
});

const main = async (): Promise<void> => {
  const cluster = await startJars(Number(values.brokers), quickFailover);
  try {
    const [kills, brokerKills] = [Number(values.kills), Number(values['broker-kills'])];
    const away = { lateMilliseconds: 12_000, stopMilliseconds: 30_000 };
    console.log('| | |\n|---|---|');
    const [wipes, processes] = [Number(values.wipes), Number(values.processes)];
    const problems = Number(values.problems ?? 90 * kills);
    const flow = { cluster, kills, brokerKills, wipes, processes, ...away, ...watched };
    if (kills > 0) printKills(await killedSums(problems, flow), kills);
    const recoveries = Number(values.recoveries);
    if (recoveries > 0) printRecoveries(await measureRecovery(cluster, recoveries, Number(values.rate)));
  } finally {
    await cluster.stop();
  }
};

let looked: Awaited<ReturnType<StatusLoop['stop']>> = { looks: 0, faults: [] };

/** Every process has a live view, and somebody asks for the status every second. */
const watched = {
  environment: {
    NODE_OPTIONS: '--import=data:text/javascript,Object.assign(process.stderr,{isTTY:true,columns:100,rows:40})',
  },
  beside: (folder: string) => {
    const loop = startStatus(folder);
    return {
      stop: async () => {
        looked = await loop.stop();
      },
    };
  },
};

const printKills = (found: JudgedSums<KilledFlow>, kills: number): void => {
  const { judged, broken, requests, cameAgain } = found;
  const { ends, inTransaction, mayComeAgain } = found.driven;
  const failed = ends.filter(({ code }) => code !== 0 && code !== 3);
  const counts = JSON.stringify(found.counted) === JSON.stringify(found.recounted);
  const rows = {
    'processes killed, of these inside a transaction': `${kills}, ${inTransaction}`,
    'processes, disks lost with one, brokers killed': [values.processes, values.wipes, values['broker-kills']].join(
      ', ',
    ),
    'problems, levelled, dead before it': [judged.problems, judged.levelled, judged.deadGrading].map(size).join(', '),
    'outcomes, cot, rejected, dead': [judged.outcomes, judged.cot, judged.rejected, judged.deadTeaching]
      .map(size)
      .join(', '),
    'lost or doubled': broken.length,
    'the sampler’s counts are those of its topics': counts,
    'requests, sent again, allowed': `${requests}, ${cameAgain}, ${mayComeAgain}`,
    'processes that ended badly': failed.length,
    'looks of `status`, that went wrong': `${looked.looks}, ${looked.faults.length}`,
    'stores that are not what their changelog gives': found.copies.length,
  };
  for (const [name, value] of Object.entries(rows)) console.log(`| ${name} | ${value} |`);
  for (const law of [...broken, ...found.copies, ...looked.faults]) console.error(law);
  for (const { instance, code, stderr } of failed) console.error(`${instance} ended with ${code}: ${stderr}`);
  const isSeen = looked.faults.length === 0 && found.copies.length === 0;
  const held = isSeen && broken.length === 0 && failed.length === 0 && counts && cameAgain <= mayComeAgain;
  if (!held || inTransaction < kills / 3) process.exitCode = 1;
};

const size = (keys: readonly string[]): number => keys.length;

const printRecoveries = (found: Recoveries): void => {
  for (const [name, times] of Object.entries(found)) {
    const sorted = [...times].sort((one, other) => one - other);
    console.log(`| ${name}: median, worst ms | ${sorted[sorted.length >> 1]}, ${sorted.at(-1)} |`);
  }
};

await main();
process.exit();
