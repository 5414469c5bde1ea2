import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How far a batch has come at its client when the client dies, in the order of the way. */
export const batchSteps = ['gathered', 'uploaded', 'created', 'polling', 'half fetched', 'fetched'] as const;
export type BatchStep = (typeof batchSteps)[number];

/** Stands before a server with a batch API, passes everything on, and keeps its own book of the rows. */
export interface BatchGate {
  /** Of a client that stays. */
  readonly url: string;
  /** Of a client that is to die. */
  readonly doomed: string;
  /** Resolves when the doomed client has come so far the next time: the request that shows it is not answered, or by half. */
  reached(step: BatchStep): Promise<void>;
  /** Rows that were sent more often than they came back without an answer and once more. */
  sentTooOften(): string[];
  /** Rows that were answered more than once: each is a bill. */
  billedTwice(): string[];
  rows(): number;
  /** The most rows that were sent and had not come back yet. */
  mostOpen(): number;
  close(): Promise<void>;
}

interface Row {
  sent: number;
  answered: number;
  unanswered: number;
}

export const batchGate = async (target: string): Promise<BatchGate> => {
  const rows = new Map<string, Row>();
  const files = new Map<string, string[]>();
  /** Files of results that were read into the book. */
  const booked = new Set<string>();
  let mostOpen = 0;
  let waiting: { readonly step: BatchStep; readonly reached: () => void } | null = null;

  const reach = (step: BatchStep): boolean => {
    if (waiting?.step !== step) return false;
    waiting.reached();
    waiting = null;
    return true;
  };

  const rowOf = (id: string): Row => {
    const row = rows.get(id) ?? { sent: 0, answered: 0, unanswered: 0 };
    rows.set(id, row);
    return row;
  };

  const created = (body: string): void => {
    const { input_file_id } = JSON.parse(body) as { input_file_id: string };
    for (const id of files.get(input_file_id) ?? []) rowOf(id).sent++;
    const open = [...rows.values()].reduce((sum, row) => sum + row.sent - row.answered - row.unanswered, 0);
    mostOpen = Math.max(mostOpen, open);
  };

  const book = (file: string, text: string): void => {
    if (booked.has(file)) return;
    booked.add(file);
    for (const line of text.trim().split('\n')) {
      const { custom_id, response } = JSON.parse(line) as {
        custom_id: string;
        response: { status_code: number } | null;
      };
      if (response?.status_code === 200) rowOf(custom_id).answered++;
      else rowOf(custom_id).unanswered++;
    }
  };

  /** Passes a request on, unless its client is to die before or after. */
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url: path = '' } = request;
    const url = path.replace(/^\/doomed/, '');
    const isReached = (step: BatchStep): boolean => url !== path && reach(step);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const isUpload = method === 'POST' && url.endsWith('/files');
    const isCreate = method === 'POST' && url.endsWith('/batches');
    const file = /\/files\/([\w-]+)\/content$/.exec(url)?.[1];
    if (isUpload && isReached('gathered')) return;
    if (isCreate && isReached('uploaded')) return;
    if (method === 'GET' && /\/batches\/[\w-]+$/.test(url) && isReached('polling')) return;
    const headers = { 'content-type': request.headers['content-type'] ?? 'application/json' };
    const answer = await fetch(target + url, { method, headers, ...(method === 'POST' && { body }) });
    const text = await answer.text();
    if (isUpload) files.set((JSON.parse(text) as { id: string }).id, idsIn(body.toString()));
    if (isCreate) created(body.toString());
    if (isCreate && isReached('created')) return;
    if (file !== undefined) book(file, text);
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
    if (file !== undefined && url !== path && waiting?.step === 'half fetched') {
      response.write(text.slice(0, text.length >> 1), () => isReached('half fetched'));
      return;
    }
    response.end(text, () => {
      if (file !== undefined) isReached('fetched');
    });
  };

  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const rowsWhere = (is: (row: Row) => boolean): string[] => [...rows].flatMap(([id, row]) => (is(row) ? [id] : []));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    doomed: `${url}/doomed`,
    reached: (step) =>
      new Promise((reached) => {
        waiting = { step, reached };
      }),
    sentTooOften: () => rowsWhere(({ sent, unanswered }) => sent > unanswered + 1),
    billedTwice: () => rowsWhere(({ answered }) => answered > 1),
    rows: () => rows.size,
    mostOpen: () => mostOpen,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

const idsIn = (form: string): string[] => [...form.matchAll(/"custom_id":"([^"]+)"/g)].map(([, id]) => id as string);
