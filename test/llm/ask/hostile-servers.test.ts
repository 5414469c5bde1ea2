import { createServer, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { chatModel } from '../../../llm/ask/chat.ts';
import { prmScorer } from '../../../llm/ask/prm.ts';
import type { Clock } from '../../../llm/clock.ts';
import { endpoint } from '../../../llm/endpoint/endpoint.ts';
import { openBudget } from '../../../llm/money/budget.ts';
import { memoryLedger } from '../../../llm/money/ledger.ts';

/** What a server does once a request has come; whatever it goes on doing ends with the connection. */
type Deed = (socket: Socket) => void;

/** A server of bare bytes: no library keeps it from anything. `written` is what went out, in bytes. */
const bareServer = async (deed: Deed) => {
  const open = new Set<Socket>();
  const counts = { written: 0, connections: 0 };
  const server = createServer((socket) => {
    counts.connections++;
    open.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => {
      counts.written += socket.bytesWritten;
      open.delete(socket);
    });
    socket.once('data', () => deed(socket));
    socket.resume();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    counts,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
};

const head = (...lines: string[]): string => ['HTTP/1.1 200 OK', ...lines, '', ''].join('\r\n');
const events = head('content-type: text/event-stream', 'connection: close');
const object = head('content-type: application/json', 'connection: close');

/** Some bytes now and then, for ever. */
const drip =
  (first: string, piece: string): Deed =>
  (socket) => {
    socket.write(first);
    const timer = setInterval(() => socket.write(piece), 20);
    socket.once('close', () => clearInterval(timer));
  };

/** As much as is taken, for ever. */
const flood =
  (first: string, piece: string | Buffer): Deed =>
  (socket) => {
    socket.write(first);
    const more = (): void => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', more);
    more();
  };

const once =
  (...parts: (string | Buffer)[]): Deed =>
  (socket) => {
    for (const part of parts) socket.write(part);
    socket.end();
  };

const stay =
  (first: string): Deed =>
  (socket) => {
    socket.write(first);
  };

const never = new AbortController().signal;

/** Waits between two tries last for ever: what is looked at is the first. */
const still: Clock = {
  now: () => performance.now(),
  sleep: (_, signal = never) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
};

/** Far above what a call may hold, far below what a server can send. */
const MOST_BYTES = 256 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** What is held, in bytes; what only waits to be collected is not, which much of it does for long. */
const held = (): number => {
  const bytes = (): number => {
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  if (bytes() > MOST_BYTES) collect();
  return bytes();
};

type Role = 'student' | 'teacher' | 'prm';

/** How the first try of a call ends: an answer, an error, or the fault that is waited out. */
const firstEnd = async (role: Role, deed: Deed) => {
  await using server = await bareServer(deed);
  const settings = { baseUrl: server.url, model: 'm', concurrency: 1, idleTimeoutSeconds: 0.1 };
  const door = endpoint(settings, { clock: still });
  const stopping = new AbortController();
  const request = { problem: 'p', messages: [{ role: 'user', content: 'Why?' } as const], sample: 0 };
  const chat = chatModel({ model: 'm', maxTokens: 1 }, { endpoint: door, stream: role === 'teacher' });
  const prm = prmScorer({ model: 'm', api: 'vllm-pooling' }, { endpoint: door });
  const score = { problem: 'p', statement: 's', steps: ['one'], reference: '4', sample: 0 };
  const call = role === 'prm' ? prm(score, stopping.signal) : chat(request, stopping.signal);
  const ended = call.then(
    () => 'answered',
    (error: Error) => `${error.name}: ${error.message}`,
  );
  let most = 0;
  let fault: string | null = null;
  const late = performance.now() + 60_000;
  while (fault === null && performance.now() < late) {
    most = Math.max(most, held());
    const settled = await Promise.race([ended, new Promise<null>((look) => setTimeout(look, 20, null))]);
    fault = settled ?? door.states()[0]?.fault ?? null;
  }
  stopping.abort(new Error('seen'));
  await ended;
  await door.close();
  return { end: fault ?? 'nothing', most, ...server.counts };
};

const slow: Record<string, Deed> = {
  'says nothing': stay(''),
  'stops within the status line': stay('HTTP/1.1 20'),
  'drips headers': drip('HTTP/1.1 200 OK\r\n', 'x-more: 1\r\n'),
  'says to go on, for ever': drip('', 'HTTP/1.1 100 Continue\r\n\r\n'),
  'sends early hints, for ever': drip('', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'),
  'says nothing after its headers': stay(events),
  'promises ten gigabytes': stay(head('content-length: 10000000000')),
  'promises a chunk that does not come': stay(`${head('transfer-encoding: chunked')}FFFFFFF\r\n`),
  'drips spaces': drip(object, ' '),
  'drips comments': drip(events, ': alive\n\n'),
  'drips empty events': drip(events, 'data:\n\n'),
  'drips pieces without a choice': drip(events, 'data: {"choices":[]}\n\n'),
  'drips pieces without a text': drip(events, 'data: {"choices":[{"delta":{"content":""}}]}\n\n'),
  'drips a line of an event': drip(`${events}data: {"`, 'a'),
  'drips an object': drip(`${object}{"choices":"`, 'a'),
  'drips the body of an error': drip('HTTP/1.1 500 Oh\r\n\r\n', 'a'),
  'drips the body of a redirect': drip('HTTP/1.1 307 Away\r\nlocation: /there\r\n\r\n', 'a'),
};

describe.each(['student', 'teacher', 'prm'] as const)('a server that is slow without end, to the %s', (role) => {
  it('ends each call with a name for what it was, in a time that is bounded', async () => {
    const ends = await Promise.all(
      Object.entries(slow).map(async ([name, deed]) => ({ name, ...(await firstEnd(role, deed)) })),
    );
    const named = /no sign of life for|not whole after|answered 500|overflow|bad response/i;
    expect(ends.filter(({ end }) => !named.test(end))).toEqual([]);
    expect(ends.filter(({ connections }) => connections !== 1)).toEqual([]);
  }, 120_000);
});

const spaces = Buffer.alloc(64 * 1024 * 1024, ' ');
const coded = (coding: string, body: Buffer): Deed =>
  once(head(`content-encoding: ${coding}`, 'connection: close'), body);
const bomb = gzipSync(spaces, { level: 1 });
const deep = '['.repeat(2_000_000);

const fast: Record<string, Deed> = {
  'sends headers without end': flood('HTTP/1.1 200 OK\r\n', 'x-more: 1\r\n'.repeat(1000)),
  'sends one header without end': flood('HTTP/1.1 200 OK\r\nx: ', 'a'.repeat(65_536)),
  'sends spaces without end': flood(object, Buffer.alloc(1 << 20, ' ')),
  'sends an object without end': flood(`${object}{"choices":"`, 'a'.repeat(1 << 20)),
  'sends an event without a line break': flood(`${events}data: `, 'a'.repeat(1 << 20)),
  'sends lines of 5 MB': flood(events, `data: {"x":"${'a'.repeat(5 << 20)}"}\n\n`),
  'sends comments without end': flood(events, ': a\n'.repeat(1 << 16)),
  'sends empty pieces without end': flood(events, 'data: {"choices":[]}\n\n'.repeat(1 << 12)),
  'sends data lines that no blank line ends': flood(events, 'data: a\n'.repeat(1 << 16)),
  'sends the body of an error without end': flood('HTTP/1.1 500 Oh\r\n\r\n', 'a'.repeat(1 << 16)),
  'sends a gzip bomb': coded('gzip', bomb),
  'sends a gzip bomb in gzip': coded('gzip, gzip', gzipSync(bomb)),
  'sends a brotli bomb': coded('br', brotliCompressSync(spaces, { params: { 1: 1 } })),
  'sends a zstd bomb': coded('zstd', zstdCompressSync(spaces)),
  'names a coding a thousand times': coded(Array(1000).fill('gzip').join(', '), gzipSync('{}')),
  'sends no gzip but its first byte': coded('gzip', Buffer.from([0x1f, 0, 0, 0])),
  'nests an object two million times': once(object, `{"choices":${deep}`),
  'nests an error two million times': once(object, `{"error":${deep}${']'.repeat(2_000_000)}}`),
  'sends a hundred thousand choices': once(object, `{"choices":[${'0,'.repeat(100_000)}0]}`),
  'redirects in a circle': (socket) => {
    const again = () => socket.write('HTTP/1.1 307 Away\r\nlocation: /there\r\ncontent-length: 0\r\n\r\n');
    socket.on('data', again);
    again();
  },
  'redirects to another origin': once(
    'HTTP/1.1 307 Away\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n',
  ),
  'redirects to a file': once('HTTP/1.1 302 Away\r\nlocation: file:///etc/passwd\r\ncontent-length: 0\r\n\r\n'),
  'changes the protocol': once('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
  'speaks no HTTP': once('SSH-2.0-OpenSSH_9.6\r\n'),
  'gives two lengths': once(head('content-length: 2', 'content-length: 3'), '{}'),
  'sends bytes of a bad encoding': once(object, Buffer.alloc(1000, 0xff)),
};

describe('a server that sends what nobody can take', () => {
  it.each(Object.entries(fast))(
    '%s: the call ends with a name for it, and holds no more than a call may',
    async (_name, deed) => {
      // The teacher's answers are read as the student's.
      for (const role of ['student', 'prm'] as const) {
        const { end, most, connections } = await firstEnd(role, deed);
        expect(end).not.toMatch(/^(?:nothing|answered)$|TypeError|not a function/);
        expect(end.length).toBeLessThan(2000);
        expect(most).toBeLessThan(MOST_BYTES);
        expect(connections).toBe(1);
      }
    },
    120_000,
  );
});

describe('a count of tokens that is a lie', () => {
  const lie = { prompt_tokens: 9e15, completion_tokens: 9e15, total_tokens: 9e15 };
  const wordy = 'a b c '.repeat(200);
  const said = (content: string): string =>
    JSON.stringify({ choices: [{ message: { content }, finish_reason: 'stop' }], usage: lie });
  const messages = [{ role: 'user', content: 'Why?' }] as const;

  /** Asks until the budget refuses, 50 times at most: how often the server was asked, and what was counted. */
  const spentOn = async (answer: string) => {
    await using server = await bareServer(once(`${object}${answer}`));
    const budget = await openBudget({ run: { tokens: 20_000 }, models: {} }, memoryLedger());
    const settings = { baseUrl: server.url, model: 'm', concurrency: 1, maxAttempts: 1 };
    const door = endpoint(settings, { budget });
    const ask = chatModel({ model: 'm', maxTokens: 100 }, { endpoint: door, stream: false });
    for (let sample = 0; sample < 50; sample++)
      await ask({ problem: 'p', messages, sample }, new AbortController().signal).catch(() => {});
    await door.close();
    return { asked: server.counts.connections, spent: budget.state().run.spent.tokens };
  };

  it('uses no more of a budget than the call could take', async () => {
    const { asked, spent } = await spentOn(said('x'));
    expect(asked).toBe(50);
    expect(spent).toBeLessThanOrEqual(50 * 200);
  });

  it('counts what was written, where that is more', async () => {
    const { spent } = await spentOn(said(wordy));
    expect(spent).toBeGreaterThanOrEqual(1000);
    expect(spent).toBeLessThanOrEqual(20_000 + wordy.length + 200);
  });

  it('uses no more of it where the answer cannot be read either', async () => {
    const { asked, spent } = await spentOn(JSON.stringify({ choices: [], usage: lie }));
    expect(spent).toBeLessThanOrEqual(asked * 200);
  });
});
