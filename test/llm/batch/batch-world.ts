import type { BatchRecord, BatchStore } from '../../../llm/batch/record.ts';
import type { Answer, Connection } from '../../../llm/http/connect/connection.ts';
import type { Journal, JournalEntry } from '../../../llm/port.ts';

interface Line {
  readonly custom_id: string;
  readonly body: { readonly messages: readonly { readonly content: string }[] };
}

interface Batch {
  readonly id: string;
  readonly metadata: unknown;
  readonly lines: readonly Line[];
  looks: number;
}

export interface Server {
  /** How often each row was answered, and so paid for. */
  readonly bills: Map<string, number>;
  /** How often each row was sent. */
  readonly sent: Map<string, number>;
  readonly batches: Map<string, Batch>;
  /** Rows, by their question, that expire the first time. */
  readonly expiring: Set<string>;
  /** Rows whose answer is a 500 the first time, and that are refused for good. */
  readonly failing: Set<string>;
  readonly refused: Set<string>;
  readonly cancelled: Set<string>;
  /** No batch comes to its end. */
  isHeld: boolean;
}

export const makeServer = (): Server => ({
  bills: new Map(),
  sent: new Map(),
  batches: new Map(),
  expiring: new Set(),
  failing: new Set(),
  refused: new Set(),
  cancelled: new Set(),
  isHeld: false,
});

/** A process that dies at its n-th operation: before or after what it does takes effect, and nobody hears of it. */
export interface Life {
  left: number;
  readonly dies: 'before' | 'after';
}

/** Does what an operation does, unless the process is dead by then. */
export const living =
  (life: Life) =>
  async <T>(work: () => T): Promise<T> => {
    await new Promise((resolve) => setImmediate(resolve));
    const never = new Promise<never>(() => {});
    if (life.left-- > 1) return work();
    if (life.left === 0 && life.dies === 'after') work();
    return never;
  };

/** The batch API of a server, without a network, as a process sees it that may die. */
export const connectionTo = (server: Server, life: Life): Connection => {
  const alive = living(life);
  const files = filesOf(server);
  const json = (value: unknown): Answer => answerOf(JSON.stringify(value));
  const results = (batch: Batch): string =>
    batch.lines.map((line) => `${JSON.stringify(resultOf(server, batch, line))}\n`).join('');
  const get = (path: string): Answer => {
    const file = /\/files\/(.+)\/content/.exec(path)?.[1];
    if (file) return answerOf(results(server.batches.get(file.slice(4)) as Batch));
    const id = /\/batches\/(.+)/.exec(path)?.[1];
    const shown = (one: Batch) => ({
      ...{ id: one.id, status: statusOf(server, one), metadata: one.metadata },
      output_file_id: `out-${one.id}`,
    });
    if (id) return json(shown(server.batches.get(id) as Batch));
    return json({ data: [...server.batches.values()].map(shown) });
  };
  return {
    get: (path) => alive(() => get(path)),
    upload: (_path, _fields, { text }) =>
      alive(() => {
        files.push(text);
        return json({ id: `file-${files.length - 1}` });
      }),
    post: (path, body) =>
      alive(() => {
        const cancelled = /\/batches\/(.+)\/cancel/.exec(path)?.[1];
        if (cancelled) return json({ id: server.cancelled.add(cancelled) && cancelled });
        const { input_file_id, metadata } = body as { input_file_id: string; metadata: unknown };
        const lines = (files[Number(input_file_id.slice(5))] as string).trim().split('\n');
        const batch = {
          id: `b${server.batches.size}`,
          metadata,
          lines: lines.map((line) => JSON.parse(line) as Line),
          looks: 0,
        };
        server.batches.set(batch.id, batch);
        for (const { custom_id } of batch.lines) server.sent.set(custom_id, (server.sent.get(custom_id) ?? 0) + 1);
        return json({ id: batch.id });
      }),
    close: async () => {},
  } as Connection;
};

const statusOf = (server: Server, one: Batch): string => {
  if (server.cancelled.has(one.id)) return 'cancelled';
  return server.isHeld || one.looks++ < 2 ? 'in_progress' : 'completed';
};

const stored = new WeakMap<Server, string[]>();
const filesOf = (server: Server): string[] => {
  const files = stored.get(server) ?? [];
  stored.set(server, files);
  return files;
};

const done = new WeakMap<Batch, Map<string, object>>();

/** The same row of the same batch is made once, however often it is fetched. */
const resultOf = (server: Server, batch: Batch, line: Line): object => {
  const made = done.get(batch) ?? new Map<string, object>();
  done.set(batch, made);
  const known = made.get(line.custom_id);
  if (known) return known;
  const { custom_id, body } = line;
  const question = body.messages[0]?.content ?? '';
  const answer = (status_code: number, inner: unknown) => ({ custom_id, response: { status_code, body: inner } });
  const result = ((): object => {
    // What was cancelled had got as far as its first row.
    if (server.cancelled.has(batch.id) && line !== batch.lines[0])
      return { custom_id, response: null, error: { code: 'batch_cancelled' } };
    if (server.expiring.delete(question)) return { custom_id, response: null, error: { code: 'batch_expired' } };
    if (server.failing.delete(question)) return answer(500, { error: { message: 'out of luck' } });
    if (server.refused.has(question)) return answer(400, { error: { message: 'too odd' } });
    server.bills.set(custom_id, (server.bills.get(custom_id) ?? 0) + 1);
    const choices = [{ finish_reason: 'stop', message: { role: 'assistant', content: `answer to ${question}` } }];
    return answer(200, { choices, usage: { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 } });
  })();
  made.set(custom_id, result);
  return result;
};

const answerOf = (text: string): Answer => ({
  headers: new Map(),
  body: (async function* () {
    // In small pieces, so that lines are cut.
    for (let at = 0; at < text.length; at += 100) yield Buffer.from(text.slice(at, at + 100));
  })(),
});

/** A store and a journal that outlive the process. */
export const disk = () => {
  const records = new Map<string, BatchRecord>();
  const entries = new Map<string, JournalEntry>();
  return {
    records,
    entries,
    storeOf: (life: Life): BatchStore => {
      const alive = living(life);
      return {
        all: () => alive(() => [...records.values()]),
        put: (record) => alive(() => void records.set(record.mark, record)),
        remove: (mark) => alive(() => void records.delete(mark)),
      };
    },
    journalOf: (life: Life): Journal => {
      const alive = living(life);
      return {
        get: (problem, key) => alive(() => entries.get(`${problem} ${key}`)),
        put: (problem, key, entry) => alive(() => void entries.set(`${problem} ${key}`, entry)),
      };
    },
  };
};
