import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../../datasets/error.ts';
import { columnarRows } from '../../../datasets/in/columnar/columnar-rows.ts';
import { readRows } from '../../../datasets/in/read-rows.ts';
import { scratchFolder } from '../files.ts';

const rows = Array.from({ length: 40 }, (_, n) => ({ statement: `What is "${n}" + 1?`, answer: String(n + 1) }));
const jsonl = rows.map((row) => JSON.stringify(row)).join('\n');
const options = { name: 'in.parquet', maxRowBytes: 16 * 1024 * 1024, format: 'parquet', omit: [] } as const;
const parquet = parquetWriteBuffer({
  columnData: [
    { name: 'statement', data: rows.map((row) => row.statement), type: 'STRING' },
    { name: 'answer', data: rows.map((row) => BigInt(row.answer)), type: 'INT64' },
  ],
});

/** Some bytes changed, and perhaps the end cut off. */
const damaged = (original: Buffer): fc.Arbitrary<Buffer> =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.option(fc.nat(original.length), { freq: 10 }),
    )
    .map(([changes, end]) => {
      const bytes = Buffer.from(original);
      for (const [at, byte] of changes) bytes[at] = byte;
      return end === null ? bytes : bytes.subarray(0, end);
    });

/**
 * Reads to the end; anything but a DataError is a failure, and so are more rows than the file had with each of them cut in
 * two by every change.
 */
const outcome = async (reading: AsyncIterable<unknown>): Promise<void> => {
  let read = 0;
  try {
    for await (const _ of reading) read++;
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
  }
  expect(read).toBeLessThanOrEqual(2 * rows.length);
};

describe('a damaged file', () => {
  it.for<[string, Buffer]>([
    ['in.jsonl', Buffer.from(jsonl)],
    ['in.json', Buffer.from(JSON.stringify(rows, null, 1))],
    ['in.csv', Buffer.from(rows.map((row) => `"${row.statement.replaceAll('"', '""')}",${row.answer}`).join('\n'))],
    ['in.jsonl.gz', gzipSync(jsonl)],
    ['in.jsonl.zst', zstdCompressSync(jsonl)],
  ])('%s gives rows, bad rows or a clear error, and nothing else', async ([name, original]) => {
    const path = join(await scratchFolder(), name);
    await fc.assert(
      fc.asyncProperty(damaged(original), async (bytes) => {
        await writeFile(path, bytes);
        await outcome(readRows({ path, name }));
      }),
    );
  });

  it('in Parquet, whose decoder may run without end, likewise', async () => {
    const path = join(await scratchFolder(), 'in.parquet');
    await fc.assert(
      fc.asyncProperty(damaged(Buffer.from(parquet)), async (bytes) => {
        await writeFile(path, bytes);
        await outcome(columnarRows(path, { ...options, sliceMilliseconds: 700 }));
      }),
      { numRuns: 10 },
    );
  });

  it('in Parquet, that keeps the decoder too long, is refused', async () => {
    const path = join(await scratchFolder(), 'in.parquet');
    await writeFile(path, Buffer.from(parquet));
    const reading = Array.fromAsync(columnarRows(path, { ...options, sliceMilliseconds: 0 }));
    await expect(reading).rejects.toMatchObject({
      code: 'file-damaged',
      message: expect.stringContaining('no rows for 0 s'),
    });
  });
});
