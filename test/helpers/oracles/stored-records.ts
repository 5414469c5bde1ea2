import { DatabaseSync } from 'node:sqlite';
import { unpack } from '../../../runtime/transports/embedded/packing.ts';

/** Every record of a topic as it lies in the store's file, decoded; `name` is the SQL table. */
export const storedRecords = <T>(file: string, name: string, codec: { decode(bytes: Uint8Array): T }): T[] => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare(`SELECT value FROM "${name}" ORDER BY row`).all();
    return rows.map((row) => codec.decode(unpack(row.value as Uint8Array)));
  } finally {
    database.close();
  }
};
