import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopback, isMeantForLoopback } from '../../../page/live/loopback.ts';
import { UsageError } from '../../config/error.ts';

/** What `--listen` serves. */
export interface Served {
  readonly contentType: string;
  metrics(): Promise<string>;
  /** Whether the run goes on, in which phase, and whether its store or broker answers. */
  health(): Health;
}

export interface Health {
  readonly ok: boolean;
  readonly phase: string;
  /** It works: what it looks at answers, and has answered lately. */
  readonly ready: boolean;
  /** Seconds since the store or the broker last answered; null where it never did. */
  readonly answeredSecondsAgo: number | null;
}

export interface Listening {
  readonly url: string;
  /** Others than this machine may reach it, and no token is asked for: scrapers and probes bring none. */
  readonly isOpen: boolean;
  close(): void;
}

/** Serves `/metrics`, `/healthz` (it lives) and `/readyz` (it works) at `HOST:PORT`. Throws a UsageError where the address is no address, or is taken. */
export const listen = async (address: string, served: Served): Promise<Listening> => {
  const { host, port } = parseAddress(address);
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (isLoopback(host) && !isMeantForLoopback(request.headers.host))
      answer(response, 403, 'text/plain', 'not under this name\n');
    else if (request.method !== 'GET' && request.method !== 'HEAD') answer(response, 405, 'text/plain', 'only GET\n');
    else if (path === '/metrics') void sendMetrics(response, served);
    else if (path === '/healthz') sendHealth(response, served, 'ok');
    else if (path === '/readyz') sendHealth(response, served, 'ready');
    else answer(response, 404, 'text/plain', '/metrics, /healthz and /readyz are here\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(address, error)));
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    isOpen: !isLoopback(host),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const parseAddress = (address: string): { host: string; port: number } => {
  const found = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(address);
  const port = Number(found?.[3]);
  if (!found || port > 65_535)
    throw new UsageError(`--listen ${address}: wants HOST:PORT, such as 127.0.0.1:9464 (port 0 takes any free one)`);
  return { host: (found[1] ?? found[2]) as string, port };
};

const cannotListen = (address: string, error: Error): UsageError =>
  new UsageError(
    `--listen ${address}: cannot listen there (${(error as NodeJS.ErrnoException).code ?? error.message})`,
  );

const sendMetrics = async (response: ServerResponse, { metrics, contentType }: Served): Promise<void> => {
  try {
    answer(response, 200, contentType, await metrics());
  } catch {
    answer(response, 500, 'text/plain', 'the figures could not be put together\n');
  }
};

const sendHealth = (response: ServerResponse, { health }: Served, asked: 'ok' | 'ready'): void => {
  const found = health();
  answer(response, found[asked] ? 200 : 503, 'application/json', `${JSON.stringify(found)}\n`);
};

const answer = (response: ServerResponse, status: number, type: string, text: string): void => {
  response.writeHead(status, { 'content-type': type }).end(text);
};
