import type { IncomingMessage, ServerResponse } from 'node:http';
import { chance } from '../exercises/random.ts';
import type { Body } from '../models/answers.ts';
import type { RehearsalSettings } from '../models/settings.ts';
import { chatReply } from './replies.ts';
import { sendJson } from './respond.ts';
import type { Counts } from './stats.ts';

interface Line {
  readonly custom_id: string;
  readonly body: Body;
}

interface Batch {
  readonly id: string;
  readonly input: string;
  readonly metadata: unknown;
  readonly lines: readonly Line[];
  status: 'in_progress' | 'completed' | 'cancelled' | 'failed';
  output: string | null;
  errors: string | null;
}

/** The files and batches of a server (OpenAI's protocol), in memory. */
export interface Batches {
  /** Answers a request to them; false: it is to something else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  close(): void;
}

export const batches = (settings: RehearsalSettings, count: Counts): Batches => {
  const files = new Map<string, string>();
  const all = new Map<string, Batch>();
  const timers = new Set<NodeJS.Timeout>();
  const keep = (text: string): string => {
    const id = `file-${files.size + 1}`;
    files.set(id, text);
    return id;
  };

  const create = (body: { input_file_id?: unknown; metadata?: unknown }): Batch | null => {
    const text = files.get(String(body.input_file_id));
    if (text === undefined) return null;
    const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as Line]));
    const id = `batch-${all.size + 1}`;
    const input = String(body.input_file_id);
    const made: Batch = {
      id,
      input,
      metadata: body.metadata,
      lines,
      status: 'in_progress',
      output: null,
      errors: null,
    };
    all.set(id, made);
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (made.status === 'in_progress') end(made, 'completed', made.lines.length);
    }, settings.batch.milliseconds);
    timers.add(timer);
    return made;
  };

  /** Answers the first of its rows, and leaves the others as a window that closes would. */
  const end = (made: Batch, status: Batch['status'], answered: number): void => {
    const output: object[] = [];
    const errors: object[] = [];
    for (const [index, line] of made.lines.entries()) {
      const luck = chance('batch', settings.seed, made.id, index);
      const { expired, failed } = settings.batch;
      if (index >= answered || luck < expired) errors.push(unanswered(line, 'batch_expired'));
      else if (luck < expired + failed) errors.push(answer(line, 500, { error: { message: 'out of luck' } }));
      else output.push(answer(line, 200, replyTo(line)));
    }
    made.output = output.length > 0 ? keep(textOf(output)) : null;
    made.errors = errors.length > 0 ? keep(textOf(errors)) : null;
    made.status = status;
  };

  const replyTo = ({ body }: Line): unknown => {
    const reply = chatReply({ ...body, stream: false }, settings, false);
    count.asked(reply.model, reply.identity);
    count.answered(reply.model, reply.identity, reply.promptTokens, reply.completionTokens);
    return JSON.parse(reply.json);
  };

  const post = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await textFrom(request);
    if (path.endsWith('/files')) return sendJson(response, 200, { id: keep(fileIn(text)), object: 'file' });
    const cancelled = /\/batches\/([\w-]+)\/cancel$/.exec(path)?.[1];
    const made = cancelled === undefined ? create(JSON.parse(text)) : (all.get(cancelled) ?? null);
    if (!made) return sendJson(response, 404, { error: { message: 'there is no such file or batch', code: 404 } });
    if (cancelled !== undefined && made.status === 'in_progress') end(made, 'cancelled', made.lines.length >> 1);
    sendJson(response, 200, shown(made));
  };

  const get = (path: string, response: ServerResponse): void => {
    const [, file] = /\/files\/([\w-]+)\/content$/.exec(path) ?? [];
    const [, id] = /\/batches\/([\w-]+)$/.exec(path) ?? [];
    const text = file === undefined ? undefined : files.get(file);
    const made = id === undefined ? undefined : all.get(id);
    if (text !== undefined) response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(text);
    else if (made !== undefined) sendJson(response, 200, shown(made));
    else if (file === undefined && id === undefined)
      sendJson(response, 200, { object: 'list', data: [...all.values()].reverse().map(shown), has_more: false });
    else sendJson(response, 404, { error: { message: 'there is no such file or batch', code: 404 } });
  };

  return {
    handle: (request, response) => {
      const path = request.url?.split('?')[0] ?? '';
      if (!/\/(?:files|batches)(?:\/|$)/.test(path)) return false;
      if (request.method === 'POST') void post(path, request, response).catch(() => response.destroy());
      else get(path, response);
      return true;
    },
    close: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
};

const answer = ({ custom_id }: Line, status_code: number, body: unknown): object => ({
  custom_id,
  response: { status_code, body },
  error: null,
});

const unanswered = ({ custom_id }: Line, code: string): object => ({
  custom_id,
  response: null,
  error: { code, message: 'the window closed' },
});

const shown = (made: Batch): object => ({
  ...{ id: made.id, object: 'batch', status: made.status, input_file_id: made.input, metadata: made.metadata },
  ...{ output_file_id: made.output, error_file_id: made.errors, errors: null },
  request_counts: { total: made.lines.length, completed: 0, failed: 0 },
});

const textOf = (lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

const textFrom = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

/** The file of a form: what stands between the head of the last part and the boundary. */
const fileIn = (form: string): string => {
  const boundary = form.slice(0, form.indexOf('\r\n'));
  const part = form.slice(form.indexOf('filename='));
  return part.slice(part.indexOf('\r\n\r\n') + 4, part.indexOf(`\r\n${boundary}`));
};
