import { randomUUID } from 'node:crypto';
import { adaptation } from '../ask/adaptation.ts';
import { atMostOf, bodyOf } from '../ask/chat.ts';
import { systemClock } from '../clock.ts';
import { LlmError } from '../errors.ts';
import { chatKey } from '../journal/journal-key.ts';
import { chatReply } from '../journal/journaled.ts';
import { costOf, noCost } from '../money/prices.ts';
import type { ChatModel, ChatReply, ChatRequest } from '../port.ts';
import { patiently } from './patiently.ts';
import { batchServer, ROWS_GO_TO } from './protocol.ts';
import { type BatchRecord, type BatchRow, rowId } from './record.ts';
import { type Asked, type BatchDeps, type BatchedSettings, fail, type Standing } from './standing.ts';
import { takeRow } from './take-row.ts';

export interface BatchedChat {
  /** Resolves when the answer is in the journal, perhaps hours later. Rejects as the port says. */
  readonly ask: ChatModel;
  /** Requests that wait for a batch to go, and those on their way. */
  counts(): { readonly gathered: number; readonly underway: number; readonly answered: number };
  /** Sends nothing more. What a batch has goes on at the server, and the next start takes it up. */
  drain(): void;
  close(): Promise<void>;
}

/**
 * A chat model behind a batch API (OpenAI's files and batches, as Azure and others speak it): requests gather by count
 * and time, go as one file, and their answers are fetched when the server is done. A batch is on record before each step
 * that another start could not repeat without paying twice: before it is uploaded, and with its id before anything waits
 * on it. A start takes up what earlier ones left, and finds a batch whose id was lost by its mark.
 */
export const batchedChat = (settings: BatchedSettings, deps: BatchDeps): BatchedChat => {
  const standing: Standing = {
    settings,
    deps,
    clock: deps.clock ?? systemClock,
    server: batchServer(deps.connection),
    adapted: adaptation(settings.extraBody),
    draining: new AbortController(),
    asked: new Map(),
    gathered: new Set(),
    underway: new Map(),
    following: new Map(),
    timer: null,
    answered: 0,
  };
  const key = chatKey(settings);
  let ready: Promise<void> | null = null;
  return {
    ask: async (request, signal) => {
      ready ??= takeUp(standing);
      await ready;
      return waitFor(standing, request, key(request), signal);
    },
    counts: () => ({
      gathered: standing.gathered.size,
      underway: standing.underway.size,
      answered: standing.answered,
    }),
    drain: () => drain(standing),
    close: async () => {
      drain(standing);
      await Promise.allSettled(standing.following.values());
      await deps.connection.close();
    },
  };
};

const drain = ({ settings, draining, asked, gathered }: Standing): void => {
  if (draining.signal.aborted) return;
  const error = new LlmError('draining', `batches of ${settings.model} go on without this process`);
  draining.abort(error);
  for (const one of gathered) one.reservation?.settle(noCost);
  gathered.clear();
  for (const one of asked.values()) one.reject(error);
  asked.clear();
};

/** Takes up the batches that are on record, whoever left them. */
const takeUp = async (standing: Standing): Promise<void> => {
  for (const record of await recordsOf(standing)) {
    if (standing.following.has(record.mark)) continue;
    for (const row of record.rows) standing.underway.set(rowId(row), record.mark);
    follow(standing, record, true);
  }
};

const recordsOf = async ({ deps, settings }: Standing): Promise<BatchRecord[]> =>
  (await deps.store.all()).filter(({ role, model }) => role === deps.role && model === settings.model);

const waitFor = async (
  standing: Standing,
  request: ChatRequest,
  key: string,
  signal: AbortSignal,
): Promise<ChatReply> => {
  const { draining, deps, settings } = standing;
  signal.throwIfAborted();
  draining.signal.throwIfAborted();
  const id = rowId({ problem: request.problem, key });
  const { price, account = settings.model } = settings;
  const body = bodyOf(settings, request, false);
  const atMost = atMostOf(body, request.messages, request.maxTokens ?? settings.maxTokens, settings.extraBody);
  const reserved = costOf(price, atMost);
  const isUnderway = standing.underway.has(id);
  const reservation = isUnderway
    ? null
    : ((await deps.budget?.reserve(account, reserved, AbortSignal.any([signal, draining.signal]))) ?? null);
  // It may have come while this waited for money.
  const known = await deps.journal.get(request.problem, key);
  if (known !== undefined && reservation === null) return chatReply(known);
  return new Promise((resolve, reject) => {
    const leave = () => {
      standing.asked.delete(id);
      if (standing.gathered.delete(asked)) asked.reservation?.settle(noCost);
      reject(signal.reason);
    };
    const done = () => signal.removeEventListener('abort', leave);
    const asked: Asked = {
      id,
      row: { problem: request.problem, key, reserved },
      request,
      reservation,
      tries: 0,
      resolve: (reply) => {
        done();
        resolve(reply);
      },
      reject: (error) => {
        done();
        reject(error);
      },
    };
    signal.addEventListener('abort', leave, { once: true });
    standing.asked.set(id, asked);
    if (!standing.underway.has(id)) gather(standing, asked);
    else if (reservation) reservation.settle(noCost);
  });
};

