/**
 * How long the main thread is held by the widest rows that a data file may have, and by wider ones, of every format:
 * `node test/soak/wide-rows.soak.ts`. Counted in processor time.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { readProblems } from '../../datasets/in/read-problems.ts';
import { watchStalls } from '../helpers/main-thread-stalls.ts';

const MEGABYTE = 2 ** 20;
const row = (rest: string) => `{"statement":"What is 2 + 2?","answer":"4",${rest}}`;
const names = (count: number) => Array.from({ length: count }, (_, index) => `"column${index}":"${index}"`).join();
const calls = (cases: string) =>
  `{"statement":"Write f.","tests":{"kind":"call","entryPoint":"f","cases":[{"arguments":[${cases}],"expected":1}]}}`;
const parquetOf = (count: number, value: unknown) =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'statement', data: Array.from({ length: count }, (_, index) => `${index} + 1?`) },
        { name: 'answer', data: new Array(count).fill('4') },
        { name: 'rest', data: new Array(count).fill(value), type: 'JSON' },
      ],
    }),
  );
const forms: Readonly<Record<string, readonly [name: string, content: () => string | Uint8Array]>> = {
  '600,000 columns': ['in.jsonl', () => row(names(600_000))],
  '600,000 names below one': ['in.jsonl', () => row(`"meta":{${names(600_000)}}`)],
  '50,000 names': ['in.jsonl', () => row(`"meta":{${names(49_900)}}`)],
  'a million values': ['in.jsonl', () => row(`"meta":[1${',1'.repeat(999_000)}]`)],
  '500,000 texts': ['in.jsonl', () => row(`"meta":["ab"${',"ab"'.repeat(499_000)}]`)],
  '8 million values': ['in.jsonl', () => row(`"meta":[1${',1'.repeat(8_000_000)}]`)],
  '50,000 values as written': ['in.jsonl', () => calls(`[1.0${',1'.repeat(49_000)}]`)],
  'printed Python of 200,000 values': [
    'in.jsonl',
    () => JSON.stringify({ statement: 'a', answer: 'b', tests: `['1'${",'1'".repeat(199_000)}]` }),
  ],
  'printed Python of 15 MB': [
    'in.jsonl',
    () => JSON.stringify({ statement: 'a', answer: 'b', tests: `['${'x'.repeat(15 * MEGABYTE)}']` }),
  ],
  'a statement of 15 MB': ['in.jsonl', () => JSON.stringify({ statement: 'ab '.repeat(5 * MEGABYTE), answer: 'b' })],
  'a text of 15 MB and NaN': ['in.jsonl', () => row(`"meta":"${'x'.repeat(15 * MEGABYTE)}","a":NaN`)],
  'quotes that are no JSON': ['in.jsonl', () => `{${'"a'.repeat(7 * MEGABYTE)}`],
  '60,000 short rows': ['in.jsonl', () => '{"statement":"a","answer":"1"}\n'.repeat(60_000)],
  '10,000 columns, 40 rows': [
    'in.csv',
    () => `${Array.from({ length: 9_999 }, (_, index) => `c${index}`).join()}\n`.repeat(40).replaceAll('\n', '\n'),
  ],
  '16 MB behind an open quote': ['in.csv', () => `statement,answer\n"${`a${',b'.repeat(4_000)}\n`.repeat(2_000)}`],
  '60,000 rows behind an open quote': ['in.csv', () => `statement,answer\n"${'a,b\n'.repeat(60_000)}`],
  'lists of 100,000 values': ['in.parquet', () => parquetOf(40, new Array(100_000).fill(1))],
  'texts of 1 MB': ['in.parquet', () => parquetOf(40, 'x'.repeat(MEGABYTE))],
  'names, 5,000 a row': [
    'in.parquet',
    () => parquetOf(40, Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`name${index}`, index]))),
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'sluice-soak-'));
console.log('| file | bytes | problems | bad rows | longest stall, ms |\n|---|---|---|---|---|');
using stalls = watchStalls();
try {
  for (const [what, [name, content]] of Object.entries(forms)) {
    const bytes = content();
    writeFileSync(join(folder, name), bytes);
    await new Promise((resolve) => setTimeout(resolve, 5));
    stalls.longest();
    const counts = { problems: 0, bad: 0 };
    let fault = '';
    try {
      for await (const read of readProblems({ from: folder, path: name })) counts['bad' in read ? 'bad' : 'problems']++;
    } catch (error) {
      fault = (error as { code?: string }).code ?? String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    const stall = stalls.longest() * 1000;
    console.log(
      `| ${what}, ${name.slice(3)} | ${bytes.length} | ${counts.problems} | ${counts.bad} ${fault} | ${stall.toFixed(0)} |`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
