import type { Clock } from '../clock.ts';
import type { EndpointFault } from '../endpoint-fault.ts';
import type { LlmError } from '../errors.ts';
import { fifo } from '../fifo.ts';
import { adaptiveLimit } from './adaptive-limit.ts';
import { breaker } from './breaker.ts';

/** How a call that was let through ended, as far as the endpoint's health goes. */
export type Passage =
  | { readonly kind: 'answered'; readonly milliseconds: number }
  | { readonly kind: 'fault'; readonly fault: EndpointFault }
  /** Nothing was learnt: aborted, or never sent. */
  | { readonly kind: 'void' };

export interface Pass {
  /** Gives the place back; once. */
  leave(passage: Passage): void;
}

export interface BulkheadState {
  readonly phase: 'open' | 'limited' | 'paused' | 'probing' | 'stopped';
  /** Why fewer calls are in flight than the ceiling allows; null when nothing holds them back. */
  readonly why: string | null;
  readonly limit: number;
  readonly inFlight: number;
  readonly waiting: number;
  /** Milliseconds until the next probe; null unless paused. */
  readonly resumesIn: number | null;
}

/** The one door to an endpoint: limiter, circuit breaker and queue. Constant time a call. */
export interface Bulkhead {
  /** Waits for a place; `again` goes before new calls. Rejects with the signal's reason or the error of `stop`. */
  enter(signal: AbortSignal, again: boolean): Promise<Pass>;
  /** Turns everyone who waits or comes away with this error; calls in flight go on. */
  stop(error: LlmError): void;
  state(): BulkheadState;
  /** Lets go of the timer; nobody waits any more. */
  close(): void;
}

interface Waiter {
  readonly admit: (pass: Pass) => void;
  readonly turnAway: (reason: unknown) => void;
  gone: boolean;
}

/** `changed` is called when the phase has become another or the limit has moved by a fifth, not for each call. */
export const bulkhead = (ceiling: number, clock: Clock, changed: () => void = () => {}): Bulkhead => {
  const limit = adaptiveLimit(ceiling);
  const health = breaker();
  const queues = { again: fifo<Waiter>(), first: fifo<Waiter>() };
  let inFlight = 0;
  let waiting = 0;
  let stopped: LlmError | null = null;
  let wakesAt = 0;
  const closing = new AbortController();
  let shown = { phase: 'open', limit: ceiling };

  const enter = async (signal: AbortSignal, again: boolean): Promise<Pass> => {
    signal.throwIfAborted();
    if (stopped !== null) throw stopped;
    if (waiting === 0 && inFlight < limit.value && health.admits(clock.now())) return admitted();
    return new Promise((resolve, reject) => queue(signal, again, resolve, reject));
  };

  const queue = (
    signal: AbortSignal,
    again: boolean,
    resolve: (pass: Pass) => void,
    reject: (reason: unknown) => void,
  ): void => {
    const settle = (): void => {
      waiter.gone = true;
      waiting--;
      signal.removeEventListener('abort', abort);
    };
    const waiter: Waiter = {
      gone: false,
      admit: (pass) => {
        settle();
        resolve(pass);
      },
      turnAway: (reason) => {
        settle();
        reject(reason);
      },
    };
    const abort = (): void => waiter.turnAway(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    (again ? queues.again : queues.first).push(waiter);
    waiting++;
    pump();
  };

  const pump = (): void => {
    while (inFlight < limit.value) {
      const now = clock.now();
      if (waiting === 0) break;
      if (!health.admits(now)) {
        if (health.phase === 'open') wakeAt(health.until, now);
        break;
      }
      next()!.admit(admitted());
    }
    tell();
  };

  const next = (): Waiter | undefined => {
    for (const line of [queues.again, queues.first]) {
      for (let waiter = line.shift(); waiter !== undefined; waiter = line.shift()) if (!waiter.gone) return waiter;
    }
    return undefined;
  };

  const admitted = (): Pass => {
    inFlight++;
    const probe = health.phase === 'probing';
    return { leave: (passage) => leave(passage, probe) };
  };

  const leave = (passage: Passage, probe: boolean): void => {
    inFlight--;
    if (passage.kind === 'answered') answered(passage.milliseconds);
    else if (passage.kind === 'fault') failed(passage.fault);
    else if (probe) health.abandoned();
    pump();
  };

  const answered = (milliseconds: number): void => {
    if (health.answered()) limit.resumed();
    limit.answered(milliseconds, waiting > 0);
  };

  const failed = (fault: EndpointFault): void => {
    health.failed(fault, inFlight, limit.value, clock.now());
    if (fault.kind === 'shed') limit.shed(inFlight);
    else limit.faulted();
  };

  const wakeAt = (at: number, now: number): void => {
    if (wakesAt >= at) return;
    wakesAt = at;
    const wake = (): void => {
      if (wakesAt === at) wakesAt = 0;
      pump();
    };
    clock.sleep(Math.max(0, at - now), closing.signal).then(wake, () => {});
  };

  const stop = (error: LlmError): void => {
    stopped ??= error;
    for (let waiter = next(); waiter !== undefined; waiter = next()) waiter.turnAway(stopped);
    tell();
  };

  const tell = (): void => {
    const now = { phase: phase(), limit: limit.value };
    if (now.phase === shown.phase && Math.abs(now.limit - shown.limit) < Math.max(1, shown.limit / 5)) return;
    shown = now;
    changed();
  };

  const phase = (): BulkheadState['phase'] => {
    if (stopped !== null) return 'stopped';
    if (health.phase === 'open') return 'paused';
    if (health.phase === 'probing') return 'probing';
    return limit.value < ceiling ? 'limited' : 'open';
  };

  const why = (): string | null => {
    if (stopped !== null) return stopped.message;
    if (health.fault !== null) return health.fault.message;
    return limit.cause === null ? null : `${limit.value} of ${ceiling} at once: ${limit.cause}`;
  };

  const state = (): BulkheadState => ({
    phase: phase(),
    why: why(),
    limit: limit.value,
    inFlight,
    waiting,
    resumesIn: health.phase === 'open' ? Math.max(0, health.until - clock.now()) : null,
  });

  return { enter, stop, state, close: () => closing.abort() };
};
