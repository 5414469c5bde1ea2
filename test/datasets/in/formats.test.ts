import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { CompressionType, compressionRegistry, tableFromArrays, tableToIPC } from 'apache-arrow';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { splitLines } from '../../../datasets/in/bytes/split-lines.ts';
import { csvRecords } from '../../../datasets/in/csv/csv-records.ts';
import { splitArray } from '../../../datasets/in/json/split-values.ts';
import { fileOf, readAll, scratchFolder } from '../files.ts';

const rows = Array.from({ length: 2500 }, (_, n) => ({ statement: `Was ist ${n} + 1 – “né”?`, answer: String(n + 1) }));
const jsonl = rows.map((row) => JSON.stringify(row)).join('\n');
const csv = ['statement,answer', ...rows.map((row) => `"${row.statement}",${row.answer}`)].join('\r\n');
const parquet = (codec: 'SNAPPY' | 'UNCOMPRESSED') =>
  Buffer.from(
    parquetWriteBuffer({
      columnData: [
        { name: 'statement', data: rows.map((row) => row.statement), type: 'STRING' },
        { name: 'answer', data: rows.map((row) => BigInt(row.answer)), type: 'INT64' },
      ],
      rowGroupSize: 1000,
      codec,
    }),
  );

const arrow = (compression: CompressionType | null = null) =>
  tableToIPC(
    tableFromArrays({ statement: rows.map((row) => row.statement), answer: rows.map((row) => row.answer) }),
    'file',
    compression,
  );

/** A frame of one block that is as it was. */
const lz4Encode = (content: Uint8Array): Uint8Array => {
  const head = Buffer.from('04224d1860700000000000', 'hex');
  head.writeUInt32LE((content.length | 0x80000000) >>> 0, 7);
  return Buffer.concat([head, content, Buffer.alloc(4)]);
};
compressionRegistry.set(CompressionType.LZ4_FRAME, { encode: lz4Encode });
compressionRegistry.set(CompressionType.ZSTD, { encode: (content) => zstdCompressSync(content) });

describe('the same rows in every format', () => {
  it.for<[string, string | Uint8Array]>([
    ['in.jsonl', jsonl],
    ['crlf.jsonl', jsonl.replaceAll('\n', '\r\n')],
    ['bom.jsonl', `\ufeff${jsonl}\n`],
    ['in.jsonl.gz', gzipSync(jsonl)],
    ['parts.jsonl.gz', Buffer.concat([gzipSync(jsonl.slice(0, 1000)), gzipSync(jsonl.slice(1000))])],
    ['in.jsonl.zst', zstdCompressSync(jsonl)],
    ['gzipped-without-saying.jsonl', gzipSync(jsonl)],
    ['in.ndjson', jsonl],
    ['array.json', JSON.stringify(rows)],
    ['pretty.json', JSON.stringify(rows, null, 2)],
    ['lines.json', jsonl],
    ['in.csv', csv],
    ['in.csv.gz', gzipSync(csv)],
    ['bom.csv', `\ufeff${csv}\r\n`],
    ['in.tsv', csv.replaceAll(',', '\t')],
    ['semicolons.csv', `\ufeff${csv.replaceAll(',', ';')}`],
    ['said.csv', `sep=|\r\n${csv.replaceAll(',', '|')}`],
    ['tabs.csv', csv.replaceAll(',', '\t')],
    ['spare-columns.csv', `${csv}\r\n`.replaceAll('\r\n', ',,\r\n')],
    ['in.parquet', parquet('SNAPPY')],
    ['plain.parquet', parquet('UNCOMPRESSED')],
    ['in.arrow', arrow()],
    ['in.feather', arrow(CompressionType.LZ4_FRAME)],
    ['small.arrow', arrow(CompressionType.ZSTD)],
    ['IN.JSONL', jsonl],
    ['in.jsonlines', jsonl],
    ['in.jsonl.zstd', zstdCompressSync(jsonl)],
  ])('%s', async ([name, content]) => {
    const { folder } = await fileOf(name, content);
    const { problems, bad } = await readAll({ path: name, from: folder });
    expect(bad).toEqual([]);
    expect(problems.map(({ statement, answer }) => ({ statement, answer }))).toEqual(rows);
    expect(problems[7]!.source).toMatchObject({ file: name, dataset: name.split('.')[0], row: 7 });
  });
});

