/**
 * CPU a model call: the whole client over a pool of three servers against the same over one of them, each at 192 calls
 * in flight altogether, in one process turn by turn; the servers are processes of their own.
 * `node test/bench/models/pool.bench.ts [calls]`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openChatModel } from '../../../llm/models.ts';
import type { JournalEntry } from '../../../llm/port.ts';
import { message } from '../message.ts';

const inFlight = 192;
const rounds = 9;
const calls = Number(process.argv[2] ?? 4000);

/** Answers everything at once with 4 KB. */
const serve = (): void => {
  const text = 'So the next step follows from the one before it. '.repeat(82);
  const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } };
  const usage = { prompt_tokens: 100, completion_tokens: 1000, total_tokens: 1100 };
  const body = Buffer.from(JSON.stringify({ id: 'c', object: 'chat.completion', choices: [choice], usage }));
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
};

type Call = (index: number) => Promise<unknown>;

const clientOf = (urls: readonly string[]): Call => {
  const entries = new Map<string, JournalEntry>();
  const journal = {
    get: async (_problem: string, key: string) => entries.get(key),
    put: async (_problem: string, key: string, entry: JournalEntry) => void entries.set(key, entry),
  };
  const [first = ''] = urls;
  const served =
    urls.length === 1
      ? { baseUrl: first, concurrency: inFlight }
      : { baseUrl: '', concurrency: inFlight / urls.length, endpoints: urls.map((baseUrl) => ({ baseUrl })) };
  const { ask } = openChatModel({ ...served, model: 'm', apiKey: 'x', maxTokens: 4096, stream: false }, { journal });
  const run = new AbortController().signal;
  const content = 'a question of words '.repeat(20);
  return (index) =>
    ask({ problem: String(index), messages: [{ role: 'user', content: `${index}: ${content}` }], sample: 0 }, run);
};

let next = 0;

/** Milliseconds of CPU a call, user and system. */
const cpuOf = async (call: Call): Promise<number> => {
  const before = process.cpuUsage();
  const last = next + calls;
  const worker = async (): Promise<void> => {
    while (next < last) await call(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / calls;
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

const measure = async (): Promise<void> => {
  const servers: ChildProcess[] = Array.from({ length: 3 }, () => fork(import.meta.filename, ['serve']));
  const urls = (await Promise.all(servers.map((server) => message<number>(server)))).map(
    (port) => `http://127.0.0.1:${port}/v1`,
  );
  const [one, pool] = [clientOf(urls.slice(0, 1)), clientOf(urls)];
  for (const call of [one, pool]) await cpuOf(call);
  const times: { one: number; pool: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    // In turns, so that neither has the warmer process always.
    const first = round % 2 === 0 ? await cpuOf(one) : null;
    const second = await cpuOf(pool);
    times.push({ one: first ?? (await cpuOf(one)), pool: second });
  }
  const [alone, together] = [median(times.map((time) => time.one)), median(times.map((time) => time.pool))];
  const ratio = median(times.map((time) => time.pool / time.one));
  console.log(`| ${calls} calls a round, ${inFlight} in flight, 4 KB answers | CPU ms a call | ratio |\n|---|---|---|`);
  console.log(
    `| one server | ${alone.toFixed(3)} | 1 |\n| three servers | ${together.toFixed(3)} | ${ratio.toFixed(2)} |`,
  );
  for (const server of servers) server.kill();
  process.exit(0);
};

await (process.argv[2] === 'serve' ? serve() : measure());
