import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exportDataset } from '../../../datasets/out/export-dataset.ts';
import * as exportFormats from '../../../datasets/out/exporters/all.ts';
import { scratchFolder } from '../files.ts';
import { cot } from '../records.ts';
import { cotFormat, facts, ofRun, placedRecords } from './making.ts';

const job = (out: string, count = 30) =>
  ({
    records: placedRecords(count),
    format: exportFormats.jsonlCot,
    out,
    shardRows: 7,
    card: facts,
  }) as const;

/** Every file of a folder, hidden ones too, with its bytes' hash. */
const hashes = async (folder: string): Promise<Record<string, string>> => {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const entries = names.map(async ({ parentPath, name }) => {
    const bytes = await readFile(join(parentPath, name));
    return [join(parentPath, name).slice(folder.length), createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries((await Promise.all(entries)).sort());
};

describe('exportDataset', () => {
  it('writes shards, a manifest that fits them, and a card', async () => {
    const out = join(await scratchFolder(), 'new/set');
    const manifest = await exportDataset(job(out));
    expect(manifest).toMatchObject({ records: 30, rows: 30, left: 0, offsets: { 0: 10, 1: 10, 2: 10 } });
    expect(manifest.shards.map(({ file, rows }) => [file, rows])).toEqual([
      ['data/train-00000.jsonl', 7],
      ['data/train-00001.jsonl', 7],
      ['data/train-00002.jsonl', 7],
      ['data/train-00003.jsonl', 7],
      ['data/train-00004.jsonl', 2],
    ]);
    expect(manifest.shards[1]).toMatchObject({ first: { partition: 0, offset: 7 }, last: { partition: 1, offset: 3 } });
    const found = await hashes(out);
    for (const { file, sha256 } of manifest.shards) expect(found[`/${file}`]).toBe(sha256);
    expect(JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'))).toEqual(manifest);
    const lines = await Promise.all(manifest.shards.map(({ file }) => readFile(join(out, file), 'utf8')));
    const ids = lines
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).source.row);
    expect(ids).toEqual((await Array.fromAsync(placedRecords(30))).map(({ record }) => record.problem.source.row));
  });

  it.for(['jsonl', 'trl', 'axolotl', 'llama-factory', 'verl-sft', 'verl-rl'] as const)(
    '%s: the same records give the same bytes',
    async (name) => {
      const format = cotFormat(name);
      const [one, other] = [await scratchFolder(), await scratchFolder()];
      for (const out of [one, other]) await exportDataset({ ...job(out), format });
      expect(await hashes(one)).toEqual(await hashes(other));
    },
  );

  it('adds shards for what came since and changes none that is closed', async () => {
    const out = await scratchFolder();
    const before = await exportDataset(job(out, 30));
    const shards = Object.entries(await hashes(out)).filter(([name]) => name.startsWith('/data/'));
    const after = await exportDataset(job(out, 60));
    expect(Object.entries(await hashes(out))).toEqual(expect.arrayContaining(shards));
    expect(after.shards.slice(0, before.shards.length)).toEqual(before.shards);
    expect(after).toMatchObject({ records: 60, rows: 60, offsets: { 0: 20, 1: 20, 2: 20 } });
    const again = await hashes(out);
    await exportDataset(job(out, 60));
    expect(await hashes(out)).toEqual(again);
  });

  it('does not touch a folder that holds something else', async () => {
    const foreign = await scratchFolder();
    await writeFile(join(foreign, 'README.md'), 'mine');
    await expect(exportDataset(job(foreign))).rejects.toMatchObject({ code: 'folder-not-empty' });
    expect(await readFile(join(foreign, 'README.md'), 'utf8')).toBe('mine');
    const out = await scratchFolder();
    await exportDataset(job(out));
    const other = { ...job(out), format: exportFormats.trl };
    await expect(exportDataset(other)).rejects.toMatchObject({ code: 'folder-not-empty' });
    await writeFile(join(out, 'manifest.json'), '{}');
    await expect(exportDataset(job(out))).rejects.toMatchObject({ code: 'folder-not-empty' });
  });

  it('refuses records that are not in canonical order', async () => {
    const out = await scratchFolder();
    async function* shuffled() {
      yield { partition: 1, offset: 3, record: cot() };
      yield { partition: 1, offset: 3, record: cot() };
    }
    await expect(exportDataset({ ...job(out), records: shuffled() })).rejects.toThrow(/out of order: 1\/3 after 1\/3/);
    expect(await readdir(join(out, 'data'))).toEqual([]);
  });

  it('leaves no half shard when its source fails, and goes on from nothing', async () => {
    const out = await scratchFolder();
    async function* failing() {
      yield* placedRecords(15);
      throw new Error('gone');
    }
    await expect(exportDataset({ ...job(out), records: failing() })).rejects.toThrow('gone');
    expect((await readdir(join(out, 'data'))).sort()).toEqual(['train-00000.jsonl', 'train-00001.jsonl']);
    const fresh = await scratchFolder();
    await exportDataset(job(fresh));
    await exportDataset(job(out));
    expect(await hashes(out)).toEqual(await hashes(fresh));
  });

  it('counts records that have nothing for the format', async () => {
    const records = (async function* () {
      yield { partition: 0, offset: 0, record: { cot: cot({ attempts: [] }), graded: null } };
      yield { partition: 0, offset: 1, record: { cot: cot(), graded: null } };
    })();
    const made = await exportDataset({ ...job(await scratchFolder()), records, format: exportFormats.dpo });
    expect(made).toMatchObject({ records: 2, left: 1, rows: 1, offsets: { 0: 2 } });
  });

  it('makes an empty export of no records', async () => {
    const out = await scratchFolder();
    const made = await exportDataset(job(out, 0));
    expect(made).toMatchObject({ records: 0, shards: [] });
    // Else `datasets` would read the manifest as the data.
    expect(await readFile(join(out, 'README.md'), 'utf8')).toContain('path: data/train-*');
    expect(await readFile(join(out, 'data/train-00000.jsonl'), 'utf8')).toBe('');
    // What comes later is as if there had been nothing before.
    await exportDataset(job(out));
    const fresh = await scratchFolder();
    await exportDataset(job(fresh));
    expect(await hashes(out)).toEqual(await hashes(fresh));
  });
});

describe('the card', () => {
  it('has a head for the Hub, and says what, how, from what and under which licences', async () => {
    const out = await scratchFolder();
    const { shards } = await exportDataset(job(out));
    const card = await readFile(join(out, 'README.md'), 'utf8');
    const bytes = shards.reduce((sum, shard) => sum + shard.bytes, 0);
    expect(parse(card.split('---\n')[1]!)).toMatchObject({
      license: ['cc-by-4.0', 'mit'],
      dataset_info: { splits: [{ name: 'train', num_examples: 30, num_bytes: bytes }] },
      configs: [{ config_name: 'default', data_files: [{ split: 'train', path: 'data/train-*' }] }],
    });
    expect(card).toContain('| level_1 | 5 |');
    expect(card).toContain('| `made` | `MIT` | 15 |');
    expect(card).toContain('Student: `student-a`. Teacher: `teacher-b`.');
    expect(card).toContain('distribution: curriculum');
    expect(card).not.toContain('Simulated');
  });

  it('warns of simulated records, and lets no name become Markdown', async () => {
    const out = await scratchFolder();
    const record = cot();
    const dataset = 'x` | <script>\n# y';
    const source = { ...record.problem.source, dataset, licence: null };
    const records = (async function* () {
      yield { partition: 0, offset: 0, record: { ...record, simulated: true, problem: { ...record.problem, source } } };
    })();
    await exportDataset({ ...job(out), records });
    const card = await readFile(join(out, 'README.md'), 'utf8');
    expect(card).toContain('> **Simulated**');
    expect(card).toMatch(/\| `x +<script> # y` \| unknown \| 1 \|/);
  });
});

describe('a Parquet export', () => {
  it('gives its rows back', async () => {
    const out = await scratchFolder();
    const manifest = await exportDataset({ ...job(out, 3000), format: exportFormats.verlSft, shardRows: 2500 });
    expect(manifest.shards.map(({ rows }) => rows)).toEqual([2500, 500]);
    const wanted = (await Array.fromAsync(placedRecords(3000))).map(
      ({ record }) => exportFormats.verlSft.rows(record, ofRun)[0],
    );
    const found = await Promise.all(
      manifest.shards.map(async ({ file: name }) => {
        const bytes = await readFile(join(out, name));
        return parquetReadObjects({ file: Uint8Array.from(bytes).buffer });
      }),
    );
    expect(found.flat()).toEqual(wanted);
  });
});

describe('an export killed at any moment', () => {
  it('shows only whole shards, and the same call again ends in the same files', async () => {
    const out = await scratchFolder();
    const fresh = await scratchFolder();
    await exportDataset({ ...job(fresh, 30_000), shardRows: 1000 });
    const wanted = await hashes(fresh);
    for (const shard of [0, 9, 20]) {
      const child = spawn(process.execPath, [resolve('test/datasets/out/export-child.ts'), out], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      const name = join(out, `data/train-${String(shard).padStart(5, '0')}.jsonl`);
      await rm(name, { force: true });
      while (!existsSync(name) && child.exitCode === null) await sleep(1);
      child.kill('SIGKILL');
      expect(await ended).toEqual([null, 'SIGKILL']);
      const visible = Object.entries(await hashes(out)).filter(([file]) => file.startsWith('/data/train-'));
      expect(visible.length).toBeGreaterThan(shard);
      for (const [file, hash] of visible) expect(hash).toBe(wanted[file]);
    }
    await exportDataset({ ...job(out, 30_000), shardRows: 1000 });
    expect(await hashes(out)).toEqual(wanted);
  });
});
