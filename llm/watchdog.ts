import { EndpointFault } from './faults.ts';

/** Notes that the endpoint gave a sign of life; `content` tells an answer's bytes from mere keep-alives. */
export type Alive = (content: boolean) => void;

export interface Patience {
  /** Milliseconds until the first sign of life. */
  readonly first: number;
  /** Milliseconds between two signs of life. */
  readonly idle: number;
  /** Milliseconds of keep-alives alone. */
  readonly silent: number;
}

/**
 * Runs one exchange and aborts it when the endpoint falls silent for longer than `patience`.
 * Rejects with the outer signal's reason when that aborted, with a `hung` fault on silence, else with what `run` threw.
 */
export const watched = async <T>(
  signal: AbortSignal,
  patience: Patience,
  run: (signal: AbortSignal, alive: Alive) => Promise<T>,
): Promise<T> => {
  signal.throwIfAborted();
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener('abort', abort, { once: true });
  let hung = false;
  let allowed = patience.first;
  let lastSign = performance.now();
  let lastContent = lastSign;
  const look = () => {
    const now = performance.now();
    const left = Math.min(lastSign + allowed, lastContent + Math.max(patience.silent, patience.first)) - now;
    if (left > 0) timer = setTimeout(look, Math.ceil(left));
    else {
      hung = true;
      controller.abort();
    }
  };
  let timer = setTimeout(look, allowed);
  const alive: Alive = (content) => {
    lastSign = performance.now();
    allowed = patience.idle;
    if (content) lastContent = lastSign;
  };
  try {
    return await run(controller.signal, alive);
  } catch (error) {
    signal.throwIfAborted();
    if (hung) throw new EndpointFault('hung', `no sign of life for ${Math.round(allowed / 1000)} s`);
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
};
