import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on loopback that counts the requests of Kafka's protocol that pass it, by the number of their kind. */
export interface CountingProxy {
  readonly port: number;
  /** The port to which it forwards. */
  target: number;
  readonly requests: ReadonlyMap<number, number>;
  close(): void;
}

export const startCounting = async (): Promise<CountingProxy> => {
  const requests = new Map<number, number>();
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(proxy.target, '127.0.0.1');
    const kinds = kindsIn();
    near.on('data', (piece) => {
      for (const kind of kinds(piece)) requests.set(kind, (requests.get(kind) ?? 0) + 1);
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from.setNoDelay(true));
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => sockets.delete(from));
    }
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  const proxy: CountingProxy = {
    port,
    target: 0,
    requests,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
  return proxy;
};

/** The kinds of the requests that begin in a piece of a connection: each has its length (4 bytes) before it, then its kind (2). */
const kindsIn = (): ((piece: Buffer) => number[]) => {
  let head = Buffer.alloc(0);
  let skip = 0;
  return (piece) => {
    const kinds: number[] = [];
    for (let at = 0; at < piece.length; ) {
      if (skip > 0) {
        const passed = Math.min(skip, piece.length - at);
        skip -= passed;
        at += passed;
        continue;
      }
      const taken = piece.subarray(at, at + HEAD_BYTES - head.length);
      head = Buffer.concat([head, taken]);
      at += taken.length;
      if (head.length < HEAD_BYTES) break;
      kinds.push(head.readInt16BE(4));
      skip = head.readInt32BE(0) - 2;
      head = Buffer.alloc(0);
    }
    return kinds;
  };
};

const HEAD_BYTES = 6;
