import { isUtf8 } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { DataError } from '../error.ts';
import { checkFile } from './open-bytes.ts';
import { notUtf8, type Row, type Rows } from './row.ts';

const maxGroupBytes = 1024 ** 3;

/**
 * The rows of a Parquet file, one row group held at a time. Columns in `omit` are never read. Throws a DataError
 * where the file is damaged, or has a row group of more than 1 GiB.
 */
export async function* parquetRows(path: string, omit: readonly string[]): Rows {
  await checkFile(path);
  const handle = await open(path);
  try {
    const file = await bufferOf(handle);
    const metadata = await undamaged(path, parquetMetadataAsync(file));
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    yield* groups(
      path,
      file,
      metadata,
      columns.filter((column) => !omit.includes(column)),
    );
  } finally {
    await handle.close();
  }
}

async function* groups(path: string, file: AsyncBuffer, metadata: FileMetaData, columns: string[]): Rows {
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    checkSize(path, group, columns);
    const rowEnd = rowStart + Number(group.num_rows);
    const options = { file, metadata, columns, rowStart, rowEnd, compressors, parsers: { stringFromBytes } };
    const values = await undamaged(path, parquetReadObjects(options));
    yield values.map((value, index) => rowOf(value, rowStart + index));
    rowStart = rowEnd;
  }
}

const rowOf = (value: Record<string, unknown>, row: number): Row => ({ row, line: row + 1, value, original: null });

const checkSize = (path: string, group: FileMetaData['row_groups'][number], columns: readonly string[]): void => {
  const read = group.columns.filter(({ meta_data }) => columns.includes(meta_data?.path_in_schema[0] ?? ''));
  const bytes = read.reduce((sum, { meta_data }) => sum + Number(meta_data?.total_uncompressed_size ?? 0), 0);
  if (bytes > maxGroupBytes)
    throw new DataError(
      'file-unreadable',
      path,
      `has a row group of ${bytes} bytes; write it anew in smaller ones (pyarrow: row_group_size=10000).`,
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
const stringFromBytes = (bytes: Uint8Array | undefined): string | symbol | undefined =>
  bytes && (isUtf8(bytes) ? decoder.decode(bytes) : notUtf8);

const undamaged = async <T>(path: string, reading: Promise<T>): Promise<T> => {
  try {
    return await reading;
  } catch (error) {
    const why = (error as Error).message;
    throw new DataError('file-damaged', path, `is no sound Parquet file (${why}); fetch it again.`, { cause: error });
  }
};