describe('frames of zstd that are to be skipped', () => {
  const frame = (row: object) => zstdCompressSync(`${JSON.stringify(row)}\n`);
  const skipped = (bytes: number) => {
    const head = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
    head.writeUInt32LE(bytes, 4);
    return Buffer.concat([head, Buffer.alloc(bytes)]);
  };
  const [one, two] = [frame(rows[0]!), frame(rows[1]!)];

  it.for<[string, Buffer[]]>([
    ['before, between and behind the others', [skipped(3), one, skipped(0), skipped(9), two, skipped(7)]],
    ['longer than what is read at once', [one, skipped(300_000), two, skipped(600_000)]],
    ['many, of every place in what is read at once', [one, ...Array(90_000).fill(skipped(3)), two]],
  ])('are %s', async ([, frames]) => {
    const { folder } = await fileOf('in.jsonl.zst', Buffer.concat(frames));
    const { problems, bad } = await readAll({ path: 'in.jsonl.zst', from: folder });
    expect([problems.map(({ answer }) => answer), bad]).toEqual([['1', '2'], []]);
  });

  it('alone are a file that holds nothing, and cut off a damaged one', async () => {
    const codeOf = async (bytes: Buffer) =>
      readAll({ path: 'in.jsonl.zst', from: (await fileOf('in.jsonl.zst', bytes)).folder }).then(
        () => 'read',
        ({ code }) => code,
      );
    expect(await codeOf(Buffer.concat([skipped(0), skipped(5)]))).toBe('file-empty');
    expect(await codeOf(Buffer.concat([one, skipped(9).subarray(0, 12)]))).toBe('file-damaged');
  });
});

describe('a folder in the layout of the Hugging Face Hub', () => {
  const layout = async (card: string) => {
    const folder = await scratchFolder();
    await mkdir(join(folder, 'set/data'), { recursive: true });
    await mkdir(join(folder, 'set/.cache'));
    await writeFile(join(folder, 'set/README.md'), card);
    await writeFile(join(folder, 'set/.cache/blob'), JSON.stringify(rows[0]));
    await symlink(join(folder, 'set/.cache/blob'), join(folder, 'set/data/train-00000-of-00002.jsonl'));
    await writeFile(join(folder, 'set/data/train-00001-of-00002.jsonl'), JSON.stringify(rows[1]));
    await writeFile(join(folder, 'set/data/test-00000-of-00001.jsonl'), JSON.stringify(rows[2]));
    await writeFile(join(folder, 'set/.cache/x.jsonl'), JSON.stringify(rows[3]));
    await writeFile(join(folder, 'set/dataset_infos.json'), '{}');
    await writeFile(join(folder, 'outside.jsonl'), JSON.stringify(rows[4]));
    return folder;
  };
  const answers = async (folder: string) => {
    const { problems } = await readAll({ path: 'set', from: folder });
    return problems.map(({ answer, source }) => [answer, source.file.replace(/-of-.*/, ''), source.licence]);
  };

  it('gives the files that the card names, with its licence', async () => {
    const card =
      '---\nlicense: apache-2.0\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n    path: data/train-*\n---\n# Set\n';
    expect(await answers(await layout(card))).toEqual([
      ['1', 'set/data/train-00000', 'apache-2.0'],
      ['2', 'set/data/train-00001', 'apache-2.0'],
    ]);
  });

  it('is one data set, called as the folder is', async () => {
    const { problems } = await readAll({ path: 'set', from: await layout('') });
    expect(new Set(problems.map(({ source }) => source.dataset))).toEqual(new Set(['set']));
  });

  it('gives all data files where the card names none, and no hidden ones', async () => {
    expect((await answers(await layout('# no head'))).map(([answer]) => answer)).toEqual(['3', '1', '2']);
  });

  it.for([
    ['a file', 'outside.jsonl', 'data/train-00002-of-00002.jsonl'],
    ['a folder', 'elsewhere', 'data/train'],
    ['a link', 'link.jsonl', 'data/train-00002-of-00002.jsonl'],
  ] as const)('follows no link to %s that leads out of it, unless it is told to', async ([, target, link]) => {
    const folder = await layout('');
    await mkdir(join(folder, 'elsewhere'));
    await writeFile(join(folder, 'elsewhere/train.jsonl'), JSON.stringify(rows[4]));
    await symlink(join(folder, 'outside.jsonl'), join(folder, 'link.jsonl'));
    await symlink(join(folder, target), join(folder, 'set', link));
    const read = { path: 'set', from: folder };
    await expect(readAll(read)).rejects.toMatchObject({
      code: 'link-leads-out',
      message: expect.stringContaining('leads out of its data set'),
    });
    await expect(readAll({ ...read, path: 'set/**/*.jsonl' })).rejects.toMatchObject({ code: 'link-leads-out' });
    const { problems } = await readAll({ ...read, links: 'follow' });
    expect(problems.map(({ answer }) => answer).sort()).toEqual(['1', '2', '3', '5']);
    expect((await readAll({ ...read, path: target.replace('elsewhere', 'elsewhere/*.jsonl') })).problems).toHaveLength(
      1,
    );
  });

  it.for(['../outside.jsonl', '/etc/hosts', 'data/../../outside.jsonl'])('is not left by %s', async (path) => {
    const card = `---\nconfigs:\n- data_files: ["${path}", "data/test-*"]\n---\n`;
    expect((await answers(await layout(card))).map(([answer]) => answer)).toEqual(['3']);
  });
});

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const all = async <T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> => (await Array.fromAsync(batches)).flat();

