import OpenAI from 'openai';
import { Agent, fetch, Response } from 'undici';
import { LlmError } from './errors.ts';
import type { EndpointSettings } from './settings.ts';

/** Requests to one endpoint. A status other than 2xx rejects with the SDK's APIError. */
export interface Connection {
  post(path: string, body: unknown, signal: AbortSignal): Promise<globalThis.Response>;
  get(path: string, signal: AbortSignal): Promise<globalThis.Response>;
  close(): Promise<void>;
}

/** What is read of a body that comes with an error status: it is only shown. */
const maxErrorBytes = 16_384;

/**
 * The openai SDK over undici, with neither retries nor time-outs of its own: both are the limiter's and the
 * watchdog's. The SDK takes further headers from the environment, so only ours are sent.
 */
export const connect = (settings: EndpointSettings): Connection => {
  refuseBadUrl(settings);
  const agent = new Agent({ connections: settings.concurrency, headersTimeout: 0, bodyTimeout: 0 });
  const headers = headersOf(settings);
  const send = async (url: unknown, init: { method?: string; body?: unknown; signal?: AbortSignal } = {}) => {
    const { method = 'GET', body = null, signal = null } = init;
    const response = await fetch(String(url), { method, body: body as string, signal, headers, dispatcher: agent });
    return response.ok ? response : withShortBody(response);
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
    post: (path, body, signal) => client.post(path, { body: body as object, signal }).asResponse(),
    get: (path, signal) => client.get(path, { signal }).asResponse(),
    close: () => agent.destroy(),
  };
};

const refuseBadUrl = ({ baseUrl, model }: EndpointSettings): void => {
  if (/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? '')) return;
  throw new LlmError('endpoint-invalid', `baseUrl ${JSON.stringify(baseUrl)} of ${model} is no http or https URL`);
};

const headersOf = ({ apiKey }: EndpointSettings): Record<string, string> => ({
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'user-agent': 'sluice',
  ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
});

const withShortBody = async (response: Response): Promise<Response> => {
  const text: Buffer[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    text.push(Buffer.from(chunk as Uint8Array));
    length += (chunk as Uint8Array).byteLength;
    if (length >= maxErrorBytes) break;
  }
  const { status, headers } = response;
  return new Response(Buffer.concat(text).subarray(0, maxErrorBytes), { status, headers });
};
