import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openJsonServer } from '../../../llm/models.ts';

/** Takes every request, and never answers. */
const server = createServer((request) => request.resume());
beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
afterAll(() => server.closeAllConnections());

const opened = (timeoutSeconds: number) => {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = { baseUrl, model: 'grader', concurrency: 1, idleTimeoutSeconds: timeoutSeconds, timeoutSeconds };
  return openJsonServer(settings);
};
const never = new AbortController().signal;

it('costs the call an answer that does not come in time', async () => {
  const { post, close } = opened(0.2);
  await expect(post({ tasks: [] }, never)).rejects.toThrow(/gave no answer within 0\.2 s/);
  await close();
});

it('leaves nobody waiting when it is closed: neither who is in flight, nor who waits for a turn, nor who comes later', async () => {
  const { post, close } = opened(60);
  const arrived = new Promise((resolve) => server.once('request', resolve));
  const inFlight = post({ tasks: [1] }, never);
  const inLine = post({ tasks: [2] }, never);
  await arrived;
  const ended = Promise.allSettled([inFlight, inLine]);
  await close();
  const later = post({ tasks: [3] }, never);
  for (const end of [...(await ended), ...(await Promise.allSettled([later]))])
    expect(end).toMatchObject({ status: 'rejected', reason: { code: 'draining' } });
});
