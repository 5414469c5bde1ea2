import type { Dispatcher } from 'undici';

/** What is asked of one server. */
export interface Request {
  readonly origin: string;
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal?: AbortSignal | undefined;
}

/** What comes back: status and header fields at once, the body as it comes. */
export interface Response {
  readonly status: number;
  /** By names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Body;
}

/** A body piece by piece, to be read once. Whoever leaves it before its end drops the connection. */
export interface Body extends AsyncIterableIterator<Uint8Array, undefined> {
  return(): Promise<IteratorResult<Uint8Array, undefined>>;
  destroy(): void;
}

/** What lies unread before the server is held back. */
const MOST_UNREAD_BYTES = 64 * 1024;

/**
 * One request over undici's dispatcher and nothing between: of a short answer Node's streams, one for each body, take
 * more than the parsing. Rejects with what undici says, or the signal's reason; so does a body that breaks off.
 */
export const exchange = (dispatcher: Dispatcher, { signal, ...request }: Request): Promise<Response> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const incoming = incomingBody();
    const abort = (): void => fail(signal?.reason);
    const fail = (error: unknown): void => {
      signal?.removeEventListener('abort', abort);
      incoming.fail(error);
      reject(error);
    };
    signal?.addEventListener('abort', abort, { once: true });
    dispatcher.dispatch(request, {
      onRequestStart: (controller) => incoming.from(controller),
      onResponseStart: (_, status, fields) => {
        // 100 Continue and 103 Early Hints come before the answer.
        if (status < 200) return;
        const headers = new Map<string, string>();
        for (const name in fields) headers.set(name, String(fields[name]));
        resolve({ status, headers, body: incoming.body });
      },
      onResponseData: (_, piece) => incoming.take(piece),
      onResponseEnd: () => {
        signal?.removeEventListener('abort', abort);
        incoming.end();
      },
      onResponseError: (_, error) => fail(error),
    });
  });

interface Reader {
  readonly resolve: (result: IteratorResult<Uint8Array, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

const over = { done: true, value: undefined } as const;

/** Between the connection, which gives pieces when they come, and the reader, who takes them when it will. */
const incomingBody = () => {
  const unread: Uint8Array[] = [];
  let bytes = 0;
  let reader: Reader | null = null;
  let controller: Dispatcher.DispatchController | null = null;
  let ended: 'whole' | 'broken' | null = null;
  let failure: unknown;

  const fail = (error: unknown): void => {
    if (ended !== null) return;
    ended = 'broken';
    failure = error;
    controller?.abort(asError(error));
    reader?.reject(error);
    reader = null;
  };

  const next = (): Promise<IteratorResult<Uint8Array, undefined>> => {
    const value = unread.shift();
    if (value !== undefined) {
      bytes -= value.byteLength;
      if (controller?.paused && bytes < MOST_UNREAD_BYTES) controller.resume();
      return Promise.resolve({ done: false, value });
    }
    if (ended === 'whole') return Promise.resolve(over);
    if (ended === 'broken') return Promise.reject(failure);
    return new Promise((resolve, reject) => {
      reader = { resolve, reject };
    });
  };

  const destroy = (): void => fail(new Error('the rest of the answer is not wanted'));

  const body: Body = {
    [Symbol.asyncIterator]: () => body,
    next,
    return: async () => {
      destroy();
      return over;
    },
    destroy,
  };

  return {
    body,
    fail,
    /** The connection that the request went out on. */
    from(on: Dispatcher.DispatchController): void {
      controller = on;
      if (ended === 'broken') on.abort(asError(failure));
    },
    take(piece: Uint8Array): void {
      if (ended !== null) return;
      if (reader !== null) {
        reader.resolve({ done: false, value: piece });
        reader = null;
        return;
      }
      unread.push(piece);
      bytes += piece.byteLength;
      if (bytes >= MOST_UNREAD_BYTES) controller?.pause();
    },
    end(): void {
      if (ended !== null) return;
      ended = 'whole';
      reader?.resolve(over);
      reader = null;
    },
  };
};

const asError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new Error('the request was given up', { cause: reason });
