import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DataError, type DataErrorCode } from '../../../datasets/error.ts';
import { contentHash } from '../../../datasets/in/bytes/content-hash.ts';
import { fileOf, readAll, scratchFolder } from '../files.ts';

const lines = Array.from({ length: 5000 }, (_, n) => `{"statement":"What is ${n} + 1?","answer":${n + 1}}\n`).join('');

/** File name, content, code and what the message must say to do. */
const faults: readonly [name: string, content: Uint8Array | string, code: DataErrorCode, message: RegExp][] = [
  ['empty.jsonl', '', 'file-empty', /is empty; check its download/],
  ['blank.jsonl', '\n \n', 'file-empty', /has no rows/],
  ['header.csv', 'statement,answer\n', 'file-empty', /has no rows/],
  ['nothing.jsonl.gz', gzipSync(''), 'file-empty', /nothing once it is decompressed/],
  ['cut.jsonl.gz', gzipSync(lines).subarray(0, -20), 'file-damaged', /cannot be decompressed .* fetch it again/],
  [
    'noise.jsonl.gz',
    Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(99, 7)]),
    'file-damaged',
    /cannot be decomp/,
  ],
  ['cut.jsonl.zst', zstdCompressSync(lines).subarray(0, -20), 'file-damaged', /cannot be decompressed/],
  ['noise.parquet', 'PAR1 and then nothing that makes sense PAR1', 'file-damaged', /cannot be read as Parquet/],
  ['wide.jsonl', Buffer.from('\ufeff{"statement":"s"}', 'utf16le'), 'encoding-unknown', /iconv -f UTF-16 -t UTF-8/],
  ['array.jsonl', '[\n{"statement":"s","answer":"1"}\n]', 'format-unknown', /one JSON array.*call it \.json/],
  ['twice.csv', 'statement,answer,answer\na,1,2\n', 'file-damaged', /column "answer" twice/],
  [
    'pointer.parquet',
    `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`,
    'file-not-fetched',
    /pointer of Git LFS.*git lfs pull/,
  ],
  [
    'columns.csv',
    `${Array.from({ length: 10_002 }, (_, n) => `c${n}`).join(',')}
`,
    'file-damaged',
    /more than 10000 fields/,
  ],
];

describe('a fault of a whole file', () => {
  it.for(faults)('%s is refused with code, file and what to do', async ([name, content, code, message]) => {
    const { folder, path } = await fileOf(name, content);
    const fault = await readAll({ path: name, from: folder }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(DataError);
    expect(fault).toMatchObject({ code, file: path, message: expect.stringMatching(message) });
  });

  it('a file, a folder or a pattern where nothing is', async () => {
    const folder = await scratchFolder();
    await mkdir(join(folder, 'data.jsonl'));
    const fault = (path: string) => readAll({ path, from: folder });
    await expect(fault('gone.jsonl')).rejects.toMatchObject({ code: 'file-missing' });
    await expect(fault('*.jsonl.gz')).rejects.toMatchObject({ code: 'nothing-matches' });
    await expect(fault('data.jsonl')).rejects.toMatchObject({ code: 'nothing-matches' });
    await expect(contentHash(join(folder, 'data.jsonl'))).rejects.toMatchObject({ code: 'file-is-folder' });
    await expect(contentHash(join(folder, 'gone'))).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('an unknown preset, with the known ones named', async () => {
    const { folder } = await fileOf('in.jsonl', lines);
    const reading = readAll({ path: 'in.jsonl', preset: 'gsm9k', from: folder });
    await expect(reading).rejects.toMatchObject({ code: 'preset-unknown', message: expect.stringContaining('gsm8k') });
  });

  it('what stood before the fault was given', async () => {
    const { folder } = await fileOf('cut.jsonl.gz', gzipSync(lines.repeat(20)).subarray(0, -2000));
    const { readProblems } = await import('../../../datasets/in/read-problems.ts');
    let rows = 0;
    const reading = (async () => {
      for await (const _ of readProblems({ path: 'cut.jsonl.gz', from: folder })) rows++;
    })();
    await expect(reading).rejects.toMatchObject({ code: 'file-damaged' });
    expect(rows).toBeGreaterThan(5000);
  });
});

describe('contentHash', () => {
  it('is that of the bytes, whatever the name', async () => {
    const { folder, path } = await fileOf('a.jsonl', lines);
    await writeFile(join(folder, 'b.jsonl'), lines);
    await writeFile(join(folder, 'c.jsonl'), `${lines}\n`);
    expect(await contentHash(join(folder, 'b.jsonl'))).toBe(await contentHash(path));
    expect(await contentHash(join(folder, 'c.jsonl'))).not.toBe(await contentHash(path));
    expect(await contentHash(path)).toMatch(/^[0-9a-f]{64}$/);
  });
});
