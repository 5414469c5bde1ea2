import { randomUUID } from 'node:crypto';
import OpenAI from 'openai';
import type { Dispatcher } from 'undici';
import { LlmError } from '../../errors.ts';
import type { EndpointSettings } from '../../settings.ts';
import { decoded } from './content-coding.ts';
import { dispatcherFor } from './dispatcher.ts';

/** What is read of an answer. */
export interface Answer {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: AsyncIterable<Uint8Array> & { destroy?(): unknown };
  text(): Promise<string>;
}

/** A file of a form. */
export interface FormFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** Requests to one endpoint. A status other than 2xx rejects with the SDK's APIError. */
export interface Connection {
  post(path: string, body: unknown, signal: AbortSignal): Promise<Answer>;
  get(path: string, signal: AbortSignal): Promise<Answer>;
  /** A file with some fields, as a form (RFC 7578). */
  upload(path: string, fields: Readonly<Record<string, string>>, file: FormFile, signal: AbortSignal): Promise<Answer>;
  close(): Promise<void>;
  /** Resolves when requests go out at once. */
  opened?(): Promise<unknown>;
}

/** What is read of a body that comes with an error status: it is only shown. */
const maxErrorBytes = 16_384;

/**
 * The openai SDK over undici, with neither retries nor time-outs of its own: both are the limiter's and the
 * watchdog's. The SDK takes further headers from the environment, so only ours are sent. Its `fetch` is undici's plain
 * request: the web streams of a real one take a fifth of a call's CPU. A query in `baseUrl` (Azure's `api-version`) is
 * sent with every path.
 */
export const connectSdk = (settings: EndpointSettings): Connection => {
  const dispatcher = dispatcherFor(settings.concurrency);
  const base = new URL(settings.baseUrl);
  const query = base.search;
  base.search = base.hash = '';
  const headers = headersOf(settings);
  const send = async (input: string, init: Init) => {
    const { origin, pathname, search } = new URL(input);
    const { method, body = null, signal } = init;
    const type = init.headers?.get('content-type');
    const path = pathname + (query && search ? `${query}&${search.slice(1)}` : query || search);
    return answerOf(
      await followed(dispatcher, {
        origin,
        path,
        method,
        body,
        signal,
        headers: { ...headers, ...(isForm(type) && { 'content-type': type }) },
      }),
    );
  };
  const client = new OpenAI({
    baseURL: base.href.replace(/\/$/, ''),
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
    upload: (path, fields, file, signal) => {
      const { type, body } = formOf(fields, file);
      const sent = client.post(path, { body, headers: { 'content-type': type }, signal } as object);
      return sent.asResponse() as Promise<unknown> as Promise<Answer>;
    },
    close: () => dispatcher.destroy(),
  };
};

interface Init {
  readonly method: 'GET' | 'POST';
  readonly body?: string;
  readonly headers?: Headers;
  readonly signal: AbortSignal;
}

const isForm = (type: string | null | undefined): type is string => type?.startsWith('multipart/form-data') ?? false;

const formOf = (fields: Readonly<Record<string, string>>, file: FormFile) => {
  const boundary = `sluice-${randomUUID()}`;
  const part = (head: string, text: string) =>
    `--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n${text}\r\n`;
  const parts = [
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value)),
    part(`name="file"; filename="${file.name}"\r\ncontent-type: ${file.type}`, file.text),
  ];
  return { type: `multipart/form-data; boundary=${boundary}`, body: `${parts.join('')}--${boundary}--\r\n` };
};

const headersOf = ({ apiKey, headers = {} }: EndpointSettings): Record<string, string> => ({
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'user-agent': 'sluice',
  ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
  ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
});

type Request = Dispatcher.RequestOptions & { readonly origin: string; readonly path: string };

const maxRedirections = 5;

/** Follows redirects within the origin. One that leads elsewhere would take the prompts and the key along. */
const followed = async (dispatcher: Dispatcher, request: Request, turn = 0): Promise<Dispatcher.ResponseData> => {
  const response = await dispatcher.request(request);
  const { location } = response.headers;
  if (response.statusCode < 300 || response.statusCode > 399 || typeof location !== 'string') return response;
  await response.body.dump();
  (request.signal as AbortSignal | undefined)?.throwIfAborted();
  const from = new URL(request.path, request.origin);
  const to = URL.parse(location, from.href);
  if (to?.origin !== from.origin) {
    const where = to === null ? location.slice(0, 200) : `${to.origin}${to.pathname}`;
    const what = `${from.origin} redirects to ${where}: nothing is sent there; set baseUrl to it if it is right`;
    throw new LlmError('endpoint-invalid', what);
  }
  if (turn >= maxRedirections)
    throw new LlmError('endpoint-invalid', `${from.origin} redirects in a circle: check baseUrl`);
  return followed(dispatcher, { ...request, path: to.pathname + to.search }, turn + 1);
};

/** As much of a fetch's response as the SDK looks at; a whole one for an error, which the SDK reads. */
const answerOf = async ({ statusCode: status, headers: fields, body: sent }: Dispatcher.ResponseData) => {
  const headers = new Map(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  const body = await decoded(sent, headers.get('content-encoding'));
  if (status < 200 || status > 299) return new Response(await beginning(body), { status, headers: [...headers] });
  return { ok: true, status, headers, body, text: () => (body === sent ? sent.text() : whole(body)) };
};

const whole = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return new TextDecoder().decode(Buffer.concat(chunks));
};

const beginning = async (body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= maxErrorBytes) break;
  }
  return new Uint8Array(Buffer.concat(chunks).subarray(0, maxErrorBytes));
};
