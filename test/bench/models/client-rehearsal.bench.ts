/**
 * How many requests a second the rehearsal server answers, so that it is known not to be what a benchmark measures; and
 * what the whole client holds in flight in one process. `node test/bench/models/client-rehearsal.bench.ts`
 */
import { fork } from 'node:child_process';
import { Pool } from 'undici';
import { openChatModel } from '../../../llm/models.ts';
import { rehearsalProblem } from '../../../rehearsal/exercises/problems.ts';
import { startRehearsal } from '../../../rehearsal/server/server.ts';

const messagesOf = (index: number) => [{ role: 'user' as const, content: rehearsalProblem(1, index).statement }];
const bodies = Array.from({ length: 1000 }, (_none, index) =>
  JSON.stringify({ model: 'student', messages: messagesOf(index), max_tokens: 256 }),
);

/** Starts the server in a process of its own; gives its URL. */
const start = async (milliseconds: number) => {
  const server = fork(import.meta.filename, ['serve', String(milliseconds)]);
  const url = await new Promise<string>((listening) => server.once('message', (one) => listening(String(one))));
  return { server, url };
};

const throughput = async (calls: number): Promise<number> => {
  const { server, url } = await start(0);
  const pool = new Pool(url, { connections: 64 });
  let next = 0;
  const worker = async () => {
    while (next < calls) {
      const body = bodies[next++ % bodies.length]!;
      const reply = await pool.request({ path: '/v1/chat/completions', method: 'POST', body });
      await reply.body.dump({ limit: 1e6 });
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: 64 }, worker));
  const seconds = (performance.now() - started) / 1000;
  server.kill();
  return calls / seconds;
};

const held = async (inFlight: number) => {
  const { server, url } = await start(10_000);
  const journal = { get: async () => undefined, put: async () => {} };
  const settings = { baseUrl: `${url}/v1`, model: 'student', maxTokens: 256, concurrency: inFlight, stream: false };
  const { ask } = openChatModel(settings, { journal });
  const run = new AbortController();
  const asked = Array.from({ length: inFlight }, (_none, index) =>
    ask({ problem: String(index), messages: messagesOf(index), sample: 0 }, run.signal).catch(() => null),
  );
  let most = 0;
  for (let turn = 0; turn < 40 && most < inFlight; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const stats = (await (await fetch(`${url}/stats`)).json()) as { maxInFlight: number };
    most = stats.maxInFlight;
  }
  const megabytes = process.memoryUsage().rss / 2 ** 20;
  run.abort();
  await Promise.all(asked);
  server.kill();
  return { most, megabytes };
};

const measure = async (): Promise<void> => {
  console.log('| what | figure |\n|---|---|');
  console.log(`| rehearsal server, requests/s over 64 connections | ${Math.round(await throughput(20_000))} |`);
  const { most, megabytes } = await held(4000);
  console.log(`| calls in flight of 4,000 asked for, by the server's count | ${most} |`);
  console.log(`| resident memory of the client with them, MB | ${Math.round(megabytes)} |`);
  process.exit(0);
};

if (process.argv[2] === 'serve') {
  const { url } = await startRehearsal({ latency: { milliseconds: Number(process.argv[3]) } });
  process.send!(url);
} else await measure();
