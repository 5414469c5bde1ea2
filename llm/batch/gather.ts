import { randomUUID } from 'node:crypto';
import { atMostOf, bodyOf } from '../ask/chat.ts';
import { LlmError } from '../errors.ts';
import { chatReply } from '../journal/journaled.ts';
import { accountName } from '../money/account-name.ts';
import type { Reservation } from '../money/budget.ts';
import { costOf, noCost } from '../money/prices.ts';
import type { ChatReply, ChatRequest, JournalEntry } from '../port.ts';
import { dropKnown, follow } from './follow.ts';
import { type BatchRecord, type BatchRow, rowId } from './record.ts';
import { type Asked, fail, type Standing } from './standing.ts';
import { sentElsewhere, submit } from './submit.ts';

/** Waits for the answer to a request, which goes with the next batch unless one has it. */
export const waitFor = async (
  standing: Standing,
  request: ChatRequest,
  key: string,
  signal: AbortSignal,
): Promise<ChatReply> => {
  const { draining, settings } = standing;
  signal.throwIfAborted();
  draining.signal.throwIfAborted();
  const id = rowId({ problem: request.problem, key });
  const body = bodyOf(settings, request, false);
  const atMost = atMostOf(body, request.messages, request.maxTokens ?? settings.maxTokens, settings.extraBody);
  const reserved = costOf(settings.price, atMost);
  const row: BatchRow = { problem: request.problem, key, reserved, part: request.part };
  const { known, reservation } = await knownOrReserved(standing, row, signal);
  if (known !== undefined) return chatReply(known);
  return new Promise((resolve, reject) => {
    const leave = () => {
      standing.asked.delete(id);
      if (standing.gathered.delete(asked)) asked.reservation?.settle(noCost);
      reject(signal.reason);
    };
    const done = () => signal.removeEventListener('abort', leave);
    const asked: Asked = {
      id,
      row,
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

/** What the journal has, or the money for the request, which one that is on its way with another's needs none of. */
const knownOrReserved = async (
  { deps, settings, underway, draining }: Standing,
  row: BatchRow,
  signal: AbortSignal,
): Promise<{ readonly known?: JournalEntry; readonly reservation: Reservation | null }> => {
  const id = rowId(row);
  const { account = settings.model } = settings;
  const leaving = AbortSignal.any([signal, draining.signal]);
  for (;;) {
    const wasUnderway = underway.has(id);
    const reservation = wasUnderway
      ? null
      : ((await deps.budget?.reserve(accountName(account, row.part), row.reserved, leaving)) ?? null);
    // It may have come while this waited for money.
    const known = await deps.journal.get(row.problem, row.key);
    if (known !== undefined || leaving.aborted) reservation?.settle(noCost);
    if (known !== undefined) return { known, reservation: null };
    leaving.throwIfAborted();
    // Else its batch came to an end meanwhile, with its answer or without.
    if (!wasUnderway || underway.has(id)) return { reservation };
  }
};

/** Puts a request to those that go next: at once when they are enough, else after a while. */
const gather = (standing: Standing, asked: Asked): void => {
  const { gathered, settings, clock, draining } = standing;
  gathered.add(asked);
  if (gathered.size >= settings.batch.rows) {
    sendGathered(standing);
    return;
  }
  if (standing.timer) return;
  const timer = new AbortController();
  standing.timer = timer;
  clock
    .sleep(1000 * settings.batch.seconds, AbortSignal.any([timer.signal, draining.signal]))
    .then(() => sendGathered(standing))
    .catch(() => {});
};

const sendGathered = (standing: Standing): void => {
  standing.timer?.abort();
  standing.timer = null;
  const rows = [...standing.gathered].slice(0, standing.settings.batch.rows);
  for (const one of rows) standing.gathered.delete(one);
  if (rows.length === 0) return;
  const mark = randomUUID();
  for (const { id } of rows) standing.underway.set(id, mark);
  run(standing, mark, send(standing, mark, rows));
};

const send = async (standing: Standing, mark: string, rows: readonly Asked[]): Promise<readonly Asked[]> => {
  for (const record of await sentElsewhere(standing, rows)) takeUp(standing, record);
  // What is off the records is in the journal, and so may be what a batch that is being fetched has had already.
  await dropKnown(standing, new Map(rows.map(({ id, row }) => [id, row])));
  const own = rows.filter(({ id }) => standing.underway.get(id) === mark);
  if (own.length === 0) return [];
  try {
    return await follow(standing, await submit(standing, mark, own), 'own');
  } catch (error) {
    // Refused for good: nothing is there that another start could take up.
    if (error instanceof LlmError && !standing.draining.signal.aborted) await standing.deps.store.remove(mark);
    throw error;
  }
};

/** Follows a batch that is on record, whoever left it. One that is followed already is looked at again if need be. */
export const takeUp = (standing: Standing, record: BatchRecord): void => {
  const followed = standing.following.get(record.mark);
  if (followed) {
    // It may be past the rows that are only now known to be its own.
    void followed.then(() => {
      const isLeft = record.rows.some((row) => standing.underway.get(rowId(row)) === record.mark);
      if (isLeft && !standing.draining.signal.aborted) takeUp(standing, record);
    });
    return;
  }
  const maker = record.worker === standing.deps.worker ? 'earlier' : 'other';
  run(standing, record.mark, follow(standing, record, maker));
};

/** Keeps what is under way, asks again for what it left, and tells all who wait when it fails for good. */
const run = (standing: Standing, mark: string, work: Promise<readonly Asked[]>): void => {
  const kept = work
    .then(async (left) => {
      for (const one of left) await again(standing, one);
    })
    .catch((error: unknown) => {
      if (standing.draining.signal.aborted) return;
      for (const [id, one] of standing.asked) if (standing.underway.get(id) === mark) fail(standing, one, error);
      for (const [id, other] of standing.underway) if (other === mark) standing.underway.delete(id);
    })
    .finally(() => standing.following.delete(mark));
  standing.following.set(mark, kept);
};

const again = async (standing: Standing, asked: Asked): Promise<void> => {
  const { deps, settings, draining } = standing;
  const { account = settings.model } = settings;
  try {
    const { reserved, part } = asked.row;
    asked.reservation ??= (await deps.budget?.reserve(accountName(account, part), reserved, draining.signal)) ?? null;
    if (standing.asked.get(asked.id) === asked) gather(standing, asked);
    else asked.reservation?.settle(noCost);
  } catch (error) {
    fail(standing, asked, error);
  }
};
