import { LlmError } from '../errors.ts';
import { patiently } from './patiently.ts';
import { type BatchRecord, type BatchRow, rowId } from './record.ts';
import { type Asked, fail, type Standing } from './standing.ts';
import { takeRow } from './take-row.ts';

/**
 * Waits until the server is done, and brings everything home; resolves with the requests that it left unanswered and
 * somebody waits for.
 */
export const follow = async (standing: Standing, given: BatchRecord, recovered: boolean): Promise<readonly Asked[]> => {
  const { deps, settings, server, clock, draining } = standing;
  const record = given.id === null ? await orphan(standing, given) : given;
  if (record === null) return leftOver(standing, given.rows, true);
  const id = record.id as string;
  for (;;) {
    const look = await patiently(standing, () => server.look(id, draining.signal));
    if (look.isOver) {
      const rows = new Map(record.rows.map((row) => [rowId(row), row]));
      if (recovered) await dropKnown(standing, rows);
      for (const file of [look.output, look.errors])
        if (file !== null) await fetchInto(standing, file, rows, recovered);
      if (look.status === 'failed' && rows.size === record.rows.length)
        throw await refusedWhole(standing, record, look.why);
      // Off the record first, or who asks again would wait for this one.
      await deps.store.remove(record.mark);
      return leftOver(standing, [...rows.values()], recovered);
    }
    await waitOrCancel(standing, record, () => clock.sleep(1000 * settings.batch.pollSeconds, draining.signal));
  }
};

/** A batch whose id was lost between its making and its record: it bears our mark, or it was never made. */
const orphan = async (standing: Standing, record: BatchRecord): Promise<BatchRecord | null> => {
  const { deps, server, draining } = standing;
  const id = await patiently(standing, () => server.find(record.mark, draining.signal));
  if (id !== null) {
    const adopted: BatchRecord = { ...record, step: 'created', id };
    await deps.store.put(adopted);
    return adopted;
  }
  await deps.store.remove(record.mark);
  return null;
};

const waitOrCancel = async (
  { deps, settings, server, draining }: Standing,
  record: BatchRecord,
  wait: () => Promise<void>,
) => {
  try {
    await wait();
  } catch (error) {
    if (draining.signal.aborted && settings.batch.cancelOnStop && record.step !== 'cancelling') {
      await server.cancel(record.id as string, new AbortController().signal);
      await deps.store.put({ ...record, step: 'cancelling' });
    }
    throw error;
  }
};

/** Rows that the journal has already, because a process died in the middle of fetching. */
const dropKnown = async ({ deps, underway }: Standing, rows: Map<string, BatchRow>): Promise<void> => {
  for (const [id, { problem, key }] of rows) {
    if ((await deps.journal.get(problem, key)) === undefined) continue;
    rows.delete(id);
    underway.delete(id);
  }
};

const fetchInto = async (
  standing: Standing,
  file: string,
  rows: Map<string, BatchRow>,
  recovered: boolean,
): Promise<void> => {
  const { server, draining } = standing;
  await patiently(standing, async () => {
    for await (const result of server.results(file, draining.signal)) {
      const row = rows.get(result.id);
      if (row && (await takeRow(standing, result, row, recovered))) rows.delete(result.id);
    }
  });
};

/** How often one row is asked for again before it is given up. */
const MOST_TRIES = 10;

/** Rows without an answer: expired, cancelled, or failed for a reason that passes. Who waits for one asks again. */
const leftOver = async (
  standing: Standing,
  rows: readonly BatchRow[],
  recovered: boolean,
): Promise<readonly Asked[]> => {
  const { deps, settings } = standing;
  const again: Asked[] = [];
  const { account = settings.model } = settings;
  for (const row of rows) {
    const id = rowId(row);
    standing.underway.delete(id);
    const asked = standing.asked.get(id);
    if (recovered) await deps.budget?.correct(account, row.reserved);
    if (!asked) continue;
    if (++asked.tries >= MOST_TRIES)
      fail(
        standing,
        asked,
        new LlmError('fails-alone', `${settings.model} left a row of ${MOST_TRIES} batches unanswered`),
      );
    else again.push(asked);
  }
  return again;
};

/** The server took none of it: a wrong setting, for which nobody pays. */
const refusedWhole = async (
  { deps, settings, answered }: Standing,
  record: BatchRecord,
  why: string,
): Promise<LlmError> => {
  await deps.store.remove(record.mark);
  const said = `${settings.baseUrl} refused a batch of ${record.rows.length} requests to ${settings.model}: ${why}`;
  return new LlmError(
    answered > 0 ? 'request-refused' : 'refuses-everything',
    `${said}: see to the settings of the model and to what its batch API takes`,
  );
};
