import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { compressors as library } from 'hyparquet-compressors';

/** An empty page (a column of nothing but nulls has one) is more than some of the decoders take. */
const compressors = Object.fromEntries(
  Object.entries(library).map(([codec, decompress]) => [
    codec,
    (bytes: Uint8Array, length: number) => (length === 0 ? new Uint8Array() : decompress(bytes, length)),
  ]),
);

const maxGroupBytes = 1024 ** 3;
const sliceRows = 1000;

/**
 * The rows of a Parquet file in slices, one row group held at a time; text that is not UTF-8 is an Error in its place,
 * which outlives a message between threads. Columns in `omit` are never read. A damaged file may throw anything, take
 * any time and any memory: to be run where that does no harm.
 */
export async function* openParquet(path: string, omit: readonly string[]): AsyncGenerator<Record<string, unknown>[]> {
  const handle = await open(path);
  try {
    const file = await bufferOf(handle);
    const metadata = await parquetMetadataAsync(file);
    const columns = parquetSchema(metadata)
      .children.map(({ element }) => element.name)
      .filter((column) => !omit.includes(column));
    for await (const rows of groups(file, metadata, columns))
      for (let at = 0; at < rows.length; at += sliceRows) yield rows.slice(at, at + sliceRows);
  } finally {
    await handle.close();
  }
}

async function* groups(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: string[],
): AsyncGenerator<Record<string, unknown>[]> {
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    checkSize(group, columns);
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await parquetReadObjects({
      ...{ file, metadata, columns, rowStart, rowEnd, compressors },
      parsers: { stringFromBytes },
    });
    if (rows.length !== rowEnd - rowStart) throw new Error(`${rows.length} of ${rowEnd - rowStart} rows are there`);
    yield rows;
    rowStart = rowEnd;
  }
}

const checkSize = (group: FileMetaData['row_groups'][number], columns: readonly string[]): void => {
  const read = group.columns.filter(({ meta_data }) => columns.includes(meta_data?.path_in_schema[0] ?? ''));
  const bytes = read.reduce((sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0), 0);
  if (bytes > maxGroupBytes)
    throw new Error(`a row group has ${bytes} bytes; write it anew in smaller ones, in pyarrow row_group_size=10000`);
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
