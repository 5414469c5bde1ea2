/**
 * Bytes stored for each byte that models wrote, on both transports: 1,000 problems, answers of 32 KB from student and
 * teacher, cut from recorded reasoning traces. Kafka needs Java and Maven. `node test/bench/store.bench.ts [PROBLEMS]`
 */
import { globSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startCluster } from '../../deploy/broker/start.ts';
import { modelServer } from '../helpers/models/model-server.ts';
import { dataFolder, readRows } from '../helpers/real-data.ts';
import { type Place, place } from '../helpers/sluice.ts';

const problems = Number(process.argv[2] ?? 1000);
const BYTES = 32 * 1024;

const traces = readRows<{ solution: string | null }>(`${dataFolder}/traces/thought_anchors.r1_distill.jsonl`)
  .flatMap(({ solution }) => solution ?? [])
  .join('\n\n');
/** Another piece of the traces for each problem, and the answer at its end. */
const written = (number: number): string => {
  const from = (number * 7919 * 64) % (traces.length - BYTES);
  return `${traces.slice(from, from + BYTES)}\n\n</think>\n\nSo it is \\boxed{${number}}.`;
};
const numberIn = (text: string): number => Number(/number (\d+)/.exec(text)?.[1] ?? 0);

let bytes = 0;
const said = (content: string) => {
  bytes += Buffer.byteLength(content);
  return { content, promptTokens: 20, completionTokens: 8000 };
};
const server = await modelServer({
  chat: ({ model, text }) => said(written(numberIn(text) + (model === 'student' ? 1 : 0))),
  score: ({ steps }) => steps.map((_, index) => (index % 10) / 10),
});
const config = (transport: object) => ({
  run: 'store',
  problems: [{ path: 'problems.jsonl' }],
  student: { baseUrl: `${server.url}/v1`, model: 'student' },
  scorer: { kind: 'prm', baseUrl: server.url, model: 'prm', contextTokens: 100_000 },
  target: { records: problems, distribution: 'natural' },
  teacher: { baseUrl: `${server.url}/v1`, model: 'teacher', samples: 1 },
  transport,
});
const rows = Array.from({ length: problems }, (_, number) => ({
  statement: `What is number ${number}?`,
  answer: String(number),
}));

/** What the models wrote in one run over this transport, and what `sizeOf` finds stored then. */
const measured = async (transport: object, sizeOf: (there: Place) => number) => {
  const there = place(config(transport));
  bytes = 0;
  try {
    there.write('problems.jsonl', rows);
    const { code, stderr } = await there.run('run');
    if (code !== 0) throw new Error(stderr);
    return { written: bytes, stored: sizeOf(there) };
  } finally {
    there.remove();
  }
};

const embedded = () =>
  measured({ kind: 'embedded' }, ({ store }) => {
    new DatabaseSync(store).exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return statSync(store).size;
  });

/** The logs of the run's topics at the broker, before any compaction, each kept once. */
const kafka = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-store-bench-'));
  const cluster = await startCluster({ folder });
  try {
    const logs = () => globSync(`${folder}/**/store-bench.*/*.log`).reduce((sum, log) => sum + statSync(log).size, 0);
    return await measured({ kind: 'kafka', brokers: cluster.brokers, prefix: 'store-bench', partitions: 4 }, logs);
  } finally {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

try {
  console.log('| | written by models, MB | stored, MB | ratio |\n|---|---|---|---|');
  for (const [name, measure] of [
    ['embedded', embedded],
    ['kafka', kafka],
  ] as const) {
    const { written, stored } = await measure();
    const mega = (count: number) => (count / 2 ** 20).toFixed(1);
    console.log(`| ${name} | ${mega(written)} | ${mega(stored)} | ${(stored / written).toFixed(2)} |`);
  }
  console.log('\n(aim: at most 1.0)');
} finally {
  await server.close();
}
