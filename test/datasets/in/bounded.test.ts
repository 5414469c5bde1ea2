import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { readProblems } from '../../../datasets/in/read-problems.ts';
import { fileOf, readAll } from '../files.ts';

/** Reads a file with a heap of 128 MB, and within a minute; both are far more than a file of that size is worth. */
const readWithLittle = async (name: string, content: string | Uint8Array) => {
  const { folder } = await fileOf(name, content);
  const child = ['--max-old-space-size=128', 'test/datasets/in/read-child.ts', folder, name];
  const { stdout } = await promisify(execFile)('node_modules/.bin/node', child, { timeout: 60_000 });
  return JSON.parse(stdout) as {
    problems: number;
    bad: number;
    code: string | null;
    message: string;
    kept: number;
    rss: number;
  };
};

const repeated = (text: string, bytes: number): Buffer => Buffer.alloc(bytes, text);

describe('a file that is meant to cost more than it is worth', () => {
  it.for<[what: string, name: string, content: () => Buffer, code: string]>([
    [
      'a quote that is never closed',
      'quote.csv',
      () => Buffer.concat([Buffer.from('statement,answer\n"'), repeated('1\n', 12e6)]),
      'too-many-bad-rows',
    ],
    [
      'quotes that are closed and opened in every line',
      'quotes.csv',
      () => Buffer.concat([Buffer.from('statement,answer\n'), repeated('a","""\n', 1e6)]),
      'too-many-bad-rows',
    ],
    ['a million columns', 'wide.csv', () => repeated('c,', 2e6), 'file-damaged'],
    ['line feeds', 'feeds.jsonl.gz', () => gzipSync(repeated('\n', 50e6), { level: 1 }), 'file-damaged'],
    ['blank lines', 'blanks.csv.gz', () => gzipSync(repeated(' \r\n', 10e6), { level: 1 }), 'too-many-bad-rows'],
    [
      'commas',
      'commas.json.gz',
      () => gzipSync(Buffer.concat([Buffer.from('['), repeated(',', 10e6)])),
      'too-many-bad-rows',
    ],
    ['rows that are none', 'none.jsonl.gz', () => gzipSync(repeated('x\n', 5e6)), 'too-many-bad-rows'],
    ['one line without end', 'line.jsonl.gz', () => gzipSync(repeated('[', 50e6), { level: 1 }), ''],
  ])('of %s stops, in little memory', async ([, name, content, code]) => {
    const found = await readWithLittle(name, content());
    expect(found.code ?? '').toBe(code);
    expect(found.problems).toBe(0);
    expect(found.bad).toBeLessThanOrEqual(1001);
    expect(found.kept).toBeLessThan(1e6);
    expect(found.rss).toBeLessThan(400e6);
  });

  it('shows its first bad rows when it stops', async () => {
    const { message } = await readWithLittle('none.jsonl', repeated('{"question":"a"}\n', 1e5));
    expect(message).toMatch(
      /1001 bad rows and 0 good ones so far; check `preset` and `fields`\. The first ones: line 1 .*question\. line 2 /,
    );
  });

  it('is read to its end where a tenth of it is good', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => (n % 8 === 0 ? `{"statement":"${n}?","answer":"1"}` : '{}'));
    const { folder } = await fileOf('some.jsonl', rows.join('\n'));
    const { problems, bad } = await readAll({ path: 'some.jsonl', from: folder });
    expect([problems.length, bad.length]).toEqual([625, 4375]);
  });
});

describe('a Parquet file that lies about its size', () => {
  const honest = Buffer.from(
    parquetWriteBuffer({
      columnData: [
        { name: 'statement', data: Array.from({ length: 50 }, (_, n) => `What is ${n}?`), type: 'STRING' },
        { name: 'answer', data: Array.from({ length: 50 }, (_, n) => BigInt(n)), type: 'INT64' },
      ],
    }),
  );

  it('in the length of its footer is refused', async () => {
    const lying = Buffer.from(honest);
    lying.writeUInt32LE(0x7fffffff, lying.length - 8);
    const found = await readWithLittle('in.parquet', lying);
    expect(found).toMatchObject({ code: 'file-damaged', problems: 0 });
    expect(found.rss).toBeLessThan(400e6);
  });

  it('at any byte of its footer takes no more than a bounded memory', { timeout: 60_000 }, async () => {
    const begins = honest.length - 8 - honest.readUInt32LE(honest.length - 8);
    for (let at = begins + 3; at < honest.length - 8; at += 97) {
      const lying = Buffer.from(honest);
      // A varint of five bytes: two thousand million of whatever stood there.
      Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f]).copy(lying, at, 0, Math.min(5, lying.length - 8 - at));
      const found = await readWithLittle('in.parquet', lying);
      expect(found.rss).toBeLessThan(1500e6);
    }
  });
});

describe('reading that is told to stop', () => {
  it.for<[string, Buffer]>([
    ['feeds.jsonl', repeated('\n', 900_000)],
    ['line.jsonl', repeated('x', 4e6)],
    ['quote.csv', Buffer.concat([Buffer.from('a,b\n"'), repeated('1\n', 100_000)])],
    ['spaces.json', Buffer.concat([Buffer.from('['), repeated(' ', 4e6)])],
  ])('ends soon though %s gives no row', async ([name, content]) => {
    const { folder } = await fileOf(name, content);
    const reads = [];
    for await (const read of readProblems({ path: name, from: folder }, AbortSignal.abort())) reads.push(read);
    expect(reads).toEqual([]);
  });
});
