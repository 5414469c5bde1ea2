/**
 * Bytes of the embedded store for each byte that models wrote: 1,000 problems, answers of 32 KB from student and
 * teacher, cut from recorded reasoning traces. `node test/bench/store.bench.ts [PROBLEMS]`
 */
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { modelServer } from '../helpers/model-server.ts';
import { dataFolder, readRows } from '../helpers/real-data.ts';
import { place } from '../helpers/sluice.ts';

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
const there = place({
  run: 'store',
  problems: [{ path: 'problems.jsonl' }],
  student: { baseUrl: `${server.url}/v1`, model: 'student' },
  scorer: { kind: 'prm', baseUrl: server.url, model: 'prm', contextTokens: 100_000 },
  target: { records: problems, distribution: 'natural' },
  teacher: { baseUrl: `${server.url}/v1`, model: 'teacher', samples: 1 },
});
try {
  there.write(
    'problems.jsonl',
    Array.from({ length: problems }, (_, number) => ({
      statement: `What is number ${number}?`,
      answer: String(number),
    })),
  );
  const { code, stderr } = await there.run('run');
  if (code !== 0) throw new Error(stderr);
  new DatabaseSync(there.store).exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const { size } = statSync(there.store);
  const mega = (count: number) => (count / 2 ** 20).toFixed(1);
  console.log('| | MB | × what models wrote |\n|---|---|---|');
  console.log(`| written by models | ${mega(bytes)} | 1 |`);
  console.log(`| embedded store | ${mega(size)} | ${(size / bytes).toFixed(2)} |`);
  console.log('\n(aim: at most 1.0 ×)');
} finally {
  there.remove();
  await server.close();
}
