import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Domains } from '../../domains/port.ts';
import type { Verifiers } from '../../flow/wiring/open-verifiers.ts';
import { UsageError } from '../config/error.ts';
import { type Judged, judgeTasks } from './judge-tasks.ts';
import { readTasks } from './read-task.ts';

export interface Serving {
  /** Where it listens: `http://127.0.0.1:8765`. */
  readonly url: string;
  close(): Promise<void>;
}

export interface ServeSettings {
  /** `HOST:PORT`; port 0 is any free one. */
  readonly address: string;
  /** What callers must send as `Authorization: Bearer …`; needed wherever others than this machine can call. */
  readonly token: string | undefined;
  readonly domains: Domains;
  readonly verifiers: Verifiers;
}

/** A batch of answers as one request; more are several requests. */
const LARGEST_BODY = 64 * 2 ** 20;
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/**
 * The verifier over HTTP: `POST /verify` with a JSON array of the lines that the command reads gives the array of the lines
 * that it writes, in the same order. Rejects where it cannot listen.
 */
export const serveVerifier = async (settings: ServeSettings): Promise<Serving> => {
  const { host, port } = addressOf(settings.address);
  if (!LOOPBACK.has(host) && !settings.token)
    throw new UsageError(`--serve ${settings.address}: others can call it there; set SLUICE_VERIFY_TOKEN to a secret`);
  const stopping = new AbortController();
  const server = createServer((request, response) => {
    answer(request, settings, stopping.signal).then(
      (judged) => send(response, 200, judged),
      (error: unknown) => send(response, error instanceof Refusal ? error.status : 500, { error: reasonOf(error) }),
    );
  });
  await listen(server, port, host);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeIdleConnections();
      }),
  };
};

/** A request that is not answered, with the status that says why. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Refusal ? error.message : 'the verifier broke down over this request';

const answer = async (
  request: IncomingMessage,
  { token, domains, verifiers }: ServeSettings,
  signal: AbortSignal,
): Promise<readonly Judged[]> => {
  if (!isAllowed(request, token)) throw new Refusal(401, 'send the token as Authorization: Bearer TOKEN');
  if (request.url !== '/verify') throw new Refusal(404, 'there is POST /verify alone');
  if (request.method !== 'POST') throw new Refusal(405, 'send a JSON array by POST');
  const rows = rowsOf(await bodyOf(request));
  const tasks = readTasks(linesOf(rows), { domains, kind: undefined });
  const judged: Judged[] = [];
  for await (const result of judgeTasks(tasks, verifiers, { explain: false, signal, now: () => performance.now() }))
    judged.push(result.judged);
  return judged;
};

/** Without a token a page in a browser of this machine could call, too: it says where it comes from. */
const isAllowed = ({ headers }: IncomingMessage, token: string | undefined): boolean => {
  if (!token) return headers.origin === undefined;
  const given = Buffer.from(headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > LARGEST_BODY) throw new Refusal(413, `a body has at most ${LARGEST_BODY} bytes; send several`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const rowsOf = (body: string): readonly unknown[] => {
  try {
    const rows: unknown = JSON.parse(body);
    if (Array.isArray(rows)) return rows;
  } catch {
    // Said below.
  }
  throw new Refusal(400, 'the body is no JSON array of {"answer": …, "response": …}');
};

async function* linesOf(rows: readonly unknown[]): AsyncGenerator<Buffer> {
  for (const row of rows) yield Buffer.from(`${JSON.stringify(row)}\n`);
}

const addressOf = (address: string): { host: string; port: number } => {
  const match = /^\[?([^[\]]{1,255}?)\]?:(\d{1,5})$/.exec(address);
  if (match === null || Number(match[2]) > 65_535)
    throw new UsageError(`--serve ${address}: wants HOST:PORT, such as 127.0.0.1:8765`);
  return { host: match[1]!, port: Number(match[2]) };
};

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((listening, failed) => {
    server.once('error', (cause) =>
      failed(new UsageError(`--serve cannot listen at ${host}:${port}: ${cause.message}`, { cause })),
    );
    server.listen(port, host, () => listening());
  });

const send = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
};
