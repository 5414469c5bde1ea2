import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RehearsalChanges, type RehearsalSettings, withDefaults } from '../models/settings.ts';
import { batches } from './batches.ts';
import { post } from './post.ts';
import { sendJson } from './respond.ts';
import { type Counts, counts, type RehearsalStats } from './stats.ts';

export interface Rehearsal {
  /** `http://127.0.0.1:port`; chat under `/v1`, the process reward model at `/pooling`, counts at `/stats`. */
  readonly url: string;
  stats(): RehearsalStats;
  close(): Promise<void>;
}

/**
 * Starts the simulated models as an OpenAI-compatible server on loopback. Answers depend on the seed, the problem and
 * the request's own `seed` only, never on time or order; faults on the running number of the request.
 */
export const startRehearsal = async (changes: RehearsalChanges = {}): Promise<Rehearsal> => {
  const settings = withDefaults(changes);
  const count = counts();
  const batching = batches(settings, count);
  const server = createServer((request, response) => {
    if (batching.handle(request, response)) return;
    if (request.method === 'POST') void post(request, response, settings, count);
    else get(request, response, settings, count);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(settings.port, '127.0.0.1', 4096, listening);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stats: count.stats,
    close: () =>
      new Promise((closed) => {
        batching.close();
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

const get = (request: IncomingMessage, response: ServerResponse, settings: RehearsalSettings, count: Counts) => {
  if (request.url === '/stats') return sendJson(response, 200, count.stats());
  if (request.url?.endsWith('/models')) return sendJson(response, 200, models(settings));
  sendJson(response, 404, { error: { message: 'not found', code: 404 } });
};

const models = (settings: RehearsalSettings) => ({
  object: 'list',
  data: ['rehearsal-teacher', 'rehearsal-prm', ...Object.keys(settings.students)].map((id) => ({
    id,
    object: 'model',
    owned_by: 'sluice-rehearsal',
    root: `${id}@${settings.seed}`,
  })),
});
