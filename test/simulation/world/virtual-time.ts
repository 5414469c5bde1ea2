import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { Clock } from '../../../llm/clock.ts';
import { makeTimers } from './timers.ts';

/** Time that passes only when nothing is left to do: an hour costs what happens in it. */
export interface VirtualTime {
  /** Monotonic milliseconds. */
  readonly now: number;
  readonly clock: Clock;
  sleep(milliseconds: number): Promise<void>;
  /** Lets the wall clock jump, back too; nothing but `Date` may notice. */
  stepWall(milliseconds: number): void;
  /** Goes from timer to timer until it is told to end, nothing is left, or the time is up. */
  run(isOver: () => boolean, most: number): Promise<'over' | 'stuck' | 'late'>;
}

/** Runs something with the process's timers and clocks in our hands, and gives them back. */
export const withVirtualTime = async <T>(run: (time: VirtualTime) => Promise<T>): Promise<T> => {
  const real = {
    ...{ setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout },
    ...{ setInterval: globalThis.setInterval, clearInterval: globalThis.clearInterval },
    ...{ setImmediate: globalThis.setImmediate, sleep: promised.setTimeout, now: Date.now },
    random: Math.random,
    stackTraceLimit: Error.stackTraceLimit,
  };
  const realImmediate = globalThis.setImmediate;
  let immediates = 0;
  /** Nothing goes on by itself any more. */
  const settled = async (): Promise<void> => {
    do await new Promise((resolve) => realImmediate(resolve));
    while (immediates > 0);
  };
  const timers = makeTimers();
  let now = 0;
  let wall = 1_800_000_000_000;
  const add = (run: () => void, milliseconds: number | undefined, every: boolean) => {
    const wait = Math.max(1, Math.ceil(Number(milliseconds) || 0));
    return new Handle(timers.add({ run, every: every ? wait : null, due: now + wait }));
  };
  const remove = (handle: unknown): void => {
    if (handle !== undefined && handle !== null) timers.remove(Number(handle));
  };
  const patched = {
    setTimeout: (run: () => void, milliseconds?: number) => add(run, milliseconds, false),
    setInterval: (run: () => void, milliseconds?: number) => add(run, milliseconds, true),
    clearTimeout: remove,
    clearInterval: remove,
    setImmediate: (run: () => void) => {
      immediates++;
      return realImmediate(() => {
        immediates--;
        run();
      });
    },
  };
  const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => add(resolve, milliseconds, false));
  const sleepUntil = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        remove(handle);
        reject(signal?.reason);
      };
      const end = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const handle = add(end, milliseconds, false);
      signal?.addEventListener('abort', abort, { once: true });
    });
  const time: VirtualTime = {
    get now() {
      return now;
    },
    sleep,
    stepWall: (milliseconds) => {
      wall += milliseconds;
    },
    clock: {
      now: () => now,
      sleep: sleepUntil,
    },
    run: async (isOver, most) => {
      for (;;) {
        await settled();
        if (isOver()) return 'over';
        const timer = timers.first();
        if (!timer) return 'stuck';
        if (timer.due > most) return 'late';
        now = Math.max(now, timer.due);
        timers.pass(now);
        timer.run();
      }
    },
  };
  Object.assign(globalThis, patched);
  let drawn = 0;
  // What is left to chance is the same chance each time.
  Math.random = () => (++drawn * GOLDEN) % 1;
  // Every wait that is given up makes an error, of which only the words are read.
  Error.stackTraceLimit = 0;
  promised.setTimeout = async (milliseconds, value, options) => {
    await sleepUntil(milliseconds ?? 1, options?.signal);
    return value;
  };
  syncBuiltinESMExports();
  Date.now = () => Math.floor(wall + now);
  Object.defineProperty(performance, 'now', { value: () => now, configurable: true });
  try {
    return await run(time);
  } finally {
    const { now: realNow, sleep: realSleep, random: realRandom, stackTraceLimit, ...functions } = real;
    Math.random = realRandom;
    Error.stackTraceLimit = stackTraceLimit;
    Object.assign(globalThis, functions);
    promised.setTimeout = realSleep;
    syncBuiltinESMExports();
    Date.now = realNow;
    delete (performance as { now?: unknown }).now;
  }
};

/** What Node's `setTimeout` gives, as far as it is used: a name for `clearTimeout`. */
class Handle {
  readonly #id: number;
  constructor(id: number) {
    this.#id = id;
  }
  unref(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  [Symbol.toPrimitive](): number {
    return this.#id;
  }
}

const GOLDEN = 0.618_033_988_749_895;

/** The module whose `setTimeout` others have imported: a change of it is theirs too. */
const promised = createRequire(import.meta.url)('node:timers/promises') as {
  setTimeout: <T>(milliseconds?: number, value?: T, options?: { signal?: AbortSignal }) => Promise<T | undefined>;
};
