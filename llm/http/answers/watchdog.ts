import { EndpointFault } from '../../endpoint-fault.ts';

/** Notes that the endpoint gave a sign of life; `content` tells an answer's bytes from mere keep-alives. */
export type Alive = (content: boolean) => void;

/** Milliseconds after which silence is believed. */
const secondLook = 1000;

export interface Patience {
  /** Milliseconds until the first sign of life. */
  readonly first: number;
  /** Milliseconds between two signs of life. */
  readonly idle: number;
  /** Milliseconds of keep-alives alone. */
  readonly silent: number;
  /** Milliseconds until the whole exchange must have ended. */
  readonly whole: number;
}

/**
 * Runs one exchange and aborts it when the endpoint falls silent for longer than `patience`.
 * `run` calls `unstreamed` where it learns that nothing is to be heard before the whole answer.
 * Rejects with the outer signal's reason when that aborted, with a `hung` fault on silence, else with what `run` threw.
 */
export const watched = async <T>(
  signal: AbortSignal,
  patience: Patience,
  run: (signal: AbortSignal, alive: Alive, unstreamed: () => void) => Promise<T>,
): Promise<T> => {
  signal.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  signal.addEventListener('abort', abort, { once: true });
  const silence = listen(patience, abort);
  try {
    return await run(controller.signal, silence.alive, silence.unstreamed);
  } catch (error) {
    signal.throwIfAborted();
    if (silence.seconds !== null) throw new EndpointFault('hung', silence.what(silence.seconds));
    throw error;
  } finally {
    silence.stop();
    signal.removeEventListener('abort', abort);
  }
};

/** Calls `silent` once when no sign of life came for too long; `seconds` is then how long. */
const listen = ({ first, idle, silent: withoutContent, whole }: Patience, silent: () => void) => {
  let allowed = first;
  const started = performance.now();
  const end = started + whole;
  let lastSign = started;
  let lastContent = lastSign;
  let suspected: number | null = null;
  let seconds: number | null = null;

  const look = (): void => {
    const now = performance.now();
    const until = Math.min(end, lastSign + allowed, lastContent + Math.max(withoutContent, first));
    if (now < until) timer = setTimeout(look, Math.ceil(until - now));
    else if (suspected === until) {
      seconds = Math.round((now - (now >= end ? started : Math.min(lastSign, lastContent))) / 100) / 10;
      silent();
    } else {
      // What arrived while this process was busy is read after its timers: a second look tells.
      suspected = until;
      timer = setTimeout(look, Math.min(secondLook, allowed / 2));
    }
  };
  let timer = setTimeout(look, allowed);

  const alive: Alive = (content) => {
    lastSign = performance.now();
    allowed = idle;
    if (content) lastContent = lastSign;
  };
  return {
    alive,
    unstreamed: () => {
      allowed = Math.max(first, withoutContent);
    },
    stop: () => clearTimeout(timer),
    what: (after: number) =>
      performance.now() >= end ? `not whole after ${after} s` : `no sign of life for ${after} s`,
    get seconds() {
      return seconds;
    },
  };
};
