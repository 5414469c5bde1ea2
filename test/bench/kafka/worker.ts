/** Counts records by key through the transport until it has seen `records`; prints what it took as JSON. */

import type { StoredRecord, Task } from '../../../runtime/transport.ts';
import { openKafka } from '../../../runtime/transports/kafka/open.ts';
import { topics } from './topics.ts';

const { brokers, prefix, localPath, records } = JSON.parse(process.argv[2]!);
const transport = await openKafka({ brokers, prefix, run: 'bench', partitions: 3, localPath, commitMilliseconds: 100 });
await transport.apply(topics);

const latencies: number[] = [];
let seen = 0;
let commits = 0;
/** Peak memory by tenths of the records. */
const peaks = Array.from({ length: 10 }, () => 0);
let finish: () => void = () => {};
const finished = new Promise<void>((resolve) => {
  finish = resolve;
});

const work = async (task: Task): Promise<void> => {
  const { topic, partition } = task.sources[0]!;
  let from = task.positions[0]?.offset ?? 0;
  const counts = new Map<string, number>();
  const pending: Promise<void>[] = [];
  while (!task.lost.aborted && seen < records) {
    const batch = await task.fetch(topic, partition, from, 1_000, task.lost);
    if (batch.length === 0) continue;
    from = batch.at(-1)!.offset + 1;
    const outputs = batch.map((record) => ({ ...map(map(map(record))), topic: 'out' }));
    const changed = new Set(batch.map((record) => record.key));
    for (const { key } of batch) counts.set(key, countOf(task, counts, key) + 1);
    const store = [...changed].map((key) => [key, Buffer.from(String(counts.get(key)))] as const);
    const commit = { positions: [{ topic, partition, offset: from, metadata: '' }], outputs, store };
    pending.push(
      task.commit(commit).then(() => {
        commits++;
        seen += batch.length;
        const now = Date.now();
        for (const { headers } of batch) if (headers.at) latencies.push(now - Number(headers.at));
        if (seen >= records) finish();
      }),
    );
    if (pending.length > 4) await pending.shift();
  }
};

const countOf = (task: Task, counts: ReadonlyMap<string, number>, key: string): number => {
  const known = counts.get(key);
  if (known !== undefined) return known;
  const stored = task.store.get(key);
  return stored === undefined ? 0 : Number(Buffer.from(stored).toString());
};

const map = (record: StoredRecord): StoredRecord => {
  const value = new Uint8Array(record.value);
  value[0]! += 1;
  return { ...record, value };
};

const started = performance.now();
const cpu = process.cpuUsage();
setInterval(() => {
  const tenth = Math.min(9, Math.floor((10 * seen) / records));
  peaks[tenth] = Math.max(peaks[tenth]!, process.memoryUsage().rss);
}, 100).unref();
await transport.join({ stage: 'count', inputs: ['in'], ownership: 'partitioned' }, async (task) => void work(task));
console.log('ready');
await finished;
const { user, system } = process.cpuUsage(cpu);
latencies.sort((one, other) => one - other);
const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? null;
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ seen, commits, seconds, cpu: (user + system) / 1e6, peaks, p50: at(0.5), p99: at(0.99) }));
await transport.close();
process.exit(0);
