import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { splitArray } from '../../datasets/in/json/split-values.ts';
import type { Domains } from '../../domains/port.ts';
import type { Verifiers } from '../../flow/wiring/open-verifiers.ts';
import type { Mask } from '../../llm/mask.ts';
import { isLoopback, isMeantForLoopback } from '../../page/live/loopback.ts';
import { UsageError } from '../config/error.ts';
import { type Judged, judgeTasks } from './judge-tasks.ts';
import { type Asked, MOST_BYTES, type ReadHow, readTask } from './read-task.ts';

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
  /** Of what the configuration keeps secret. */
  readonly mask: Mask;
}

/** A batch of answers as one request; more are several requests. */
const LARGEST_BODY = 64 * 2 ** 20;
/** Of all requests together that are being read or judged: memory is bounded, whoever calls how often. */
const MOST_HELD = 256 * 2 ** 20;

/**
 * The verifier over HTTP: `POST /verify` with a JSON array of the lines that the command reads gives the array of the lines
 * that it writes, in the same order. Who leaves is not judged for any more. Rejects where it cannot listen.
 */
export const serveVerifier = async (settings: ServeSettings): Promise<Serving> => {
  const { host, port } = addressOf(settings.address);
  if (!isLoopback(host) && !settings.token)
    throw new UsageError(`--serve ${settings.address}: others can call it there; set SLUICE_VERIFY_TOKEN to a secret`);
  const held: Held = { bytes: 0 };
  const server = createServer((request, response) => {
    const left = new AbortController();
    response.on('close', () => left.abort());
    answer(request, settings, held, left.signal).then(
      (judged) => send(response, 200, judged, settings.mask),
      (error: unknown) =>
        send(response, error instanceof Refusal ? error.status : 500, { error: reasonOf(error) }, settings.mask),
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
  held: Held,
  signal: AbortSignal,
): Promise<readonly Judged[]> => {
  if (!isAllowed(request, token)) throw new Refusal(401, 'send the token as Authorization: Bearer TOKEN');
  if (request.url !== '/verify') throw new Refusal(404, 'there is POST /verify alone');
  if (request.method !== 'POST') throw new Refusal(405, 'send a JSON array by POST');
  const read: Held = { bytes: 0 };
  try {
    const body = await bodyOf(request, read, held);
    const judged: Judged[] = [];
    const settings = { explain: false, signal, now: () => performance.now() };
    for await (const result of judgeTasks(tasksIn(body, { domains, kind: undefined }), verifiers, settings)) {
      signal.throwIfAborted();
      judged.push(result.judged);
    }
    return judged;
  } finally {
    held.bytes -= read.bytes;
  }
};

/** Without a token a page in a browser of this machine could call, too: it says where it comes from, or whom it means. */
const isAllowed = ({ headers }: IncomingMessage, token: string | undefined): boolean => {
  if (!token) return headers.origin === undefined && isMeantForLoopback(headers.host);
  const given = Buffer.from(headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};

interface Held {
  bytes: number;
}

const bodyOf = async (request: IncomingMessage, read: Held, held: Held): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  // Whoever is refused in the middle of it is still to be told why.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    read.bytes += chunk.length;
    held.bytes += chunk.length;
    if (read.bytes > LARGEST_BODY) throw new Refusal(413, `a body has at most ${LARGEST_BODY} bytes; send several`);
    if (held.bytes > MOST_HELD) throw new Refusal(503, 'too many bytes of other requests are in hand; send it again');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** The array is not read whole: its elements are parted, and each is read as a line of the command is. */
async function* tasksIn(body: Buffer, how: ReadHow): AsyncGenerator<Asked> {
  const [head, tail] = [body.subarray(0, 100), body.subarray(-100)].map((part) => part.toString('latin1').trim());
  if (!head?.startsWith('[') || !tail?.endsWith(']'))
    throw new Refusal(400, 'the body is no JSON array of {"answer": …, "response": …}');
  let row = 0;
  for await (const elements of splitArray(inTurns(body), MOST_BYTES))
    for (const element of elements) yield readTask({ ...element, line: ++row }, how);
}

/** Others get a turn at every piece. */
async function* inTurns(body: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < body.length; from += PIECE) {
    await nextTurn();
    yield body.subarray(from, from + PIECE);
  }
}

const PIECE = 64 * 1024;

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

/** A grader of the configuration may say the key that it is asked with. */
const send = (response: ServerResponse, status: number, value: unknown, mask: Mask): void => {
  const text = JSON.stringify(value, (_key, one) => (typeof one === 'string' ? mask(one) : one));
  // The rest of a body that is refused is not waited for.
  const headers = { 'content-type': 'application/json', ...(status !== 200 && { connection: 'close' }) };
  response.writeHead(status, headers).end(text);
};
