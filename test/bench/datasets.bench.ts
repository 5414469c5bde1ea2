/**
 * Rows a second in and out, decontamination, and the most memory that each takes. Every phase has a process of its own
 * and is measured in CPU seconds, so that a busy machine changes little. `node test/bench/datasets.bench.ts`
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';
import { type ContaminationIndex, contaminationIndex } from '../../datasets/decontamination/contamination-index.ts';
import { contentHash } from '../../datasets/in/bytes/content-hash.ts';
import { readProblems } from '../../datasets/in/read-problems.ts';
import { exportDataset } from '../../datasets/out/export-dataset.ts';
import * as exportFormats from '../../datasets/out/exporters/all.ts';
import { stringColumn } from '../../datasets/out/format/parquet-schema.ts';
import { openShard } from '../../datasets/out/shards/shard.ts';
import { facts, placedRecords } from '../datasets/out/making.ts';

const rows = 1_000_000;
const records = 60_000;
const data = resolve(process.env.SLUICE_DATA ?? '../shared/data');

/** Forty words, the common ones often and the rare ones seldom, and two numbers; the same for the same row. */
const made = (row: number) => {
  const words = Array.from({ length: 40 }, (_, at) => vocabulary[Math.floor(8000 * random(row * 64 + at) ** 4)]);
  const statement = `${words.slice(0, 15).join(' ')} ${row} ${words.slice(15).join(' ')}, ${row % 97}?`;
  return { statement, answer: String(row) };
};

/** In [0, 1), the same for the same seed (the finaliser of MurmurHash3). */
const random = (seed: number): number => {
  let bits = seed >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
};

const letters = 'aeioulnrst';
const vocabulary = Array.from({ length: 8000 }, (_, n) => [...`1${n}`].map((digit) => letters[Number(digit)]).join(''));

interface Measured {
  readonly count: number;
  readonly note?: string;
  /** Left out: of the whole phase. */
  readonly seconds?: number;
}

const phases: Record<string, (folder: string) => Promise<Measured>> = {
  inputs: async (folder) => {
    await writeInputs(folder);
    return { count: rows };
  },
  'bare: readline and JSON.parse': async (folder) => {
    let count = 0;
    for await (const line of createInterface({ input: createReadStream(join(folder, 'in.jsonl')) }))
      if (JSON.parse(line).statement) count++;
    return { count };
  },
  'in: JSON lines': (folder) => readAll(folder, 'in.jsonl'),
  'in: JSON lines, gzip': (folder) => readAll(folder, 'in.jsonl.gz'),
  'in: CSV': (folder) => readAll(folder, 'in.csv'),
  'in: Parquet': (folder) => readAll(folder, 'in.parquet'),
  'in: two rows, a line of 512 MB between them': (folder) => readAll(folder, 'long.jsonl'),
  'content hash': async (folder) => {
    await contentHash(join(folder, 'in.jsonl'));
    return { count: rows };
  },
  'decontamination: 5,000 made evaluation problems': async () => {
    const evaluations = Array.from({ length: 5000 }, (_, n) => ({
      evaluation: 'made',
      statement: made(n * 400).statement,
    }));
    return searchAll(contaminationIndex(evaluations));
  },
  'decontamination: MATH-500 and AIME 2024': async () => {
    const files = ['math500/test.jsonl', 'aime24/test.jsonl'].map((file) => join(data, file));
    if (!existsSync(files[0]!)) return { count: 0, note: 'no data' };
    const lines = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).flatMap((text) =>
      text.trim().split('\n'),
    );
    return searchAll(
      contaminationIndex(lines.map((line) => ({ evaluation: 'real', statement: JSON.parse(line).problem }))),
    );
  },
  'out: JSON lines': (folder) => exportAll(folder, 'jsonl'),
  'out: Parquet (verl-sft)': (folder) => exportAll(folder, 'verl-sft'),
};

const readAll = async (from: string, path: string): Promise<Measured> => {
  let count = 0;
  for await (const read of readProblems({ path, from })) if ('problem' in read) count++;
  return { count };
};

/** The search alone is timed, not the making of the rows. */
const searchAll = ({ find }: ContaminationIndex): Measured => {
  let found = 0;
  let seconds = 0;
  for (let row = 0; row < rows; row += 10_000) {
    const statements = Array.from({ length: 10_000 }, (_, at) => made(row + at).statement);
    const started = cpuSeconds();
    for (const statement of statements) if (find(statement)) found++;
    seconds += cpuSeconds() - started;
  }
  return { count: rows, seconds, note: `${found} found` };
};

const exportAll = async (folder: string, name: 'jsonl' | 'verl-sft'): Promise<Measured> => {
  const format = name === 'jsonl' ? exportFormats.jsonlCot : exportFormats.verlSft;
  const job = { records: placedRecords(records), format, out: join(folder, name), card: facts };
  return { count: (await exportDataset(job)).records };
};

const writeInputs = async (folder: string): Promise<void> => {
  const jsonl = await openShard(join(folder, 'in.jsonl'), null);
  const parquet = await openShard(join(folder, 'in.parquet'), [stringColumn('statement'), stringColumn('answer')]);
  const csv = await open(join(folder, 'in.csv'), 'w');
  await csv.write('statement,answer\n');
  for (let row = 0; row < rows; row++) {
    const one = made(row);
    await jsonl.add(one);
    await parquet.add(one);
    await csv.write(`"${one.statement}",${one.answer}\n`);
  }
  await Promise.all([jsonl.close(), parquet.close(), csv.close()]);
  await writeParts(folder, 'in.jsonl.gz', [gzipSync(await readFile(join(folder, 'in.jsonl')), { level: 1 })]);
  const long = Array.from({ length: 512 }, () => Buffer.alloc(1024 * 1024, 'x'));
  const [first, last] = [made(1), made(2)].map((one) => JSON.stringify(one));
  await writeParts(folder, 'long.jsonl', [`${first}\n{"statement":"`, ...long, `"}\n${last}\n`]);
};

const writeParts = async (folder: string, name: string, parts: readonly (string | Buffer)[]): Promise<void> => {
  const file = await open(join(folder, name), 'w');
  for (const part of parts) await file.writeFile(part);
  await file.close();
};

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** One phase in this process; the figures go to whoever started it. */
const runPhase = async (name: string, folder: string): Promise<void> => {
  const started = cpuSeconds();
  const measured = await phases[name]!(folder);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ seconds: cpuSeconds() - started, ...measured, megabytes }));
};

const runAll = async (): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-bench-'));
  try {
    // In a process of its own too: a child begins with its parent's peak.
    line('inputs', folder);
    const { size } = await stat(join(folder, 'in.jsonl'));
    console.log(`Rows of ${Math.round(size / rows)} bytes; an empty process has 60 to 120 MB.\n`);
    console.log('| phase | rows | CPU seconds | rows per CPU second | peak MB | |\n|---|---|---|---|---|---|');
    for (const name of Object.keys(phases).slice(1)) console.log(line(name, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const line = (name: string, folder: string): string => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [import.meta.filename, name, folder], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  const { count, seconds, megabytes, note = '' } = JSON.parse(stdout);
  const speed = Math.round(count / seconds).toLocaleString('en');
  return `| ${name} | ${count.toLocaleString('en')} | ${seconds.toFixed(2)} | ${speed} | ${megabytes} | ${note} |`;
};

const [name, folder] = process.argv.slice(2);
await (name && folder ? runPhase(name, folder) : runAll());
