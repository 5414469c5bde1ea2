import { z } from 'zod';
import { EndpointFault } from '../endpoint-fault.ts';
import { readText } from '../http/answers/body.ts';
import { readJson } from '../http/answers/json.ts';
import type { Answer, Connection } from '../http/connect/connection.ts';
import { linesOf } from './lines.ts';

/** What a server says of a batch (OpenAI's batch object, of the fields that are read). */
export interface BatchLook {
  readonly id: string;
  readonly status: string;
  /** Nothing more will come of it. */
  readonly isOver: boolean;
  readonly done: number;
  readonly failed: number;
  readonly output: string | null;
  readonly errors: string | null;
  /** Why the whole batch was refused, in words. */
  readonly why: string;
}

/** One line of a batch's output or error file. */
export interface RowResult {
  readonly id: string;
  /** 0 where there is none: the row expired or was cancelled. */
  readonly status: number;
  readonly body: unknown;
  /** The error's kind, for a row without a status. */
  readonly code: string | null;
}

/** The files and batches of an OpenAI-compatible server, under `baseUrl`. Rejects as a connection does. */
export interface BatchServer {
  upload(name: string, lines: readonly object[], signal: AbortSignal): Promise<string>;
  create(file: string, mark: string, window: string, signal: AbortSignal): Promise<string>;
  look(id: string, signal: AbortSignal): Promise<BatchLook>;
  /** The batch with this mark, if there is one; null also where the server lists none. */
  find(mark: string, signal: AbortSignal): Promise<string | null>;
  cancel(id: string, signal: AbortSignal): Promise<void>;
  /** Rejects with a fault after more than so many rows, and where one of them takes longer than everything else may. */
  results(file: string, most: number, signal: AbortSignal): AsyncIterable<RowResult>;
}

export const ROWS_GO_TO = '/v1/chat/completions';

export const batchServer = (connection: Connection): BatchServer => ({
  upload: async (name, lines, signal) => {
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const file = { name, type: 'application/jsonl', text };
    return (await read(connection.upload('/files', { purpose: 'batch' }, file, bounded(signal)), withId)).id;
  },
  create: async (file, mark, window, signal) => {
    const body = {
      input_file_id: file,
      endpoint: ROWS_GO_TO,
      completion_window: window,
      metadata: { [MARK]: mark },
    };
    return (await read(connection.post('/batches', body, bounded(signal)), withId)).id;
  },
  look: async (id, signal) => lookOf(await read(connection.get(`/batches/${id}`, bounded(signal)), batch)),
  find: (mark, signal) => find(connection, mark, signal),
  cancel: async (id, signal) => {
    await readText(await connection.post(`/batches/${id}/cancel`, {}, bounded(signal)), () => {});
  },
  results: async function* (file, most, signal) {
    const silence = new AbortController();
    const { body } = await inTime(silence, connection.get(`/files/${file}/content`, either(signal, silence.signal)));
    const lines = linesOf(body);
    try {
      for (let rows = 0; ; rows++) {
        const { done, value: line } = await inTime(silence, lines.next());
        if (done) return;
        if (rows >= most) throw new EndpointFault('malformed', `a file of results with more than ${most} rows`);
        yield resultOf(line);
      }
    } finally {
      body.destroy?.();
    }
  },
});

/** Under which name a batch bears our mark. */
const MARK = 'sluice';

/** Everything but a file of results is short, and so is each of its rows. */
const LONGEST_MILLISECONDS = 5 * 60_000;
const either = (one: AbortSignal, other: AbortSignal): AbortSignal => AbortSignal.any([one, other]);
const bounded = (signal: AbortSignal): AbortSignal => either(signal, AbortSignal.timeout(LONGEST_MILLISECONDS));

/** What comes too late is a fault: a byte now and then would hold a batch for ever. */
const inTime = async <T>(silence: AbortController, next: Promise<T>): Promise<T> => {
  const timer = setTimeout(() => silence.abort(), LONGEST_MILLISECONDS);
  try {
    return await next;
  } catch (error) {
    if (!silence.signal.aborted) throw error;
    throw new EndpointFault(
      'hung',
      `a row of a file of results took more than ${LONGEST_MILLISECONDS / 60_000} minutes`,
    );
  } finally {
    clearTimeout(timer);
  }
};

const text = z.string().nullish().catch(null);
const withId = z.object({ id: z.string().min(1) });
const batch = z.object({
  id: z.string().min(1),
  status: z.string(),
  output_file_id: text,
  error_file_id: text,
  request_counts: z
    .object({ completed: z.number().catch(0), failed: z.number().catch(0) })
    .nullish()
    .catch(null),
  errors: z.unknown().optional(),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
});
const page = z.object({ data: z.array(batch), has_more: z.boolean().nullish() });

const over: ReadonlySet<string> = new Set(['completed', 'failed', 'expired', 'cancelled', 'canceled']);

const lookOf = (said: z.output<typeof batch>): BatchLook => ({
  id: said.id,
  status: said.status,
  isOver: over.has(said.status),
  done: said.request_counts?.completed ?? 0,
  failed: said.request_counts?.failed ?? 0,
  // An empty text is Azure's word for none.
  output: said.output_file_id || null,
  errors: said.error_file_id || null,
  why: (JSON.stringify(said.errors) ?? '').slice(0, 500),
});

const read = async <T extends z.ZodType>(answer: Promise<Answer>, schema: T): Promise<z.output<T>> => {
  const said = await readText(await answer, () => {});
  const parsed = schema.safeParse(readJson(said));
  if (parsed.success) return parsed.data;
  throw new EndpointFault('malformed', `no answer of a batch API: ${said.slice(0, 200)}`);
};

/** So many batches back is looked: the newest come first. */
const MOST_PAGES = 20;

const find = async (connection: Connection, mark: string, signal: AbortSignal): Promise<string | null> => {
  let after = '';
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const path = `/batches?limit=100${after}`;
    const said = await read(connection.get(path, bounded(signal)), page);
    const found = said.data.find(({ metadata }) => metadata?.[MARK] === mark);
    if (found) return found.id;
    const last = said.data.at(-1);
    if (!said.has_more || !last) return null;
    after = `&after=${encodeURIComponent(last.id)}`;
  }
  return null;
};

const result = z.object({
  custom_id: z.string(),
  response: z
    .object({ status_code: z.number().catch(0), body: z.unknown() })
    .nullish()
    .catch(null),
  error: z.object({ code: z.unknown(), message: z.unknown() }).partial().nullish().catch(null),
});

/** Throws a fault where the line is none. */
const resultOf = (line: string): RowResult => {
  const parsed = result.safeParse(readJson(line));
  if (!parsed.success) throw new EndpointFault('malformed', `no row of a batch: ${line.slice(0, 200)}`);
  const { custom_id, response, error } = parsed.data;
  return {
    id: custom_id,
    status: response?.status_code ?? 0,
    body: response?.body ?? { error },
    code: typeof error?.code === 'string' ? error.code : null,
  };
};
