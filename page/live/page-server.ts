import { timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Feed, makeFeed } from './feed.ts';
import { isMeantForLoopback } from './loopback.ts';

/** What a page shows; it reads, and changes nothing. */
export interface PageSource {
  /** Where the runs stand, as plain JSON: `runs`, and `comparisons` of the first with the others. */
  look(): Promise<object>;
  /** In the order of `look`. */
  readonly runs: readonly ProblemSource[];
}

export interface ProblemSource {
  /** One problem's whole way; null where the store does not know the id. */
  problem(id: string): Promise<object | null>;
  /** The last problems that fit, what is left out does not matter; null where such a level or state is none. */
  search(wanted: PageSearch): Promise<readonly object[] | null>;
}

export interface PageSearch {
  readonly text?: string;
  readonly level?: string;
  readonly state?: string;
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
  close(): Promise<void>;
}

/** Serves the page. Rejects with what the system says where the address cannot be taken. */
export const openPage = async (source: PageSource, settings: PageSettings): Promise<OpenPage> => {
  const feed = makeFeed(source.look, settings.everyMilliseconds);
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
    close: async () => {
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
  const run = source.runs[Number(url.searchParams.get('run') ?? 0)];
  if (url.pathname === '/problem' && run) {
    const found = await run.problem(url.searchParams.get('id') ?? '');
    return found ? sendJson(response, 200, found) : sendJson(response, 404, nothing('problem of this id'));
  }
  if (url.pathname === '/search' && run) {
    const hits = await run.search(wantedOf(url.searchParams));
    return hits ? sendJson(response, 200, { hits }) : sendJson(response, 404, nothing('level or state of this name'));
  }
  const file = Object.hasOwn(files, url.pathname) ? files[url.pathname] : undefined;
  if (!file) return send(response, 404, 'text/plain', 'there is nothing here\n');
  const type = typeOf[file.pathname.slice(file.pathname.lastIndexOf('.') + 1)] ?? 'text/plain';
  send(response, 200, type, readFileSync(fileURLToPath(file), 'utf8'));
};

const wantedOf = (asked: URLSearchParams): PageSearch => {
  const pairs = (['text', 'level', 'state'] as const).map((name) => [name, asked.get(name)?.slice(0, 1000)]);
  return Object.fromEntries(pairs.filter(([, value]) => value));
};

const nothing = (what: string) => ({ missing: `no ${what} is in the store` });

const own = (name: string) => new URL(`./client/${name}`, import.meta.url);
const packaged = (name: string) => new URL(import.meta.resolve(name));
const typeOf: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
};

const scripts = [
  ...['page.js', 'page.css', 'flow.js', 'numbers.js', 'overview.js', 'quality.js', 'problems.js'],
  ...['side-by-side.js', 'comparison.js', 'bars.js', 'table.js', 'text.js'],
];

/** Everything that a browser may fetch: the page's own files and the packages that draw it. */
const files: Readonly<Record<string, URL>> = {
  '/': own('page.html'),
  ...Object.fromEntries(scripts.map((name) => [`/${name}`, own(name)])),
  '/view.js': packaged('htm/preact/standalone'),
  '/katex/katex.mjs': packaged('katex'),
  '/katex/contrib/auto-render.mjs': packaged('katex/contrib/auto-render'),
  '/prism.js': packaged('prismjs/components/prism-core.min.js'),
  '/prism-python.js': packaged('prismjs/components/prism-python.min.js'),
};

const isMeant = ({ headers }: IncomingMessage, { token }: PageSettings): boolean =>
  token !== null || isMeantForLoopback(headers.host);

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

const sendJson = (response: ServerResponse, status: number, body: object): void =>
  send(response, status, 'application/json', JSON.stringify(body));

const send = (response: ServerResponse, status: number, type: string, text: string): void => {
  response.writeHead(status, { 'content-type': type, ...guarded }).end(text);
};
