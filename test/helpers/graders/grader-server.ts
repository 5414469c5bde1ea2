import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Task {
  readonly id: string;
  readonly answer: string | null;
  readonly response: string;
}

export interface GraderServer {
  readonly url: string;
  /** How many tasks each request held. */
  readonly sizes: readonly number[];
  readonly headers: IncomingMessage['headers'];
  /** How many verdicts were asked for, ever. */
  asked(): number;
  close(): Promise<void>;
}

/** What the graders of the tests say of a response: whether it ends with the answer. */
export const graderSays = (answer: string, response: string): 'right' | 'wrong' =>
  response.endsWith(answer) ? 'right' : 'wrong';

/**
 * A grader over HTTP that answers in any order, and misbehaves where a response says so: `[hang]`, `[garble]`, `[other]`,
 * `[maybe]`, `[refuse]`, `[slow]`. Each `lost`th request is reset without an answer.
 */
export const graderServer = async ({ lost = 0 } = {}): Promise<GraderServer> => {
  const sizes: number[] = [];
  let headers: IncomingMessage['headers'] = {};
  let asked = 0;
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { tasks } = JSON.parse(Buffer.concat(pieces).toString()) as { tasks: readonly Task[] };
    headers = request.headers;
    sizes.push(tasks.length);
    asked += tasks.length;
    const does = (what: string): boolean => tasks.some((one) => one.response.includes(`[${what}]`));
    if (lost > 0 && sizes.length % lost === 0) return void response.socket?.resetAndDestroy();
    if (does('hang')) return;
    if (does('refuse')) return void response.writeHead(422).end('{"error": {"message": "no such task"}}');
    if (does('garble')) return void response.end('<html>');
    if (does('slow')) await new Promise((resolve) => setTimeout(resolve, 200));
    const results = tasks.map(({ id, answer, response: text }) => ({
      id: text.includes('[other]') ? 'nobody' : id,
      verdict: text.includes('[maybe]') ? 'maybe' : graderSays(answer ?? '', text),
      reason: 'compared',
    }));
    response.end(JSON.stringify({ results: results.reverse() }));
  };
  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/grade`,
    sizes,
    get headers() {
      return headers;
    },
    asked: () => asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
