import { timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Feed, makeFeed } from './feed.ts';

/** What a page shows; it reads, and changes nothing. */
export interface PageSource {
  /** Where the run stands, as plain JSON. */
  status(): Promise<object>;
  /** One problem's whole way; null where the store does not know the id. */
  problem(id: string): Promise<object | null>;
}

export interface PageSettings {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** What a browser must bring; null: nothing, on loopback only. */
  readonly token: string | null;
  /** Between two looks, while somebody looks. */
  readonly everyMilliseconds: number;
}

export interface OpenPage {
  readonly url: string;
  close(): void;
}

/** Serves the page of a run. Rejects with what the system says where the address cannot be taken. */
export const openPage = async (source: PageSource, settings: PageSettings): Promise<OpenPage> => {
  const feed = makeFeed(source.status, settings.everyMilliseconds);
  const server = createServer((request, response) => {
    void answer(request, response, source, feed, settings).catch(() => {
      if (!response.headersSent) send(response, 500, 'text/plain', 'this could not be read; the run goes on\n');
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  const token = settings.token === null ? '' : `?token=${encodeURIComponent(settings.token)}`;
  return {
    url: `http://${host}:${port}/${token}`,
    close: () => {
      feed.close();
      server.close();
      server.closeAllConnections();
    },
  };
};

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  source: PageSource,
  feed: Feed,
  settings: PageSettings,
): Promise<void> => {
  const url = new URL(request.url ?? '/', 'http://page');
  if (request.method !== 'GET') return send(response, 405, 'text/plain', 'this page only reads\n');
  if (!isMeant(request, settings)) return send(response, 403, 'text/plain', 'not under this name\n');
  if (!isAllowed(request, url, settings.token)) return send(response, 401, 'text/plain', 'the token is missing\n');
  if (url.searchParams.has('token')) return keepToken(response, url.searchParams.get('token') ?? '');
  if (url.pathname === '/events') return feed.listen(response);
  if (url.pathname === '/problem') {
    const found = await source.problem(url.searchParams.get('id') ?? '');
    const body = found ?? { missing: 'no problem of this id is in the store' };
    return send(response, found ? 200 : 404, 'application/json', JSON.stringify(body));
  }
  const file = Object.hasOwn(files, url.pathname) ? files[url.pathname] : undefined;
  if (!file) return send(response, 404, 'text/plain', 'there is nothing here\n');
  send(response, 200, file.type, readFileSync(fileURLToPath(file.place), 'utf8'));
};

const client = (name: string) => new URL(`./client/${name}`, import.meta.url);
const files: Readonly<Record<string, { readonly type: string; readonly place: URL }>> = {
  '/': { type: 'text/html; charset=utf-8', place: client('page.html') },
  '/page.js': { type: 'text/javascript; charset=utf-8', place: client('page.js') },
  '/page.css': { type: 'text/css; charset=utf-8', place: client('page.css') },
  '/view.js': {
    type: 'text/javascript; charset=utf-8',
    place: new URL(import.meta.resolve('htm/preact/standalone')),
  },
};

/** On loopback another name in the request is a foreign page that had its own name resolved to here. */
const isMeant = ({ headers }: IncomingMessage, { token }: PageSettings): boolean =>
  token !== null || /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d+)?$/.test(headers.host ?? '');

const isAllowed = ({ headers }: IncomingMessage, url: URL, token: string | null): boolean => {
  if (token === null) return true;
  const kept = /(?:^|;\s*)sluice=([^;]{1,200})/.exec(headers.cookie ?? '')?.[1];
  return [url.searchParams.get('token'), kept && decodeURIComponent(kept)].some(
    (one) => one != null && same(one, token),
  );
};

const same = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/** Out of the address, where it would be kept and shown. */
const keepToken = (response: ServerResponse, token: string): void => {
  const cookie = `sluice=${encodeURIComponent(token)}; HttpOnly; SameSite=Strict; Path=/`;
  response.writeHead(303, { location: '/', 'set-cookie': cookie }).end();
};

export const guarded = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const send = (response: ServerResponse, status: number, type: string, text: string): void => {
  response.writeHead(status, { 'content-type': type, ...guarded }).end(text);
};