const settings = (maxBytes: number) => ({ path: 'in.csv', delimiter: ',', maxBytes });

describe('splitting', () => {
  it('gives the same lines whatever the chunks', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[^\n\r]*$/), { minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        async (lines, size) => {
          const split = await all(splitLines(chunks(Buffer.from(`${lines.join('\n')}\n`), size), 1000));
          expect(split.map(({ bytes }) => bytes.toString())).toEqual(lines);
          expect(split.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
        },
      ),
    ));

  it('gives the elements of any JSON array whatever the chunks and the spaces', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(2),
        async (values, size, space) => {
          const split = await all(splitArray(chunks(Buffer.from(JSON.stringify(values, null, space)), size), 1e6));
          expect(split.map(({ bytes }) => JSON.parse(bytes.toString()))).toEqual(JSON.parse(JSON.stringify(values)));
        },
      ),
    ));

  it('gives the fields of any CSV whatever the chunks', () => {
    const field = fc.stringMatching(/^[ab",\n\r ]*$/);
    return fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(field, { minLength: 2, maxLength: 3 })),
        fc.integer({ min: 1, max: 9 }),
        async (table, size) => {
          const text = table
            .map((record) => record.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
            .join('\n');
          const records = await all(csvRecords(splitLines(chunks(Buffer.from(text), size), 1000), settings(1000)));
          const wanted = table.map((record) => record.map((one) => one.replaceAll('\r\n', '\n')));
          expect(records.map(({ fields }) => fields?.map(String))).toEqual(wanted);
        },
      ),
    );
  });

  it('loses no line of any CSV, however its quotes stand', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.stringMatching(/^[a",]{1,6}$/), { minLength: 1 }),
        fc.integer({ min: 4, max: 30 }),
        async (lines, cap) => {
          const records = await all(
            csvRecords(splitLines(chunks(Buffer.from(lines.join('\n')), 7), 1000), settings(cap)),
          );
          expect(records.map(({ original }) => original.toString()).join('\n')).toBe(lines.join('\n'));
        },
      ),
    ));

  it('tells an element of a broken array as such', async () => {
    const { folder } = await fileOf('cut.json', `[${JSON.stringify(rows[0])},\n {"statement":`);
    const { problems, bad } = await readAll({ path: 'cut.json', from: folder });
    expect(problems).toHaveLength(1);
    expect(bad.map(({ line, code }) => [line, code])).toEqual([[2, 'broken-json']]);
  });

  it('tells what stands around an array as such', async () => {
    const [first, second] = rows.map((row) => JSON.stringify(row));
    const { folder } = await fileOf('around.json', `[${first}]\nand more\n [${second}] , `);
    const { problems, bad } = await readAll({ path: 'around.json', from: folder });
    expect(problems).toHaveLength(2);
    expect(bad.map(({ line, code }) => [line, code])).toEqual([
      [2, 'broken-json'],
      [3, 'broken-json'],
    ]);
  });
});
