import type { Clock } from '../../llm/clock.ts';

interface Timer {
  readonly id: number;
  readonly run: () => void;
  readonly every: number | null;
  due: number;
}

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
    ...{ setInterval: globalThis.setInterval, clearInterval: globalThis.clearInterval, now: Date.now },
  };
  const settled = (): Promise<void> => new Promise((resolve) => realImmediate(resolve));
  const realImmediate = globalThis.setImmediate;
  const timers = new Map<number, Timer>();
  let now = 0;
  let wall = 1_800_000_000_000;
  let made = 0;
  const add = (run: () => void, milliseconds: number | undefined, every: boolean) => {
    const wait = Math.max(1, Math.ceil(Number(milliseconds) || 0));
    const timer: Timer = { id: ++made, run, every: every ? wait : null, due: now + wait };
    timers.set(timer.id, timer);
    const handle = { [Symbol.toPrimitive]: () => timer.id, unref: () => handle, ref: () => handle, id: timer.id };
    return handle;
  };
  const remove = (handle: unknown): void => {
    if (handle !== undefined && handle !== null) timers.delete(Number(handle));
  };
  const next = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers.values()) if (!first || timer.due < first.due) first = timer;
    return first;
  };
  const patched = {
    setTimeout: (run: () => void, milliseconds?: number) => add(run, milliseconds, false),
    setInterval: (run: () => void, milliseconds?: number) => add(run, milliseconds, true),
    clearTimeout: remove,
    clearInterval: remove,
  };
  const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => add(resolve, milliseconds, false));
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
      sleep: (milliseconds, signal) =>
        new Promise((resolve, reject) => {
          if (signal?.aborted) return reject(signal.reason);
          const abort = () => {
            remove(handle);
            reject(signal?.reason);
          };
          const handle = add(
            () => {
              signal?.removeEventListener('abort', abort);
              resolve();
            },
            milliseconds,
            false,
          );
          signal?.addEventListener('abort', abort, { once: true });
        }),
    },
    run: async (isOver, most) => {
      for (;;) {
        await settled();
        if (isOver()) return 'over';
        const timer = next();
        if (!timer) return 'stuck';
        if (timer.due > most) return 'late';
        now = Math.max(now, timer.due);
        if (timer.every === null) timers.delete(timer.id);
        else timer.due = now + timer.every;
        timer.run();
      }
    },
  };
  Object.assign(globalThis, patched);
  Date.now = () => Math.floor(wall + now);
  Object.defineProperty(performance, 'now', { value: () => now, configurable: true });
  try {
    return await run(time);
  } finally {
    const { now: realNow, ...functions } = real;
    Object.assign(globalThis, functions);
    Date.now = realNow;
    delete (performance as { now?: unknown }).now;
  }
};
