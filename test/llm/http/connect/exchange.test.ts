import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { exchange } from '../../../../llm/http/connect/exchange.ts';

/** A server that answers as it is told, and a request to it. */
const serving = async (answer: (request: IncomingMessage, response: ServerResponse) => void) => {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const dispatcher = new Agent({ connections: 1 });
  onTestFinished(async () => {
    await dispatcher.destroy();
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return (signal?: AbortSignal) =>
    exchange(dispatcher, { origin, path: '/', method: 'POST', headers: {}, body: 'asked', signal });
};

const textOf = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
  let text = '';
  for await (const piece of body) text += Buffer.from(piece).toString();
  return text;
};

test('status and fields come first, the body as it is written', async () => {
  let end = (): void => {};
  const ask = await serving((_, response) => {
    response.writeHead(201, { 'X-Some': 'field' }).write('one ');
    end = () => response.end('two');
  });
  const { status, headers, body } = await ask();
  expect([status, headers.get('x-some')]).toEqual([201, 'field']);
  expect((await body.next()).value?.toString()).toBe('one ');
  end();
  expect(await textOf(body)).toBe('two');
  expect(await body.next()).toEqual({ done: true, value: undefined });
});

test('a reader who is slow holds the server back, and gets all of it', async () => {
  const whole = 32 * 2 ** 20;
  let written = false;
  const ask = await serving((_, response) => response.end(Buffer.alloc(whole, 'a'), () => (written = true)));
  const { body } = await ask();
  const first = await body.next();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(written).toBe(false);
  let length = first.value?.byteLength ?? 0;
  for await (const piece of body) length += piece.byteLength;
  expect(length).toBe(whole);
});

test('what breaks off gives what had come, then the fault', async () => {
  const ask = await serving((_, response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('the beginning', () => response.destroy());
  });
  const { body } = await ask();
  expect((await body.next()).value?.toString()).toBe('the beginning');
  await expect(body.next()).rejects.toThrow();
});

test('an abort ends what waits for its connection, for its answer, or for more of it', async () => {
  const reason = new Error('no longer wanted');
  const ask = await serving((_, response) => void response.writeHead(200).write('the beginning'));
  const first = new AbortController();
  const { body } = await ask(first.signal);
  await body.next();
  const second = new AbortController();
  const waiting = ask(second.signal);
  second.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  const more = body.next();
  first.abort(reason);
  await expect(more).rejects.toBe(reason);
  await expect(ask(AbortSignal.abort(reason))).rejects.toBe(reason);
});

test('whoever leaves a body early drops its connection, and the next request has another', async () => {
  let closed = 0;
  const ask = await serving((request, response) => {
    request.socket.once('close', () => closed++);
    response.writeHead(200).write('the beginning');
  });
  for await (const piece of (await ask()).body) if (piece.byteLength > 0) break;
  const { body } = await ask();
  expect((await body.next()).value?.toString()).toBe('the beginning');
  expect(closed).toBe(1);
});