/** Puts a request to those that go next: at once when they are enough, else after a while. */
const gather = (standing: Standing, asked: Asked): void => {
  const { gathered, settings, clock, draining } = standing;
  gathered.add(asked);
  if (gathered.size >= settings.batch.rows) {
    send(standing);
    return;
  }
  if (standing.timer) return;
  const timer = new AbortController();
  standing.timer = timer;
  clock
    .sleep(1000 * settings.batch.seconds, AbortSignal.any([timer.signal, draining.signal]))
    .then(() => send(standing))
    .catch(() => {});
};

const send = (standing: Standing): void => {
  standing.timer?.abort();
  standing.timer = null;
  const rows = [...standing.gathered].slice(0, standing.settings.batch.rows);
  for (const one of rows) standing.gathered.delete(one);
  if (rows.length === 0) return;
  const mark = randomUUID();
  for (const { id } of rows) standing.underway.set(id, mark);
  run(standing, mark, submit(standing, mark, rows));
};

/** Keeps what is under way, and tells all who wait when it fails for good. */
const run = (standing: Standing, mark: string, work: Promise<void>): void => {
  const kept = work
    .catch((error: unknown) => {
      if (standing.draining.signal.aborted) return;
      for (const [id, one] of standing.asked) if (standing.underway.get(id) === mark) fail(standing, one, error);
      for (const [id, other] of standing.underway) if (other === mark) standing.underway.delete(id);
    })
    .finally(() => standing.following.delete(mark));
  standing.following.set(mark, kept);
};

const follow = (standing: Standing, record: BatchRecord, recovered: boolean): void =>
  run(standing, record.mark, followed(standing, record, recovered));

/** From gathered to created; then it is followed. */
const submit = async (standing: Standing, mark: string, rows: readonly Asked[]): Promise<void> => {
  const { deps, settings, server, adapted, draining } = standing;
  const { signal } = draining;
  const own = await notElsewhere(standing, mark, rows);
  if (own.length === 0) return;
  const base = { mark, role: deps.role, model: settings.model, rows: own.map(({ row }) => row) };
  await deps.store.put({ ...base, step: 'gathered', file: null, id: null });
  const lines = own.map(({ id, request }) => ({
    custom_id: id,
    method: 'POST',
    url: ROWS_GO_TO,
    body: adapted.applied(bodyOf(settings, request, false)),
  }));
  try {
    const file = await patiently(standing, () => server.upload(`sluice-${mark}.jsonl`, lines, signal));
    await deps.store.put({ ...base, step: 'uploaded', file, id: null });
    const created = await patiently(standing, async (again) => {
      // The one before may have come through, and its answer not.
      const id = again ? await found(standing, mark) : null;
      return id ?? server.create(file, mark, settings.batch.window, signal);
    });
    const record: BatchRecord = { ...base, step: 'created', file, id: created };
    await deps.store.put(record);
    await followed(standing, record, false);
  } catch (error) {
    // Refused for good: nothing is there that another start could take up.
    if (error instanceof LlmError && !signal.aborted) await deps.store.remove(mark);
    throw error;
  }
};

/** Another process of the run may have sent some of them: their answers come into the journal. */
const notElsewhere = async (standing: Standing, mark: string, rows: readonly Asked[]): Promise<readonly Asked[]> => {
  const elsewhere = new Map<string, BatchRecord>();
  for (const record of await recordsOf(standing)) for (const row of record.rows) elsewhere.set(rowId(row), record);
  for (const one of rows) {
    const record = elsewhere.get(one.id);
    if (!record) continue;
    one.reservation?.settle(noCost);
    one.reservation = null;
    standing.underway.set(one.id, record.mark);
    if (!standing.following.has(record.mark)) follow(standing, record, true);
  }
  return rows.filter(({ id }) => standing.underway.get(id) === mark);
};

const found = ({ server, draining }: Standing, mark: string): Promise<string | null> =>
  server.find(mark, draining.signal);

/** Waits until the server is done, and brings everything home. */
const followed = async (standing: Standing, given: BatchRecord, recovered: boolean): Promise<void> => {
  const { deps, settings, server, clock, draining } = standing;
  const record = given.id === null ? await orphan(standing, given) : given;
  if (record === null) return;
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
      await leaveOver(standing, [...rows.values()], recovered);
      return;
    }
    await waitOrCancel(standing, record, () => clock.sleep(1000 * settings.batch.pollSeconds, draining.signal));
  }
};

/** A batch whose id was lost between its making and its record: it bears our mark, or it was never made. */
const orphan = async (standing: Standing, record: BatchRecord): Promise<BatchRecord | null> => {
  const { deps } = standing;
  const id = await patiently(standing, () => found(standing, record.mark));
  if (id !== null) {
    const adopted: BatchRecord = { ...record, step: 'created', id };
    await deps.store.put(adopted);
    return adopted;
  }
  await deps.store.remove(record.mark);
  await leaveOver(standing, record.rows, true);
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
const leaveOver = async (standing: Standing, rows: readonly BatchRow[], recovered: boolean): Promise<void> => {
  const { deps, settings } = standing;
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
    else await again(standing, asked);
  }
};

const again = async (standing: Standing, asked: Asked): Promise<void> => {
  const { deps, settings, draining } = standing;
  const { account = settings.model } = settings;
  try {
    asked.reservation ??= (await deps.budget?.reserve(account, asked.row.reserved, draining.signal)) ?? null;
    if (standing.asked.get(asked.id) === asked) gather(standing, asked);
    else asked.reservation?.settle(noCost);
  } catch (error) {
    fail(standing, asked, error);
  }
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
