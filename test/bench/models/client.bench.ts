/**
 * CPU a model call: the whole client (journal, budget, limiter, retries, checks) against the bare openai SDK making the
 * same calls, 256 in flight, in one process run after another against one server in a process of its own.
 * `node test/bench/models/client.bench.ts [calls]`
 */
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import OpenAI from 'openai';
import { Agent, fetch } from 'undici';
import { openChatModel } from '../../../llm/models.ts';
import { openBudget } from '../../../llm/money/budget.ts';
import { tableLedger } from '../../../llm/money/ledger.ts';
import type { JournalEntry } from '../../../llm/port.ts';

const inFlight = 256;
const rounds = 5;
const calls = Number(process.argv[2] ?? 4000);

type Call = (index: number) => Promise<unknown>;

/** Answers everything at once with 16 KB, plainly or as a stream of 64 pieces. */
const serve = async (): Promise<void> => {
  const text = 'So the next step follows from the one before it. '.repeat(330);
  const head = { id: 'c', model: 'm', created: 1 };
  const usage = { prompt_tokens: 100, completion_tokens: 4000, total_tokens: 4100 };
  const choice = { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } };
  const plain = Buffer.from(JSON.stringify({ ...head, object: 'chat.completion', choices: [choice], usage }));
  const event = (choices: object[], rest = {}) =>
    `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...rest })}\n\n`;
  const pieces = Array.from({ length: 64 }, (_none, index) => text.slice(index * 256, (index + 1) * 256));
  const streamed = Buffer.from(
    pieces.map((content) => event([{ index: 0, delta: { content }, finish_reason: null }])).join('') +
      event([{ index: 0, delta: {}, finish_reason: 'stop' }]) +
      event([], { usage }) +
      'data: [DONE]\n\n',
  );
  const server = createServer(async (request, response) => {
    let asked = '';
    for await (const chunk of request) asked += chunk;
    const stream = asked.includes('"stream":true');
    const body = stream ? streamed : plain;
    const type = stream ? 'text/event-stream' : 'application/json';
    response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);
  });
  server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));
};

const messagesOf = (index: number) => [
  { role: 'user' as const, content: `${index}: ${'a question of words '.repeat(20)}` },
];

const bare = (url: string, stream: boolean): Call => {
  const dispatcher = new Agent({ connections: inFlight, headersTimeout: 0, bodyTimeout: 0 });
  const client = new OpenAI({
    baseURL: `${url}/v1`,
    apiKey: 'x',
    maxRetries: 0,
    fetch: fetch as unknown as typeof globalThis.fetch,
    fetchOptions: { dispatcher } as object,
  });
  return async (index) => {
    const body = { model: 'm', messages: messagesOf(index), max_tokens: 4096 };
    if (!stream) return client.chat.completions.create(body);
    let text = '';
    for await (const chunk of await client.chat.completions.create({ ...body, stream: true })) {
      text += chunk.choices[0]?.delta.content ?? '';
    }
    return text;
  };
};

const ours = async (url: string, stream: boolean, budgeted: boolean): Promise<Call> => {
  const entries = new Map<string, JournalEntry>();
  const journal = {
    get: async (_problem: string, key: string) => entries.get(key),
    put: async (_problem: string, key: string, entry: JournalEntry) => void entries.set(key, entry),
  };
  const rows = new Map<string, Uint8Array>();
  const table = {
    put: async (key: string, value: Uint8Array) => void rows.set(key, value),
    async *entries() {
      yield* rows;
    },
  };
  const price = { input: 1, output: 1 };
  const budget = budgeted ? await openBudget({ run: { cost: 1e9 }, models: {} }, tableLedger(table)) : undefined;
  const settings = {
    baseUrl: `${url}/v1`,
    model: 'm',
    apiKey: 'x',
    maxTokens: 4096,
    concurrency: inFlight,
    price,
    stream,
  };
  const { ask } = openChatModel(settings, { journal, budget });
  const run = new AbortController().signal;
  return (index) => ask({ problem: String(index), messages: messagesOf(index), sample: 0 }, run);
};

let next = 0;

/** Milliseconds of CPU a call, user and system. */
const cpuOf = async (call: Call): Promise<number> => {
  const before = process.cpuUsage();
  const last = next + calls;
  const worker = async () => {
    while (next < last) await call(next++);
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / calls;
};

const median = (values: readonly number[]) => [...values].sort((left, right) => left - right)[values.length >> 1]!;

const measure = async (): Promise<void> => {
  const server = fork(import.meta.filename, ['serve']);
  const port = await new Promise<number>((listening) => server.once('message', (one) => listening(Number(one))));
  const url = `http://127.0.0.1:${port}`;
  console.log(
    `| ${calls} calls a round, ${inFlight} in flight, 16 KB answers | CPU ms a call | ratio |\n|---|---|---|`,
  );
  for (const stream of [false, true]) {
    const candidates: [string, Call][] = [
      ['openai SDK alone', bare(url, stream)],
      ['whole client', await ours(url, stream, false)],
      ['whole client, with budget', await ours(url, stream, true)],
    ];
    const times = new Map<string, number[]>(candidates.map(([name]) => [name, []]));
    for (const [, call] of candidates) await cpuOf(call);
    for (let round = 0; round < rounds; round++) {
      for (const [name, call] of candidates) times.get(name)!.push(await cpuOf(call));
    }
    const unit = median(times.get('openai SDK alone')!);
    for (const [name, list] of times) {
      const cpu = median(list);
      console.log(`| ${name}, ${stream ? 'streamed' : 'plain'} | ${cpu.toFixed(3)} | ${(cpu / unit).toFixed(2)} |`);
    }
  }
  server.kill();
  process.exit(0);
};

await (process.argv[2] === 'serve' ? serve() : measure());
