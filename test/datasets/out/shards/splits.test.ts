import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { exportDataset } from '../../../../datasets/out/export-dataset.ts';
import * as exportFormats from '../../../../datasets/out/exporters/all.ts';
import { splitOf } from '../../../../datasets/out/shards/splits.ts';
import { scratchFolder } from '../../files.ts';
import { facts, placedRecords } from '../making.ts';

const splits = { seed: 7, shares: { train: 0.7, validation: 0.2, test: 0.1 } };
const job = (out: string, count: number) =>
  ({ records: placedRecords(count), format: exportFormats.jsonlCot, out, shardRows: 20, card: facts, splits }) as const;

it('a problem lies in one part, whatever else there is, and the shares hold in the mean', () => {
  const split = splitOf(splits);
  const counts: Record<string, number> = {};
  for (let id = 0; id < 20_000; id++) counts[split(`${id}`)] = (counts[split(`${id}`)] ?? 0) + 1;
  for (const [name, share] of Object.entries(splits.shares))
    expect(Math.abs((counts[name] ?? 0) / 20_000 - share)).toBeLessThan(0.015);
  fc.assert(fc.property(fc.string(), (id) => splitOf(splits)(id) === split(id)));
});

it('an export in parts has each record once, in its part, and goes on as it was begun', async () => {
  const out = await scratchFolder();
  await exportDataset(job(out, 60));
  const first = new Set(await readdir(join(out, 'data')));
  const manifest = await exportDataset(job(out, 200));
  const split = splitOf(splits);
  const ids: string[] = [];
  for (const { file, rows } of manifest.shards) {
    const lines = (await readFile(join(out, file), 'utf8')).trimEnd().split('\n');
    expect(lines).toHaveLength(rows);
    for (const line of lines) {
      const { id } = JSON.parse(line);
      expect(file).toMatch(new RegExp(`^data/${split(id)}-\\d{5}\\.jsonl$`));
      ids.push(id);
    }
  }
  const wanted = (await Array.fromAsync(placedRecords(200))).map(({ record }) => record.problem.id);
  expect(ids.toSorted()).toEqual(wanted.toSorted());
  for (const file of first) expect(await readdir(join(out, 'data'))).toContain(file);
  const head = parse((await readFile(join(out, 'README.md'), 'utf8')).split('---\n')[1]!);
  expect(head.configs[0].data_files.map(({ split }: { split: string }) => split)).toEqual([
    'train',
    'validation',
    'test',
  ]);
  const rows = head.dataset_info.splits.map((part: { num_examples: number }) => part.num_examples);
  expect(rows.reduce((sum: number, one: number) => sum + one, 0)).toBe(wanted.length);

  const otherwise = { ...job(out, 200), splits: { seed: 7, shares: { train: 1 } } };
  await expect(exportDataset(otherwise)).rejects.toThrow('is split otherwise (train=0.7,validation=0.2,test=0.1)');
});
