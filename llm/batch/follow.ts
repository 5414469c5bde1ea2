import { LlmError } from '../errors.ts';
import { chatReply } from '../journal/journaled.ts';
import { accountName } from '../money/account-name.ts';
import { noCost } from '../money/prices.ts';
import { patiently } from './patiently.ts';
import { type BatchRecord, type BatchRow, type Maker, rowId } from './record.ts';
import { type Asked, fail, type Standing } from './standing.ts';
import { recordsOf } from './submit.ts';
import { takeRow } from './take-row.ts';

/**
 * Waits until the server is done, and brings everything home; resolves with the requests that it left unanswered and
 * somebody waits for.
 */
export const follow = async (standing: Standing, given: BatchRecord, maker: Maker): Promise<readonly Asked[]> => {
  const { deps, settings, server, clock, draining } = standing;
  const record = given.id === null ? await orphan(standing, given, maker) : given;
  if (record === null) return leftOver(standing, given.mark, given.rows, maker);
  const id = record.id as string;
  for (;;) {
    const look = await patiently(standing, () => server.look(id, draining.signal));
    if (look.isOver) {
      const rows = new Map(record.rows.map((row) => [rowId(row), row]));
      if (maker !== 'own') await dropKnown(standing, rows);
      // A row may stand there twice.
      for (const file of [look.output, look.errors])
        if (file !== null) await fetchInto(standing, file, 2 * record.rows.length, rows, maker);
      if (look.status === 'failed' && rows.size === record.rows.length)
        throw await refusedWhole(standing, record, look.why);
      // Off the record first, or who asks again would wait for this one.
      await deps.store.remove(record.mark);
      return leftOver(standing, record.mark, [...rows.values()], maker);
    }
    await waitOrCancel(standing, record, maker, () => clock.sleep(1000 * settings.batch.pollSeconds, draining.signal));
  }
};

/** A batch whose id was lost between its making and its record: it bears our mark, or it was never made. */
const orphan = async (standing: Standing, given: BatchRecord, maker: Maker): Promise<BatchRecord | null> => {
  const { deps, server, draining } = standing;
  const record = maker === 'other' ? await grown(standing, given) : given;
  if (record.id !== null) return record;
  const id = await patiently(standing, () => server.find(record.mark, draining.signal));
  if (id !== null) {
    const adopted: BatchRecord = { ...record, step: 'created', id };
    await deps.store.put(adopted);
    return adopted;
  }
  await deps.store.remove(record.mark);
  return null;
};

/** Milliseconds within which a process that lives has its batch made, or tries no more. */
const PATIENT = 10 * 60_000;

/** Another process may be about to have it made: whoever does not wait makes it twice. */
const grown = async (standing: Standing, given: BatchRecord): Promise<BatchRecord> => {
  const { clock, settings, draining } = standing;
  const until = clock.now() + PATIENT;
  let record: BatchRecord | undefined = given;
  while (record !== undefined && record.id === null && clock.now() < until) {
    await clock.sleep(1000 * settings.batch.pollSeconds, draining.signal);
    record = (await recordsOf(standing)).find(({ mark }) => mark === given.mark);
  }
  return record ?? given;
};

const waitOrCancel = async (
  { deps, settings, server, draining }: Standing,
  record: BatchRecord,
  maker: Maker,
  wait: () => Promise<void>,
) => {
  try {
    await wait();
  } catch (error) {
    const isOurs = maker !== 'other' && record.step !== 'cancelling';
    if (draining.signal.aborted && settings.batch.cancelOnStop && isOurs) {
      await server.cancel(record.id as string, new AbortController().signal);
      await deps.store.put({ ...record, step: 'cancelling' });
    }
    throw error;
  }
};

/** Takes out rows that the journal has already: a process died in the middle of fetching, or another was sooner. */
export const dropKnown = async ({ deps, underway, asked }: Standing, rows: Map<string, BatchRow>): Promise<void> => {
  const entries = [...rows].map(async ([id, { problem, key }]) => [id, await deps.journal.get(problem, key)] as const);
  for (const [id, known] of await Promise.all(entries)) {
    if (known === undefined) continue;
    rows.delete(id);
    underway.delete(id);
    const waiting = asked.get(id);
    asked.delete(id);
    waiting?.reservation?.settle(noCost);
    waiting?.resolve(chatReply(known));
  }
};

const fetchInto = async (
  standing: Standing,
  file: string,
  most: number,
  rows: Map<string, BatchRow>,
  maker: Maker,
): Promise<void> => {
  const { server, draining } = standing;
  await patiently(standing, async () => {
    for await (const result of server.results(file, most, draining.signal)) {
      const row = rows.get(result.id);
      if (row && (await takeRow(standing, result, row, maker))) rows.delete(result.id);
    }
  });
};

/** How often one row is asked for again before it is given up. */
const MOST_TRIES = 10;

/** Rows without an answer: expired, cancelled, or failed for a reason that passes. Who waits for one asks again. */
const leftOver = async (
  standing: Standing,
  mark: string,
  rows: readonly BatchRow[],
  maker: Maker,
): Promise<readonly Asked[]> => {
  const { deps, settings, underway } = standing;
  const again: Asked[] = [];
  const { account = settings.model } = settings;
  for (const row of rows) {
    const id = rowId(row);
    if (maker === 'earlier') await deps.budget?.correct(accountName(account, row.part), row.reserved);
    // A batch that is about to go has it by now.
    if (underway.get(id) !== mark) continue;
    underway.delete(id);
    const asked = standing.asked.get(id);
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
