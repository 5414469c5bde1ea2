import { z } from 'zod';
import type { BatchRecord, BatchStore } from '../../llm/batch/record.ts';
import type { Transport } from '../../runtime/transport.ts';

/** A key each batch: any process of the run may take it up. */
const PREFIX = 'batch/';

/** The batches of a run, beside its settings. */
export const batchesOf = (transport: Transport): BatchStore => {
  const table = transport.table('settings');
  return {
    all: async () => {
      const found: BatchRecord[] = [];
      for await (const [, value] of table.entries(PREFIX)) {
        // What is removed is left as an empty text: a table takes nothing back.
        if (value.length > 0) found.push(recordSchema.parse(JSON.parse(Buffer.from(value).toString())));
      }
      return found;
    },
    put: (record) => table.put(PREFIX + record.mark, PREFIX + record.mark, Buffer.from(JSON.stringify(record))),
    remove: (mark) => table.put(PREFIX + mark, PREFIX + mark, Buffer.alloc(0)),
  };
};

const recordSchema = z.object({
  mark: z.string(),
  worker: z.string(),
  role: z.string(),
  model: z.string(),
  step: z.enum(['gathered', 'uploaded', 'created', 'cancelling']),
  file: z.string().nullable(),
  id: z.string().nullable(),
  rows: z.array(
    z.object({
      problem: z.string(),
      key: z.string(),
      reserved: z.object({ tokens: z.number(), cost: z.number() }),
      part: z.string().optional(),
    }),
  ),
}) satisfies z.ZodType<BatchRecord>;

/** A batch as `status` shows it. */
export interface BatchNote {
  readonly role: string;
  readonly model: string;
  readonly step: BatchRecord['step'];
  readonly id: string | null;
  readonly rows: number;
}

export const batchNotes = async (transport: Transport): Promise<BatchNote[]> =>
  (await batchesOf(transport).all())
    .map(({ role, model, step, id, rows }) => ({ role, model, step, id, rows: rows.length }))
    .toSorted((a, b) => `${a.role} ${a.id}`.localeCompare(`${b.role} ${b.id}`));
