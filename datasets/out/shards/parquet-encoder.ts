import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { ExportRow } from '../format/format.ts';
import { type Column, schemaOf } from '../format/parquet-schema.ts';
import type { Encoder } from './encoder.ts';

/** A row group is closed by number of rows or by size, whichever comes first. */
const groupRows = 1000;
const groupLength = 16 * 1024 * 1024;

/** Parquet, Snappy, one row group held at a time. */
export const parquetEncoder = (columns: readonly Column[]): Encoder => {
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({ writer, schema: schemaOf(columns), createdBy: 'sluice' });
  let rows: ExportRow[] = [];
  let length = 0;
  const flush = (): void => {
    if (rows.length > 0) parquet.write({ columnData: byColumn(columns, rows), rowGroupSize: rows.length });
    rows = [];
    length = 0;
  };
  const taken = (): Uint8Array => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  return {
    add: (row) => {
      rows.push(row);
      length += sizeOf(row);
      if (rows.length < groupRows && length < groupLength) return new Uint8Array();
      flush();
      return taken();
    },
    end: () => {
      flush();
      parquet.finish();
      return taken();
    },
  };
};

const byColumn = (columns: readonly Column[], rows: readonly ExportRow[]) =>
  columns.map(({ name }) => ({ name, data: rows.map((row) => row[name]) }));

/** About how many characters of text a row holds. */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce((sum: number, one) => sum + sizeOf(one), 0);
};
