import type { ExportFormat } from '../format/format.ts';
import { booleanColumn, integerColumn, messagesColumn, stringColumn, structColumn } from '../format/parquet-schema.ts';
import { cotLines } from './canonical.ts';

/** The canonical form in columns, for whoever reads tables: a row as a line of `cot.jsonl`. */
export const parquet: ExportFormat<'cot'> = {
  name: 'parquet',
  from: 'cot',
  title: 'the canonical form as Parquet: one verified answer a row',
  columns: [
    stringColumn('id'),
    messagesColumn('messages'),
    ...['problem', 'reference', 'domain', 'level'].map(stringColumn),
    integerColumn('hardness'),
    ...['reasoning', 'answer', 'student', 'teacher'].map(stringColumn),
    structColumn('source', { dataset: 'string', row: 'integer' }),
    stringColumn('run'),
    integerColumn('sample'),
    booleanColumn('simulated'),
  ],
  rows: (record, { run }) => cotLines(record, run).map((line) => ({ sample: null, simulated: false, ...line })),
  about: (record) => record,
};
