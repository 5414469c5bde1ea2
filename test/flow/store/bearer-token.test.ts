import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { bearerToken } from '../../../flow/store/bearer-token.ts';

const printing = (script: string) => ({ command: [process.execPath, '-e', script] });

describe('a bearer token by a command', () => {
  it('is what it prints, without the end of its line', async () => {
    expect(await bearerToken(printing(`console.log('a.b.c')`))()).toBe('a.b.c');
  });

  it.each([
    ['prints nothing', printing('')],
    ['fails, whatever it printed before', printing(`console.log('a-token'); process.exit(3)`)],
    ['is not there', { command: ['/no/such/program'] }],
  ])('is unavailable where it %s, and nothing that it printed is told', async (_, source) => {
    const error: Error = await bearerToken(source)().then(
      () => expect.unreachable(),
      (caught) => caught,
    );
    expect(error.name).toBe('Unreachable');
    expect(error.message).toContain('transport.sasl.command');
    expect(error.message).not.toContain('a-token');
  });
});

describe('a bearer token by client credentials', () => {
  const client = { clientId: 'a client', clientSecret: 'a:secret%' };
  const serving = async (answer: (number: number) => readonly [status: number, body: string]) => {
    const asked: { readonly authorization: string | undefined; readonly body: string }[] = [];
    const server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const [status, text] = answer(asked.push({ authorization: request.headers.authorization, body }) - 1);
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    return { asked, source: { ...client, tokenUrl }, [Symbol.asyncDispose]: async () => void server.close() };
  };

  it('is asked for once for several who want it, with the client’s name and secret as RFC 6749 encodes them', async () => {
    await using server = await serving(() => [200, JSON.stringify({ access_token: 'opaque', expires_in: 3600 })]);
    const token = bearerToken({ ...server.source, scope: 'kafka' });
    expect(await Promise.all([token(), token()])).toEqual(['opaque', 'opaque']);
    expect(await token()).toBe('opaque');
    expect(server.asked).toEqual([
      {
        authorization: `Basic ${Buffer.from('a%20client:a%3Asecret%25').toString('base64')}`,
        body: 'grant_type=client_credentials&scope=kafka',
      },
    ]);
  });

  it('is refused for good where the server refuses the client, and the secret is not told', async () => {
    await using server = await serving(() => [401, '{"error":"invalid_client"}']);
    const error = await bearerToken(server.source)().then(
      () => expect.unreachable(),
      (caught) => caught,
    );
    expect(error).toMatchObject({ code: 'broker-refused', message: expect.stringContaining('401') });
    expect(error.message).not.toContain(client.clientSecret);
  });

  it.each([
    ['fails', 503, 'busy'],
    ['is asked too often', 429, '{}'],
    ['gives no token', 200, '{"token":"x"}'],
    ['gives no JSON', 200, '<html>'],
    ['gives null', 200, 'null'],
    ['gives more than any token', 200, JSON.stringify({ access_token: 'a'.repeat(2 << 20) })],
  ])('is unavailable for now where the server %s, and had at the next asking', async (_, status, body) => {
    await using server = await serving((number) => (number === 0 ? [status, body] : [200, '{"access_token":"later"}']));
    const token = bearerToken(server.source);
    await expect(token()).rejects.toMatchObject({ name: 'Unreachable' });
    expect(await token()).toBe('later');
  });

  it('is unavailable for now where nobody listens', async () => {
    const { source, [Symbol.asyncDispose]: close } = await serving(() => [200, '{}']);
    await close();
    await expect(bearerToken(source)()).rejects.toMatchObject({ name: 'Unreachable' });
  });
});
