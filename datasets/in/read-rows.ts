import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DataError } from '../error.ts';
import { columnarRows } from './columnar/columnar-rows.ts';
import { csvRows } from './csv/csv-rows.ts';
import type { DataFile } from './files/locate-files.ts';
import { jsonlRows, jsonRows } from './json/json-rows.ts';
import type { Rows } from './row/row.ts';

const maxRowBytes = 16 * 1024 * 1024;

/**
 * The rows of a data file, in batches, by the format that its name ends in. Rows of more than 16 MiB are bad rows.
 * Ends soon after the signal aborts. Throws a DataError for a fault of the whole file.
 */
export async function* readRows(file: Pick<DataFile, 'path' | 'name'>, wanted: Wanted = {}): Rows {
  let rows = 0;
  for await (const batch of reader(file, wanted)) {
    if (wanted.signal?.aborted) return;
    // Whoever takes rows as fast as they come would otherwise hold everything else up for as long as a chunk lasts.
    await nextTurn();
    rows += batch.length;
    yield batch;
  }
  if (rows === 0) throw new DataError('file-empty', file.path, 'has no rows; check its download, or leave it out.');
}

export interface Wanted {
  /** Columns that are never read where the format allows it (Parquet, Arrow). */
  readonly omit?: readonly string[];
  /** Whether rows of JSON may be lists. */
  readonly lists?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Whether a name ends as that of a data file does. */
export const isDataFile = (path: string): boolean => ending.test(basename(path));

const ending = /\.(jsonl|ndjson|jsonlines|json|csv|tsv|parquet|arrow|feather)(?:\.(?:gz|zstd?))?$/i;

const reader = (
  { path, name }: Pick<DataFile, 'path' | 'name'>,
  { omit = [], lists = false, signal }: Wanted,
): Rows => {
  const options = { name, maxRowBytes, lists, ...(signal && { signal }) };
  const format = ending.exec(basename(path))?.[1]?.toLowerCase();
  if (format === 'jsonl' || format === 'ndjson' || format === 'jsonlines') return jsonlRows(path, options);
  if (format === 'json') return jsonRows(path, options);
  if (format === 'csv') return csvRows(path, ',', options);
  if (format === 'tsv') return csvRows(path, '\t', options);
  if (format === 'parquet') return columnarRows(path, { ...options, format, omit });
  if (format === 'arrow' || format === 'feather') return columnarRows(path, { ...options, format: 'arrow', omit });
  throw new DataError(
    'format-unknown',
    path,
    'ends in none of .jsonl, .json, .csv, .tsv, .parquet, .arrow (.gz, .zst).',
  );
};
