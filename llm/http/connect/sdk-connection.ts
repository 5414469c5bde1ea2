import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import OpenAI, { type ClientOptions } from 'openai';
import type { Dispatcher } from 'undici';
import { LlmError } from '../../errors.ts';
import type { EndpointSettings } from '../../settings.ts';
import { decoded } from './content-coding.ts';
import { dispatcherFor } from './dispatcher.ts';
import { exchange, type Request, type Response } from './exchange.ts';

/** What is read of an answer. */
export interface Answer {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: AsyncIterable<Uint8Array> & { destroy?(): unknown };
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
 * watchdog's. Its `fetch` is one plain exchange: the web streams of a real one take a fifth of a call's CPU. A query in
 * `baseUrl` (Azure's `api-version`) is sent with every path.
 */
export const connectSdk = (settings: EndpointSettings): Connection => {
  const dispatcher = dispatcherFor(settings.concurrency, settings.baseUrl);
  const base = new URL(settings.baseUrl);
  const query = base.search;
  base.search = base.hash = '';
  const headers = headersOf(settings);
  const send = async (input: string, { method, body = null, form, giveUp }: Init) => {
    const { origin, pathname, search } = new URL(input);
    const path = pathname + (query && search ? `${query}&${search.slice(1)}` : query || search);
    const fields = form === undefined ? headers : { ...headers, 'content-type': form };
    return answerOf(await followed(dispatcher, { origin, path, method, body, signal: giveUp, headers: fields }));
  };
  const client = new PlainClient(send, {
    baseURL: base.href.replace(/\/$/, ''),
    apiKey: settings.apiKey || 'none',
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: LONGEST_MILLISECONDS,
    logLevel: 'off',
  });
  const ask = (method: 'get' | 'post', path: string, body: object | string | undefined, init: Partial<Init>) =>
    client[method](path, { body, fetchOptions: init as object }).asResponse() as Promise<unknown> as Promise<Answer>;
  return {
    post: (path, body, giveUp) => ask('post', path, body as object, { giveUp }),
    get: (path, giveUp) => ask('get', path, undefined, { giveUp }),
    upload: (path, fields, file, giveUp) => {
      const { type: form, body } = formOf(fields, file);
      return ask('post', path, body, { form, giveUp });
    },
    close: () => dispatcher.destroy(),
  };
};

const LONGEST_MILLISECONDS = 2 ** 31 - 1;

type Send = (url: string, init: Init) => Promise<unknown>;

/** What `send` gets, by way of the SDK. */
interface Init {
  readonly method: 'GET' | 'POST';
  readonly body?: string | null;
  /** The content type of a form. */
  readonly form?: string;
  readonly giveUp: AbortSignal;
}

/**
 * The SDK with nothing in a request but what is sent: its headers, a third of which come from the environment, are not
 * ours, and the signal goes past it, for it makes one more of each, whose weak references cost more than the sending.
 * Nor does it set a timer for each, which would never end.
 */
class PlainClient extends OpenAI {
  readonly #send: Send;

  constructor(send: Send, options: ClientOptions) {
    super(options);
    this.#send = send;
  }

  override fetchWithTimeout(url: unknown, init: unknown): Promise<globalThis.Response> {
    return this.#send(url as string, init as Init) as Promise<globalThis.Response>;
  }

  override async buildRequest({ method, path, body, fetchOptions }: Parameters<OpenAI['buildRequest']>[0]) {
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const req = { method: method.toUpperCase(), ...(sent !== undefined && { body: sent }), ...fetchOptions };
    return { req: req as never, url: this.baseURL + path, timeout: LONGEST_MILLISECONDS };
  }
}

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

const maxRedirections = 5;

/** Follows redirects within the origin. One that leads elsewhere would take the prompts and the key along. */
const followed = async (dispatcher: Dispatcher, request: Request, turn = 0): Promise<Response> => {
  const response = await exchange(dispatcher, request);
  const location = response.headers.get('location');
  if (response.status < 300 || response.status > 399) return response;
  // A body that was read to its end leaves the connection to the next request.
  await beginning(response.body);
  request.signal?.throwIfAborted();
  const from = new URL(request.path, request.origin);
  if (location === undefined) {
    const what = `${from.origin} answered ${response.status} and says not where to: check baseUrl`;
    throw new LlmError('endpoint-invalid', what);
  }
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
const answerOf = async ({ status, headers, body: sent }: Response) => {
  const coding = headers.get('content-encoding');
  const body = coding === undefined ? sent : await decoded(Readable.from(sent), coding);
  if (status < 200 || status > 299)
    return new globalThis.Response(await beginning(body), { status, headers: [...headers] });
  return { ok: true, status, headers, body };
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
