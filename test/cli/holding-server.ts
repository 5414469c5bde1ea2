import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Passes requests on to a server on loopback; after so many POSTs it holds all others back until it is told to go on. */
export const holdingServer = async (target: string, after: number) => {
  let asked = 0;
  let held = 0;
  let letGo: () => void = () => {};
  let gate: Promise<void> | null = new Promise((resolve) => {
    letGo = resolve;
  });
  const server = createServer(async (incoming, outgoing) => {
    const isCall = incoming.method === 'POST';
    if (isCall) asked++;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    if (gate && isCall && asked > after) {
      held++;
      await gate;
      if (outgoing.destroyed) return;
    }
    const { method, headers, url } = incoming;
    forward(`${target}${url}`, { method, headers }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 500, reply.headers);
      reply.pipe(outgoing);
    })
      .on('error', () => outgoing.destroy())
      .end(Buffer.concat(chunks));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    held: () => held,
    release: () => {
      gate = null;
      letGo();
    },
    close: async () => {
      letGo();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};

/** A run whose student is held up; a scorer and a teacher at another server are not. */
export const heldConfig = (others: string, student: string, transport: object) => ({
  run: 'run',
  problems: [{ path: 'problems.jsonl' }],
  student: { baseUrl: `${student}/v1`, model: 'rehearsal-student' },
  scorer: { kind: 'prm', baseUrl: others, model: 'rehearsal-prm' },
  target: { records: 40, distribution: 'natural' },
  teacher: { baseUrl: `${others}/v1`, model: 'rehearsal-teacher' },
  transport,
});
