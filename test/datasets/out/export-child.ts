import { exportDataset } from '../../../datasets/out/export-dataset.ts';
import * as exportFormats from '../../../datasets/out/exporters/all.ts';
import { facts, placedRecords } from './making.ts';

/** An export in a process of its own, so that it can be killed. */
await exportDataset({
  records: placedRecords(30_000),
  format: exportFormats.jsonlCot,
  out: process.argv[2]!,
  shardRows: 1000,
  card: facts,
});
