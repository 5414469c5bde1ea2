import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { batchServer } from '../../../llm/batch/protocol.ts';
import type { Connection } from '../../../llm/http/connect/connection.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const rowOf = (id: string) => `${JSON.stringify({ custom_id: id, response: { status_code: 200, body: {} } })}\n`;

/** A server whose file of results is this. */
const serving = (bodyOf: (signal: AbortSignal) => AsyncIterable<string>) => {
  const get = async (_path: string, signal: AbortSignal) => ({
    body: (async function* () {
      for await (const text of bodyOf(signal)) yield Buffer.from(text);
    })(),
  });
  return batchServer({ get } as unknown as Connection);
};

const taken = async (results: AsyncIterable<{ readonly id: string }>) => {
  const ids: string[] = [];
  const fault = await (async () => {
    for await (const { id } of results) ids.push(id);
    return null;
  })().catch((error: Error) => error);
  return { ids, fault };
};
const never = new AbortController().signal;

it('a file of results that never ends is left after as many rows as were asked for', async () => {
  const server = serving(async function* () {
    for (let row = 0; ; row++) yield rowOf(`foreign-${row}`);
  });
  const { ids, fault } = await taken(server.results('f', 3, never));
  expect(ids).toEqual(['foreign-0', 'foreign-1', 'foreign-2']);
  expect(fault).toMatchObject({ message: expect.stringContaining('more than 3 rows') });
});

it('a row that comes a byte at a time, or not at all, is a fault after five minutes', async () => {
  const server = serving(async function* (signal) {
    yield `${rowOf('one')}{`;
    while (!signal.aborted) {
      await vi.advanceTimersByTimeAsync(60_000);
      yield ' ';
    }
    signal.throwIfAborted();
  });
  const { ids, fault } = await taken(server.results('f', 3, never));
  expect(ids).toEqual(['one']);
  expect(fault).toMatchObject({ kind: 'hung' });
});

it('a file whose rows come slowly is read to its end', async () => {
  const server = serving(async function* () {
    for (const id of ['one', 'two', 'three']) {
      await vi.advanceTimersByTimeAsync(4 * 60_000);
      yield rowOf(id);
    }
  });
  expect(await taken(server.results('f', 3, never))).toEqual({ ids: ['one', 'two', 'three'], fault: null });
});
