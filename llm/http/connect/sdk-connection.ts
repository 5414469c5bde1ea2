import { pipeline, type Readable, type Transform } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import OpenAI from 'openai';
import { Agent, type Dispatcher, interceptors } from 'undici';
import type { EndpointSettings } from '../../settings.ts';

/** What is read of an answer. */
export interface Answer {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: AsyncIterable<Uint8Array>;
  text(): Promise<string>;
}

/** Requests to one endpoint. A status other than 2xx rejects with the SDK's APIError. */
export interface Connection {
  post(path: string, body: unknown, signal: AbortSignal): Promise<Answer>;
  get(path: string, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
}

/** What is read of a body that comes with an error status: it is only shown. */
const maxErrorBytes = 16_384;

/**
 * The openai SDK over undici, with neither retries nor time-outs of its own: both are the limiter's and the
 * watchdog's. The SDK takes further headers from the environment, so only ours are sent. Its `fetch` is undici's plain
 * request: the web streams of a real one take a fifth of a call's CPU.
 */
export const connectSdk = (settings: EndpointSettings): Connection => {
  const agent = new Agent({ connections: settings.concurrency, headersTimeout: 0, bodyTimeout: 0 });
  const dispatcher = agent.compose(interceptors.redirect({ maxRedirections: 5 }));
  const headers = headersOf(settings);
  const send = async (input: string, init: { method: 'GET' | 'POST'; body?: string; signal: AbortSignal }) => {
    const { origin, pathname, search } = new URL(input);
    const { method, body = null, signal } = init;
    return answerOf(await dispatcher.request({ origin, path: pathname + search, method, body, signal, headers }));
  };
  const client = new OpenAI({
    baseURL: settings.baseUrl,
    apiKey: settings.apiKey || 'none',
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    logLevel: 'off',
    fetch: send as unknown as typeof globalThis.fetch,
  });
  return {
    post: (path, body, signal) =>
      client.post(path, { body: body as object, signal }).asResponse() as Promise<unknown> as Promise<Answer>,
    get: (path, signal) => client.get(path, { signal }).asResponse() as Promise<unknown> as Promise<Answer>,
    close: () => agent.destroy(),
  };
};

const headersOf = ({ apiKey }: EndpointSettings): Record<string, string> => ({
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'user-agent': 'sluice',
  ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
});

/** As much of a fetch's response as the SDK looks at; a whole one for an error, which the SDK reads. */
const answerOf = async ({ statusCode: status, headers: fields, body }: Dispatcher.ResponseData) => {
  const headers = new Map(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  const decoded = decode(body, headers.get('content-encoding'));
  if (status < 200 || status > 299) return new Response(await beginning(decoded), { status, headers: [...headers] });
  if (decoded === body) return { ok: true, status, headers, body, text: () => body.text() };
  return { ok: true, status, headers, body: decoded, text: () => text(decoded) };
};

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Nothing is asked to be compressed; some proxies do it all the same. */
const decode = (body: Readable, encoding = ''): Readable => {
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined;
  return decoder ? pipeline(body, decoder(), () => {}) : body;
};

const beginning = async (body: Readable): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length >= maxErrorBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxErrorBytes);
};
