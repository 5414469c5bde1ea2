/**
 * Damaged data files of every format, each by its seed: `node test/soak/data-files.soak.ts [files] [first seed]`.
 * A file gives rows, bad rows or a DataError, within bounded memory and without a stall of a second; the slowest and the
 * largest are shown. A decoder in a process of its own may take longer, until it is given up.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { DataError } from '../../datasets/error.ts';
import { readProblems } from '../../datasets/in/read-problems.ts';
import { watchStalls } from '../helpers/main-thread-stalls.ts';

const files = Number(process.argv[2] ?? 5000);
const firstSeed = Number(process.argv[3] ?? 1);
const maxMemoryBytes = 1.5e9;
const LONGEST_STALL_SECONDS = 1;

const rows = Array.from({ length: 60 }, (_, n) => ({ statement: `What is "${n}" + 1?`, answer: String(n + 1) }));
const jsonl = rows.map((row) => JSON.stringify(row)).join('\n');
const csv = `statement,answer\n${rows.map(({ statement, answer }) => `"${statement.replaceAll('"', '""')}",${answer}`).join('\n')}`;
const parquet = parquetWriteBuffer({
  columnData: [
    { name: 'statement', data: rows.map(({ statement }) => statement), type: 'STRING' },
    { name: 'answer', data: rows.map(({ answer }) => BigInt(answer)), type: 'INT64' },
  ],
});
const originals: readonly (readonly [name: string, content: Buffer])[] = [
  ['in.jsonl', Buffer.from(jsonl)],
  ['in.json', Buffer.from(JSON.stringify(rows, null, 1))],
  ['in.csv', Buffer.from(csv)],
  ['in.jsonl.gz', gzipSync(jsonl)],
  ['in.jsonl.zst', Buffer.concat([zstdCompressSync(jsonl), zstdCompressSync(jsonl)])],
  ['in.parquet', Buffer.from(parquet)],
];

/** Numbers from 0 to `below`, the same for the same seed (mulberry32). */
const numbersOf = (seed: number) => (below: number) => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
};

/** Bytes changed, cut out, doubled, and perhaps the end cut off. */
const damaged = (original: Buffer, next: (below: number) => number): Buffer => {
  let bytes = Buffer.from(original);
  for (let change = next(6); change >= 0; change--) {
    const at = next(Math.max(1, bytes.length));
    const end = at + next(40);
    const kind = next(4);
    if (kind < 2 && bytes.length > 0) bytes[at] = next(256);
    else if (kind === 2) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    else bytes = Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
  }
  return next(10) === 0 ? bytes.subarray(0, next(bytes.length + 1)) : bytes;
};

const folder = mkdtempSync(join(tmpdir(), 'sluice-soak-'));
const slowest = { seed: 0, name: '', milliseconds: 0 };
const counts = { problems: 0, bad: 0, faults: 0 };
let longest = 0;
using stalls = watchStalls();
try {
  for (let seed = firstSeed; seed < firstSeed + files; seed++) {
    const next = numbersOf(seed);
    const [name, original] = originals[next(originals.length)]!;
    writeFileSync(join(folder, name), damaged(original, next));
    const began = performance.now();
    try {
      for await (const read of readProblems({ from: folder, path: name })) counts['bad' in read ? 'bad' : 'problems']++;
    } catch (error) {
      if (!(error instanceof DataError)) throw new Error(`seed ${seed}, ${name}`, { cause: error });
      counts.faults++;
    }
    const milliseconds = performance.now() - began;
    if (milliseconds > slowest.milliseconds) Object.assign(slowest, { seed, name, milliseconds });
    const stall = stalls.longest();
    longest = Math.max(longest, stall);
    if (stall >= LONGEST_STALL_SECONDS) throw new Error(`seed ${seed}, ${name}: a stall of ${stall.toFixed(2)} s`);
    const { maxRSS } = process.resourceUsage();
    if (maxRSS * 1024 > maxMemoryBytes) throw new Error(`seed ${seed}, ${name}: ${maxRSS} KiB of memory`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(`${files} files: ${counts.problems} problems, ${counts.bad} bad rows, ${counts.faults} files refused`);
console.log(
  `at most ${megabytes} MB; the slowest took ${Math.round(slowest.milliseconds)} ms (seed ${slowest.seed}, ${slowest.name}),` +
    ` the longest stall ${(longest * 1000).toFixed(0)} ms`,
);
