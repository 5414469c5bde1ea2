/**
 * Consume, transform, produce, exactly once: three maps and a count by key in a store, over one local broker.
 * `node test/bench/kafka/kafka.bench.ts [--records 200000] [--rate-seconds 15]`; the long form, which shows whether memory stays
 * flat: `--records 2000000 --rate-seconds 1` (6 GB of disk).
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { partitionOf } from '../../../runtime/records/partition.ts';
import type { NewRecord, Transport } from '../../../runtime/transport.ts';
import { openKafka } from '../../../runtime/transports/kafka/open.ts';
import { startJars } from '../../helpers/kafka/local.ts';
import { topics } from './topics.ts';

const options = {
  records: { type: 'string', default: '200000' },
  'rate-seconds': { type: 'string', default: '15' },
} as const;
const { values } = parseArgs({ options });

interface Result {
  readonly seen: number;
  readonly commits: number;
  readonly seconds: number;
  readonly cpu: number;
  /** Peak memory in bytes, by tenths of the records. */
  readonly peaks: readonly number[];
  readonly p50: number | null;
  readonly p99: number | null;
}

const main = async (): Promise<void> => {
  const broker = await startJars();
  const localPath = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
  try {
    const bulk = await measureBulk(broker.brokers, localPath, Number(values.records));
    const rate = await measureRate(broker.brokers, localPath, Number(values['rate-seconds']));
    print(bulk, rate);
  } finally {
    await broker.stop();
    await rm(localPath, { recursive: true, force: true });
  }
};

const measureBulk = async (brokers: readonly string[], localPath: string, records: number): Promise<Result> => {
  const transport = await open(brokers, 'bulk', join(localPath, 'loader'));
  for (let from = 0; from < records; from += 5_000) {
    await transport.append(Array.from({ length: Math.min(5_000, records - from) }, (_, index) => input(from + index)));
  }
  await transport.close();
  return (await runWorker(brokers, 'bulk', localPath, records)).result;
};

const measureRate = async (brokers: readonly string[], localPath: string, seconds: number): Promise<Result> => {
  const transport = await open(brokers, 'rate', join(localPath, 'loader'));
  const records = 200 * seconds;
  const worker = await runWorker(brokers, 'rate', localPath, records);
  for (let sent = 0; sent < records; sent += 10) {
    void transport.append(Array.from({ length: 10 }, (_, index) => input(sent + index, Date.now())));
    await sleep(50);
  }
  const result = await worker.result;
  await transport.close();
  return result;
};

const open = async (brokers: readonly string[], prefix: string, localPath: string): Promise<Transport> => {
  const settings = { brokers, prefix, run: 'bench', partitions: 3, localPath, commitMilliseconds: 100 };
  const transport = await openKafka(settings);
  await transport.apply(topics);
  return transport;
};

const payload = randomBytes(1024);
const input = (number: number, at?: number): NewRecord => {
  const key = `key ${number % 10_000}`;
  const headers: Record<string, string> = at === undefined ? {} : { at: String(at) };
  return { topic: 'in', partition: partitionOf(key, 3), key, value: payload, headers };
};

/** Resolves when the worker has joined; `result` comes when it is through. */
const runWorker = async (brokers: readonly string[], prefix: string, localPath: string, records: number) => {
  const argument = JSON.stringify({ brokers, prefix, records, localPath: join(localPath, 'worker') });
  const script = join(import.meta.dirname, 'worker.ts');
  const child = spawn(process.execPath, [script, argument], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let ready: () => void = () => {};
  const joined = new Promise<void>((resolve) => {
    ready = resolve;
  });
  child.stdout.on('data', (chunk) => {
    output += chunk;
    if (output.includes('ready')) ready();
  });
  const result = new Promise<Result>((resolve, reject) => {
    child.once('exit', (code) => {
      if (code === 0) resolve(JSON.parse(output.trim().split('\n').at(-1)!));
      else reject(new Error(`the worker ended with ${code}: ${output}`));
    });
  });
  await joined;
  return { result };
};

const print = (bulk: Result, rate: Result): void => {
  const rows = [
    ['records a CPU-second of the app', (bulk.seen / bulk.cpu).toFixed(0)],
    ['records a second', (bulk.seen / bulk.seconds).toFixed(0)],
    ['peak memory, MB', (Math.max(...bulk.peaks) / 1e6).toFixed(0)],
    ['by tenths of the records, MB', bulk.peaks.map((peak) => (peak / 1e6).toFixed(0)).join(' ')],
    ['p50 at 200 records/s, ms', String(rate.p50)],
    ['p99 at 200 records/s, ms', String(rate.p99)],
  ];
  console.log(`| ${bulk.seen} records of 1 KB, exactly once, commit every 100 ms | |\n|---|---|`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
};

await main();
