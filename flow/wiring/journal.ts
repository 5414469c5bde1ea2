import type { Journal } from '../../llm/port.ts';
import type { Table } from '../../runtime/transport.ts';
import { codecs } from '../../schemas/codecs.ts';

/** The journal over a transport's table, in the journal's own schema. */
export const journalOver = (table: Table): Journal => ({
  get: async (problem, key) => {
    const bytes = await table.get(problem, key);
    return bytes && codecs.journalEntry.decode(bytes);
  },
  put: (problem, key, entry) => table.put(problem, key, codecs.journalEntry.encode(entry)),
});
