/**
 * What processes that wait for problems cost a broker: `node test/bench/kafka/idle.bench.ts [seconds] [processes] [partitions]`.
 * CPU by the system's count of it, in per cent of a core; the requests that they send, which a busy machine does not change;
 * and how fast the topic of the processes' notes grows.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { rehearsalProblems } from '../../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';
import { makeClient } from '../../../runtime/transports/kafka/cluster/client.ts';
import { logDirsCall } from '../../../runtime/transports/kafka/wire/log-dirs.ts';
import { heldConfig } from '../../cli/holding-server.ts';
import { startCounting } from '../../helpers/kafka/counting-proxy.ts';
import { startJars } from '../../helpers/kafka/local.ts';
import { place } from '../../helpers/sluice.ts';

const [seconds = 30, processes = 6, partitions = 24] = process.argv.slice(2).map(Number);

const main = async (): Promise<void> => {
  const proxy = await startCounting();
  const advertised = { 'advertised.listeners': `PLAINTEXT://127.0.0.1:${proxy.port}` };
  const [cluster, models] = [await startJars(1, advertised), await startRehearsal()];
  proxy.target = cluster.nodes[0]!.port;
  const broker = cluster.nodes[0]!.process.pid!;
  const there = place(
    heldConfig(models.url, models.url, { kind: 'kafka', brokers: cluster.brokers, prefix: 'idle', partitions }),
  );
  there.write('problems.jsonl', [...rehearsalProblems({ seed: 1, count: 5 })]);
  const alone = await shareOf([broker], seconds);
  const stages = (index: number) => (index === 0 ? 'ingest,sample,export' : 'grade,score,level,generate');
  const started = Array.from({ length: processes }, (_, index) =>
    there.start('run', '--follow', '--stages', stages(index), '--set', `transport.instanceId=pod-${index}`),
  );
  try {
    // Until the five problems are done, the partitions shared out and everything is loaded, on a busy machine too.
    await sleep(90_000);
    const before = await notes(cluster.brokers);
    const sent = new Map(proxy.requests);
    const [withThem = 0, ...others] = await Promise.all(
      [broker, ...started.map(({ pid }) => pid)].map((pid) => shareOf([pid], seconds)),
    );
    const requests = [...proxy.requests].map(
      ([kind, count]) => [kinds[kind] ?? `kind ${kind}`, (count - (sent.get(kind) ?? 0)) / seconds] as const,
    );
    const grown = (await notes(cluster.brokers)) - before;
    console.log('| idle processes | broker alone | broker with them | a process | notes, KB/s | GB a week |');
    console.log('|---|---|---|---|---|---|');
    const one = others.reduce((sum, share) => sum + share, 0) / processes;
    const week = (grown / seconds) * 7 * 86_400;
    const shares = [alone, withThem, one].map((share) => `${share.toFixed(1)} %`).join(' | ');
    console.log(`| ${processes} | ${shares} | ${(grown / seconds / 1_000).toFixed(1)} | ${(week / 1e9).toFixed(2)} |`);
    console.log('\n| request | a second |\n|---|---|');
    const most = requests.filter(([, each]) => each >= 0.05).toSorted(([, one], [, other]) => other - one);
    for (const [kind, each] of most) console.log(`| ${kind} | ${each.toFixed(1)} |`);
    console.log(`| all | ${requests.reduce((sum, [, each]) => sum + each, 0).toFixed(1)} |`);
  } finally {
    await Promise.all(started.map((each) => each.kill()));
    there.remove();
    await models.close();
    await cluster.stop();
    proxy.close();
  }
};

/** Per cent of a core that these processes take over so many seconds. */
const shareOf = async (pids: readonly number[], over: number): Promise<number> => {
  const used = () => pids.reduce((sum, pid) => sum + ticksOf(pid), 0);
  const [before, began] = [used(), performance.now()];
  await sleep(over * 1_000);
  return (100 * ((used() - before) / TICKS)) / ((performance.now() - began) / 1_000);
};

/** User and system time, proc(5). */
const ticksOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return Number(fields[11]) + Number(fields[12]);
};

const notes = async (brokers: readonly string[]): Promise<number> => {
  const client = makeClient({ brokers, prefix: '', run: '', partitions: 1, localPath: '', commitMilliseconds: 1 });
  const node = (await client.nodes())[0]!;
  const [stored] = await client.send(node, 'main', logDirsCall([{ topic: 'idle.run.settings', partitions: 1 }]));
  client.close();
  return stored?.bytes ?? 0;
};

const TICKS = 100;
/** Kafka protocol guide, "API Keys": those that are sent here. */
const kinds: Readonly<Record<number, string>> = {
  ...{ 0: 'Produce', 1: 'Fetch', 2: 'ListOffsets', 3: 'Metadata', 8: 'OffsetCommit', 9: 'OffsetFetch' },
  ...{ 10: 'FindCoordinator', 11: 'JoinGroup', 12: 'Heartbeat', 14: 'SyncGroup', 18: 'ApiVersions' },
  ...{ 22: 'InitProducerId', 24: 'AddPartitionsToTxn', 25: 'AddOffsetsToTxn', 26: 'EndTxn', 28: 'TxnOffsetCommit' },
};

await main();
process.exit();
