/**
 * Kills workers and brokers for a long time, and measures how soon work goes on:
 * `node test/soak/kafka.soak.ts [--kills 100] [--broker-kills 10] [--recoveries 10]`. Ends with 1 where a record was lost or
 * doubled.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type KillResult, killRun } from '../helpers/kafka/kill-run.ts';
import { startJars } from '../helpers/kafka/local.ts';
import { makeWorld } from '../helpers/kafka/world.ts';
import { measureRecovery, type Recoveries } from './kafka/recovery.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    'broker-kills': { type: 'string', default: '10' },
    recoveries: { type: 'string', default: '10' },
  },
});
const quick = { 'broker.session.timeout.ms': '3000', 'broker.heartbeat.interval.ms': '500' };

const main = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-soak-'));
  const cluster = await startJars(3, quick);
  try {
    const kills = Number(values.kills);
    const world = await makeWorld(cluster.brokers);
    const brokerKills = Number(values['broker-kills']);
    const records = 600 * kills;
    const base = { cluster, world, folder: join(folder, 'kills') };
    const wantedCutOff = Math.ceil(kills / 3);
    const run = { ...base, records, kills, wantedCutOff, brokerKills, stopMilliseconds: 30_000 };
    const result = kills > 0 ? await killRun(run) : null;
    const place = { cluster, world: await makeWorld(cluster.brokers), folder: join(folder, 'recovery') };
    const recoveries = Number(values.recoveries) > 0 ? await measureRecovery(place, Number(values.recoveries)) : null;
    console.log('| | |\n|---|---|');
    if (result !== null) printKills(result, kills, brokerKills);
    if (recoveries !== null) printRecoveries(recoveries);
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

const printKills = (
  { sent, received, cutOff, counted, errors }: KillResult,
  kills: number,
  brokerKills: number,
): void => {
  const distinct = new Set(received);
  const lost = sent.filter((key) => !distinct.has(key)).length;
  const doubled = received.length - distinct.size;
  const rows = [
    ['workers killed, brokers killed', `${kills}, ${brokerKills}`],
    ['records sent, lost, doubled', `${sent.length}, ${lost}, ${doubled}`],
    ['transactions that were cut off', cutOff],
    ['counted in the stores', counted],
  ];
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  if (errors !== '') console.error(errors);
  if (lost > 0 || doubled > 0 || counted !== sent.length) process.exitCode = 1;
};

const printRecoveries = ({ restarted, takenOver, broker }: Recoveries): void => {
  const rows = {
    'killed worker, started again': restarted,
    'killed worker, another takes over': takenOver,
    'killed broker': broker,
  };
  for (const [name, times] of Object.entries(rows)) {
    const sorted = [...times].sort((one, other) => one - other);
    console.log(`| ${name}: median, worst ms | ${sorted[sorted.length >> 1]}, ${sorted.at(-1)} |`);
  }
};

await main();
process.exit();
