import { bodyOf } from '../ask/chat.ts';
import { noCost } from '../money/prices.ts';
import { patiently } from './patiently.ts';
import { ROWS_GO_TO } from './protocol.ts';
import { type BatchRecord, rowId } from './record.ts';
import type { Asked, Standing } from './standing.ts';

/** From gathered to created, on record at each step. */
export const submit = async (standing: Standing, mark: string, own: readonly Asked[]): Promise<BatchRecord> => {
  const { deps, settings, server, adapted, draining } = standing;
  const { signal } = draining;
  const base = { mark, worker: deps.worker, role: deps.role, model: settings.model, rows: own.map(({ row }) => row) };
  await deps.store.put({ ...base, step: 'gathered', file: null, id: null });
  const lines = own.map(({ id, request }) => ({
    custom_id: id,
    method: 'POST',
    url: ROWS_GO_TO,
    body: adapted.applied(bodyOf(settings, request, false)),
  }));
  const file = await patiently(standing, () => server.upload(`sluice-${mark}.jsonl`, lines, signal));
  await deps.store.put({ ...base, step: 'uploaded', file, id: null });
  const created = await patiently(standing, async (again) => {
    // The one before may have come through, and its answer not.
    const id = again ? await server.find(mark, signal) : null;
    return id ?? server.create(file, mark, settings.batch.window, signal);
  });
  const record: BatchRecord = { ...base, step: 'created', file, id: created };
  await deps.store.put(record);
  return record;
};

/** Another process of the run may have sent some of them: their answers come into the journal. */
export const sentElsewhere = async (standing: Standing, rows: readonly Asked[]): Promise<readonly BatchRecord[]> => {
  const elsewhere = new Map<string, BatchRecord>();
  for (const record of await recordsOf(standing)) for (const row of record.rows) elsewhere.set(rowId(row), record);
  const found = new Map<string, BatchRecord>();
  for (const one of rows) {
    const record = elsewhere.get(one.id);
    if (!record) continue;
    one.reservation?.settle(noCost);
    one.reservation = null;
    standing.underway.set(one.id, record.mark);
    found.set(record.mark, record);
  }
  return [...found.values()];
};

/** The batches of this model that are on record, whoever left them. */
export const recordsOf = async ({ deps, settings }: Standing): Promise<BatchRecord[]> =>
  (await deps.store.all()).filter(({ role, model }) => role === deps.role && model === settings.model);
