import { join } from 'node:path';
import { expect, it } from 'vitest';
import { exportDataset } from '../../datasets/out/export-dataset.ts';
import * as exportFormats from '../../datasets/out/exporters/all.ts';
import { readAll, scratchFolder } from './files.ts';
import { facts, placedRecords } from './out/making.ts';

it('an export is a source of problems again, with the licences of its card', async () => {
  const from = await scratchFolder();
  const format = exportFormats.jsonlCot;
  await exportDataset({
    records: placedRecords(30),
    format,
    out: join(from, 'set'),
    shardRows: 7,
    card: facts,
  });
  const fields = { statement: 'problem', answer: 'reference' };
  const { problems, bad } = await readAll({ path: 'set', fields, from });
  expect(bad).toEqual([]);
  const wanted = (await Array.fromAsync(placedRecords(30))).map(({ record }) => [
    record.problem.statement,
    record.problem.answer,
  ]);
  expect(problems.map(({ statement, answer }) => [statement, answer])).toEqual(wanted);
  expect(problems[0]!.source).toMatchObject({ dataset: 'set', licence: 'cc-by-4.0, mit' });
  expect(problems[0]!.source.file).toMatch(/^set\/.*train-00000\.jsonl$/);
});
