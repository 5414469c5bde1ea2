import type { ExportRow } from '../format/format.ts';
import type { Column } from '../format/parquet-schema.ts';
import { type DurableFile, openDurable } from './durable-file.ts';
import { jsonlEncoder } from './encoder.ts';
import { parquetEncoder } from './parquet-encoder.ts';

export interface Shard {
  readonly add: (row: ExportRow) => Promise<void>;
  readonly close: DurableFile['close'];
  readonly abandon: DurableFile['abandon'];
}

/** A file of rows, JSON lines or Parquet, that is visible only once it is closed. */
export const openShard = async (path: string, columns: readonly Column[] | null): Promise<Shard> => {
  const file = await openDurable(path);
  const encoder = columns ? parquetEncoder(columns) : jsonlEncoder();
  const write = async (bytes: Uint8Array): Promise<void> => {
    if (bytes.length > 0) await file.write(bytes);
  };
  return {
    add: (row) => write(encoder.add(row)),
    close: async () => {
      await write(encoder.end());
      return file.close();
    },
    abandon: file.abandon,
  };
};
