import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy on loopback that can misbehave. */
export interface FaultyProxy {
  readonly port: number;
  /** The port to which it forwards. */
  target: number;
  /** Milliseconds by which every piece is held up. */
  delay: number;
  /** Drops all connections and refuses new ones. */
  cut(): void;
  /** Keeps the connections and takes new ones, and passes nothing on: half open. */
  freeze(): void;
  /** Acts once, just before it would pass on a piece like this; resolves then. */
  before(matches: (piece: Buffer) => boolean, act: () => void): Promise<void>;
  /** Works again; connections that lost bytes are dropped. */
  mend(): void;
  close(): void;
}

export const startProxy = async (): Promise<FaultyProxy> => {
  const sockets = new Set<Socket>();
  const spoilt = new Set<Socket>();
  let state: 'open' | 'cut' | 'frozen' = 'open';
  let spring: (piece: Buffer) => void = () => {};

  const forward = (from: Socket, to: Socket): void => {
    sockets.add(from);
    from.on('data', (piece) => {
      spring(piece);
      if (state === 'open') setTimeout(() => to.writable && to.write(piece), proxy.delay);
      else spoilt.add(from);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      if (state !== 'frozen') to.destroy();
    });
  };
  const drop = (which: Set<Socket>) => {
    for (const socket of [...which]) socket.destroy();
  };
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    const far = connect(proxy.target, '127.0.0.1');
    forward(near, far);
    forward(far, near);
  });
  const port = await listen(server);
  const proxy: FaultyProxy = {
    port,
    target: 0,
    delay: 0,
    cut: () => {
      state = 'cut';
      drop(sockets);
    },
    freeze: () => {
      state = 'frozen';
    },
    before: (matches, act) =>
      new Promise((resolve) => {
        spring = (piece) => {
          if (!matches(piece)) return;
          spring = () => {};
          act();
          resolve();
        };
      }),
    mend: () => {
      state = 'open';
      drop(spoilt);
      spoilt.clear();
    },
    close: () => {
      state = 'cut';
      server.close();
      drop(sockets);
    },
  };
  return proxy;
};

/** Whether a piece is the request that decides a transaction (EndTxn), behind its length. */
export const isDecision = (piece: Buffer): boolean => piece.length > 6 && piece.readInt16BE(4) === END_TXN;
const END_TXN = 26;

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
