/**
 * What Kafka adds to a model call: the same run on the embedded transport and on Kafka by turns, over one server of
 * models, and the CPU of the app's process for each call; and the sampler's decisions through a broker.
 * `node test/bench/kafka/kafka-flow.bench.ts [PROBLEMS [ROUNDS]]`
 */
import { type ChildProcess, execFile, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openKafka } from '../../../runtime/transports/kafka/open.ts';
import { topicSpecs } from '../../../topologies/topics.ts';
import { startJars } from '../../helpers/kafka/local.ts';
import { plainSums, sumsConfig } from '../../helpers/plain-sums.ts';
import { place } from '../../helpers/sluice.ts';
import { letThrough } from '../engine/let-through.ts';
import type { Speed } from '../engine/stopwatch.ts';
import { message } from '../message.ts';

const [problems = '5000', rounds = '3', broker] = process.argv.slice(2);
const few = 10;

type Counts = Record<string, number>;

const main = async (): Promise<void> => {
  const cluster = await startJars();
  const server = fork(join(import.meta.dirname, '../pipeline/serve.ts'));
  try {
    const url = await message<string>(server);
    const kafka = () => ({ kind: 'kafka', brokers: cluster.brokers, prefix: `bench-${randomUUID().slice(0, 8)}` });
    console.log('| round | calls | embedded, µs of CPU a call | Kafka | ratio |\n|---|---|---|---|---|');
    const ratios: number[] = [];
    for (let round = 1; round <= Number(rounds); round++) {
      const embedded = await costOfCall(server, url, () => ({ kind: 'embedded' }));
      const onKafka = await costOfCall(server, url, kafka);
      ratios.push(onKafka.cpu / embedded.cpu);
      console.log(
        `| ${round} | ${onKafka.calls} | ${embedded.cpu.toFixed(0)} | ${onKafka.cpu.toFixed(0)} | ${ratios.at(-1)?.toFixed(2)} |`,
      );
    }
    console.log(`\nmedian ratio ${ratios.toSorted((a, b) => a - b)[ratios.length >> 1]?.toFixed(2)}\n`);
    const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, '', '', ...cluster.brokers]);
    const { perSecond, perCpuSecond } = JSON.parse(stdout) as Speed;
    console.log('| the sampler through Kafka | a second | a second of CPU | aim |\n|---|---|---|---|');
    console.log(`| decisions | ${perSecond.toFixed(0)} | ${perCpuSecond.toFixed(0)} | 20,000 |`);
  } finally {
    server.disconnect();
    await cluster.stop();
  }
};

/** What it takes to start and end is measured by a tiny run, and taken off. */
const costOfCall = async (server: ChildProcess, url: string, transport: () => object) => {
  const small = await whole(server, url, few, transport());
  const large = await whole(server, url, Number(problems), transport());
  const calls = sum(large.calls);
  return { cpu: (large.cpu - small.cpu) / (calls - sum(small.calls)), calls };
};

const whole = async (server: ChildProcess, url: string, count: number, transport: object) => {
  const settings = { records: Math.max(1, Math.floor(count / 3)), concurrency: 256 };
  const there = place({ ...sumsConfig(url, 'bench', settings), transport });
  there.write('problems.jsonl', plainSums(count));
  try {
    const child = fork(join(import.meta.dirname, '../pipeline/whole.ts'), [join(there.folder, 'sluice.yaml')], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const ended = new Promise((done) => child.once('close', done));
    const cpu = await message<number>(child);
    await ended;
    const answer = message<Counts>(server);
    server.send('counts');
    const report = there.report();
    if (report.stopped !== 'target') throw new Error(`the run ended as ${report.stopped}`);
    return { cpu, calls: await answer };
  } finally {
    there.remove();
  }
};

const sum = (counts: Counts): number => Object.values(counts).reduce((all, one) => all + one, 0);

/** In a process of its own: 40,000 decisions of one sampler over four partitions. */
const sampler = async (address: string): Promise<Speed> => {
  const localPath = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const settings = { brokers: [address], prefix: `bench-${randomUUID().slice(0, 8)}`, run: 'test', partitions: 4 };
  const transport = await openKafka({ ...settings, localPath, commitMilliseconds: 100 });
  try {
    await transport.apply(topicSpecs);
    return await letThrough(transport, 40_000);
  } finally {
    await transport.close();
    rmSync(localPath, { recursive: true, force: true });
  }
};

if (broker) console.log(JSON.stringify(await sampler(broker)));
else await main();
