import type { ServerResponse } from 'node:http';

/** Tells all that listen what was last seen, as server-sent events (WHATWG HTML, 9.2). */
export interface Feed {
  listen(response: ServerResponse): void;
  close(): void;
}

/**
 * One look serves all listeners, however many there are; nobody looks while nobody listens. Who does not take what is
 * sent is left out until there is room: the next look is whole again.
 */
export const makeFeed = (look: () => Promise<object>, everyMilliseconds: number): Feed => {
  const listeners = new Set<ServerResponse>();
  let last: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let looking = false;

  const tell = (listener: ServerResponse): void => {
    if (last !== null && !listener.writableNeedDrain) listener.write(last);
  };
  const tick = async (): Promise<void> => {
    looking = true;
    try {
      last = `data: ${JSON.stringify(await look())}\n\n`;
    } catch {
      last = `event: failed\ndata: {}\n\n`;
    }
    for (const listener of listeners) tell(listener);
    looking = false;
    timer = listeners.size > 0 ? setTimeout(() => void tick(), everyMilliseconds) : undefined;
  };
  return {
    listen: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      tell(response);
      if (timer === undefined && !looking) void tick();
    },
    close: () => {
      clearTimeout(timer);
      for (const listener of listeners) listener.end();
      listeners.clear();
    },
  };
};
