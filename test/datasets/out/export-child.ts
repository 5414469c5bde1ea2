import { exportDataset } from '../../../datasets/out/export-dataset.ts';
import { exportFormats } from '../../../datasets/out/exporters/formats.ts';
import { facts, placedRecords } from './making.ts';

/** An export in a process of its own, so that it can be killed. */
await exportDataset({
  records: placedRecords(30_000),
  format: exportFormats.jsonl.cot,
  from: 'cot',
  out: process.argv[2]!,
  shardRows: 1000,
  card: facts,
});
