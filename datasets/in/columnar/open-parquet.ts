import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
  type SchemaTree,
} from 'hyparquet';
import { compressors as library } from 'hyparquet-compressors';
import { checkColumns } from './check-columns.ts';
import { meantDecimal, meantFloat16, meantFloat32 } from './meant-number.ts';

type Group = FileMetaData['row_groups'][number];

const maxGroupBytes = 1024 ** 3;
const maxGroupRows = 4_000_000;
const maxGroupValues = 64_000_000;
const maxFooterBytes = 64 * 1024 ** 2;

/**
 * The rows of a Parquet file, one row group at a time; text that is not UTF-8 is an Error in its place, which outlives
 * a message between threads. Columns in `omit` are never read. What the footer and the pages say of sizes is not
 * trusted, but a damaged file may still throw anything and take any time: to be run where that does no harm.
 */
export async function* openParquet(path: string, omit: readonly string[]): AsyncGenerator<Record<string, unknown>[]> {
  const handle = await open(path);
  try {
    const file = await bufferOf(handle);
    await checkFooter(file);
    const metadata = await parquetMetadataAsync(file);
    const schema = parquetSchema(metadata).children.filter(({ element }) => !omit.includes(element.name));
    const columns = schema.map(({ element }) => element.name);
    checkColumns(columns.length);
    const mend = schema.flatMap((one) => (isPlain(one) ? [] : [one]));
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      checkGroup(group, columns, file.byteLength);
      const rowEnd = rowStart + Number(group.num_rows);
      const rows = await parquetReadObjects({
        ...{ file, metadata, columns, rowStart, rowEnd, compressors: limitedCompressors() },
        parsers: { stringFromBytes },
      });
      if (rows.length !== rowEnd - rowStart) throw new Error(`${rows.length} of ${rowEnd - rowStart} rows are there`);
      for (const row of rows) for (const one of mend) row[one.element.name] = meant(row[one.element.name], one);
      yield rows;
      rowStart = rowEnd;
    }
  } finally {
    await handle.close();
  }
}

/** The last eight bytes say how long the footer is. */
const checkFooter = async (file: AsyncBuffer): Promise<void> => {
  if (file.byteLength < 12) throw new Error('too short');
  const tail = new DataView(await file.slice(file.byteLength - 8, file.byteLength));
  const length = tail.getUint32(0, true);
  if (length > maxFooterBytes || length > file.byteLength) throw new Error(`a footer of ${length} bytes`);
};

/** Holds what a row group says of itself against the file and against what can be held. */
const checkGroup = (group: Group, columns: readonly string[], fileBytes: number): void => {
  const read = group.columns.filter(({ meta_data }) => columns.includes(meta_data?.path_in_schema[0] ?? ''));
  const sumOf = (key: 'total_uncompressed_size' | 'total_compressed_size' | 'num_values'): number =>
    read.reduce((sum, { meta_data }) => sum + Math.max(0, Number(meta_data?.[key] ?? 0)), 0);
  const bytes = sumOf('total_uncompressed_size');
  if (bytes > maxGroupBytes)
    throw new Error(`a row group has ${bytes} bytes; write it anew in smaller ones, in pyarrow row_group_size=10000`);
  if (group.num_rows < 0 || group.num_rows > maxGroupRows || sumOf('num_values') > maxGroupValues)
    throw new Error(`a row group has ${group.num_rows} rows; write it anew in smaller ones`);
  if (sumOf('total_compressed_size') > fileBytes) throw new Error('a row group that is larger than the file');
};

/**
 * For one row group: pages together are no larger than a row group may be. An empty page (a column of nothing but nulls
 * has one) is more than some of the decoders take.
 */
const limitedCompressors = (): typeof library => {
  let left = maxGroupBytes;
  return Object.fromEntries(
    Object.entries(library).map(([codec, decompress]) => [
      codec,
      (bytes: Uint8Array, length: number) => {
        left -= length;
        if (length < 0 || left < 0) throw new Error('pages of more bytes than a row group may have');
        return length === 0 ? new Uint8Array() : decompress(bytes, length);
      },
    ]),
  );
};

const bufferOf = async (handle: FileHandle): Promise<AsyncBuffer> => {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    slice: async (start, end = size) => {
      const bytes = new ArrayBuffer(Math.max(0, Math.min(end, size) - start));
      await handle.read(new Uint8Array(bytes), 0, bytes.byteLength, start);
      return bytes;
    },
  };
};

const decoder = new TextDecoder();
const notUtf8 = new Error('not UTF-8');
const stringFromBytes = (bytes: Uint8Array | undefined): string | Error | undefined =>
  bytes && (isUtf8(bytes) ? decoder.decode(bytes) : notUtf8);

/** Whether nothing below is a number that loses what was meant. */
const isPlain = ({ element, children }: SchemaTree): boolean =>
  element.type !== 'FLOAT' &&
  element.converted_type !== 'DECIMAL' &&
  element.logical_type?.type !== 'FLOAT16' &&
  children.every(isPlain);

const meant = (value: unknown, column: SchemaTree): unknown => {
  if (typeof value === 'number') return meantNumber(value, leafOf(column));
  if (Array.isArray(value)) return value.map((one) => meant(one, column));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const child = childNamed(column, key);
      return [key, child ? meant(one, child) : one];
    }),
  );
};

const meantNumber = (value: number, { element }: SchemaTree): number => {
  if (element.type === 'FLOAT') return meantFloat32(value);
  if (element.logical_type?.type === 'FLOAT16') return meantFloat16(value);
  return element.converted_type === 'DECIMAL' ? meantDecimal(value, element.scale ?? 0) : value;
};

/** Of a list the items: the wrappings that the format puts between have one child each. */
const leafOf = (column: SchemaTree): SchemaTree =>
  column.children.length === 1 ? leafOf(column.children[0]!) : column;

const childNamed = (column: SchemaTree, name: string): SchemaTree | undefined =>
  column.children.find(({ element }) => element.name === name) ??
  (column.children.length === 1 ? childNamed(column.children[0]!, name) : undefined);
