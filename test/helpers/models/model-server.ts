import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Answer, asPlain, asPooled, asStreamed } from './model-replies.ts';

/** A request as it came; `key` is the same for the same path and body. */
export interface Call {
  readonly key: string;
  readonly model: string;
  /** The last message of the user: what the model is asked. */
  readonly text: string;
  /** What stands before each `<extra_0>`; none for a chat call. */
  readonly steps: readonly string[];
  /** The request's seed, if it has one. */
  readonly seed: number | undefined;
  readonly maxTokens: number;
  readonly authorization: string;
  /** From 0, over all calls. */
  readonly number: number;
  /** How often the same key came before. */
  readonly repeat: number;
  readonly arrived: number;
  answered: number | null;
  /** Whether there was somebody still to take the answer. */
  heard: boolean;
  status: number;
  /** Tokens that the server made for it: what a provider would bill, heard or not. */
  promptTokens: number;
  completionTokens: number;
}

/** What the server does instead of answering well. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'malformed' | 'cut-body' | 'reset' | 'silent' };

export interface ModelServerSettings {
  readonly chat: (call: Call) => Answer;
  /** One value a step. */
  readonly score?: (call: Call) => readonly number[];
  /** What `/models` lists. */
  readonly models?: () => readonly object[];
  /** Milliseconds until the answer, or what it waits for. */
  readonly latency?: (call: Call) => number | Promise<unknown>;
  /** `inFlight` counts this call too. */
  readonly fault?: (call: Call, inFlight: number) => Fault | undefined;
}

export interface ModelServer {
  readonly url: string;
  readonly calls: readonly Call[];
  /** Calls that have come and are not answered. */
  inFlight(): number;
  /** Different calls to a model so far: how far the work has come, whatever is sent again. */
  different(model: string): number;
  /** Resolves at the first moment when the calls satisfy this; checked at each arrival and each answer. */
  when(reached: (calls: readonly Call[]) => boolean): Promise<void>;
  /** Forgets the calls so far. */
  reset(): void;
  close(): Promise<void>;
}

/** An OpenAI-compatible server (chat, streamed or not, and vLLM's `/pooling`) that keeps every call. */
export const modelServer = async (settings: ModelServerSettings): Promise<ModelServer> => {
  let calls: Call[] = [];
  let seen = new Map<string, number>();
  let open = 0;
  const different = new Map<string, number>();
  const watchers = new Set<() => void>();
  const tell = () => {
    for (const watcher of [...watchers]) watcher();
  };
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    if (request.method !== 'POST') return sendJson(response, 200, { object: 'list', data: settings.models?.() ?? [] });
    const call = callOf(request, body, calls.length, seen);
    calls.push(call);
    if (call.repeat === 0) different.set(call.model, (different.get(call.model) ?? 0) + 1);
    open++;
    tell();
    const fault = settings.fault?.(call, open);
    await answer(call, fault, { settings, response, streamed: JSON.parse(body).stream === true });
    open--;
    call.heard = response.writableFinished || response.socket?.destroyed === false;
    call.answered = performance.now();
    tell();
  };
  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get calls() {
      return calls;
    },
    inFlight: () => open,
    different: (model) => different.get(model) ?? 0,
    when: (reached) =>
      new Promise((resolve) => {
        const check = () => {
          if (!reached(calls)) return;
          watchers.delete(check);
          resolve();
        };
        watchers.add(check);
        check();
      }),
    reset: () => {
      calls = [];
      seen = new Map();
      different.clear();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const readBody = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
};

const callOf = (request: IncomingMessage, body: string, number: number, seen: Map<string, number>): Call => {
  const { model, messages, seed, max_tokens } = JSON.parse(body);
  const said = (role: string): string =>
    messages.findLast((message: { role: string }) => message.role === role)?.content ?? '';
  const key = createHash('sha256').update(`${request.url}\n${body}`).digest('hex');
  const repeat = seen.get(key) ?? 0;
  seen.set(key, repeat + 1);
  return {
    key,
    model,
    text: said('user'),
    steps: request.url?.endsWith('/pooling') ? said('assistant').split('<extra_0>').slice(0, -1) : [],
    seed,
    maxTokens: max_tokens ?? 0,
    authorization: request.headers.authorization ?? '',
    number,
    repeat,
    arrived: performance.now(),
    answered: null,
    heard: false,
    status: 0,
    promptTokens: 0,
    completionTokens: 0,
  };
};

const answer = async (
  call: Call,
  fault: Fault | undefined,
  around: { settings: ModelServerSettings; response: ServerResponse; streamed: boolean },
): Promise<void> => {
  const { settings, response, streamed } = around;
  if (fault?.kind === 'silent') return new Promise((resolve) => response.on('close', resolve));
  const wait = fault?.kind === 'status' ? 0 : (settings.latency?.(call) ?? 0);
  if (typeof wait !== 'number') await wait;
  else if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  if (fault?.kind === 'status') {
    call.status = fault.status;
    return sendJson(response, fault.status, { error: { message: `fault ${fault.status}` } }, fault.headers);
  }
  if (fault?.kind === 'reset') return void response.socket?.resetAndDestroy();
  if (fault?.kind === 'malformed')
    return void response.setHeader('content-type', 'application/json').end('{"choices": [');
  const { type, text } = wellDone(call, settings, streamed);
  if (fault?.kind === 'cut-body') {
    response.setHeader('content-type', type).setHeader('content-length', Buffer.byteLength(text));
    response.write(text.slice(0, text.length >> 1));
    return void setTimeout(() => response.destroy(), 5);
  }
  call.status = 200;
  response.setHeader('content-type', type).end(text);
};

const wellDone = (call: Call, settings: ModelServerSettings, streamed: boolean): { type: string; text: string } => {
  if (call.steps.length > 0) {
    call.promptTokens = 10 * call.steps.length;
    return {
      type: 'application/json',
      text: asPooled(settings.score?.(call) ?? call.steps.map(() => 0), call.promptTokens),
    };
  }
  const said = settings.chat(call);
  call.promptTokens = said.promptTokens;
  call.completionTokens = said.completionTokens;
  return streamed
    ? { type: 'text/event-stream', text: asStreamed(call.model, said) }
    : { type: 'application/json', text: asPlain(call.model, said) };
};

const sendJson = (
  response: ServerResponse,
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
