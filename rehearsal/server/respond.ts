import type { ServerResponse } from 'node:http';
import type { Mishap } from './faults.ts';
import type { Reply } from './replies.ts';
import type { Counts } from './stats.ts';

export const sendJson = (response: ServerResponse, status: number, value: unknown): void => {
  const body = JSON.stringify(value);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
};

/** Sends an answer, or what its mishap makes of it. Only whole answers are counted as given. */
export const respond = (response: ServerResponse, reply: Reply, mishap: Mishap, count: Counts): void => {
  if (response.destroyed) return;
  const broken = mishaps[mishap];
  if (broken !== undefined) {
    broken(response, reply);
    return;
  }
  if (!reply.known) count.unknown();
  if (reply.events === null) sendPlain(response, reply.json, mishap === 'keep-alive');
  else sendStream(response, reply.events, mishap === 'keep-alive');
  count.answered(reply.model, reply.identity, reply.promptTokens, reply.completionTokens);
};

const mishaps: Partial<Record<Mishap, (response: ServerResponse, reply: Reply) => void>> = {
  error: (response) => sendJson(response, 500, { error: { message: 'out of luck', code: 500 } }),
  'error-body': (response) => sendJson(response, 200, { error: { message: 'out of luck', code: 500 } }),
  reset: (response) => response.socket?.resetAndDestroy(),
  malformed: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"choices": [{"message": <html>');
  },
  cut: (response, { json, events }) => {
    response.writeHead(200, { 'content-type': events === null ? 'application/json' : 'text/event-stream' });
    const text = events === null ? json : framed(events);
    response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
  },
  hang: () => {},
};

const sendPlain = (response: ServerResponse, json: string, blankLines: boolean): void => {
  if (blankLines) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('\n\n');
    response.write('\n');
  } else response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) });
  response.end(json);
};

const sendStream = (response: ServerResponse, events: readonly string[], comments: boolean): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (comments) response.write(': keep-alive\n\n: keep-alive\n\n');
  response.end(framed(events));
};

const framed = (events: readonly string[]): string => events.map((event) => `data: ${event}\n\n`).join('');
