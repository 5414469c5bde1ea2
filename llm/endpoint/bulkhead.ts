import { type Line, lineOf } from '../../waiting/line.ts';
import type { Clock } from '../clock.ts';
import type { EndpointFault } from '../endpoint-fault.ts';
import type { LlmError } from '../errors.ts';
import { adaptiveLimit } from './adaptive-limit.ts';
import { breaker } from './breaker.ts';
import type { EngineWatch } from './engine/engine-watch.ts';
import type { Rate } from './rates/rate.ts';

/** How a call that was let through ended, as far as the endpoint's health goes. */
export type Passage =
  | { readonly kind: 'answered'; readonly milliseconds: number }
  | { readonly kind: 'fault'; readonly fault: EndpointFault }
  /** Nothing was learnt: aborted, or never sent. */
  | { readonly kind: 'void' };

export interface Pass {
  /** The call is sent now. */
  sent(): void;
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

/** The one door to a server: limiter, circuit breaker and queue. Constant time a call. */
export interface Bulkhead {
  /** Waits for a place; `again` goes before new calls. Rejects with the signal's reason or what it is turned away with. */
  enter(signal: AbortSignal, again: boolean): Promise<Pass>;
  /** Whether a call that comes now is let through. */
  hasRoom(): boolean;
  /** A place at once; null where there is none. */
  enterNow(): Pass | null;
  /** Looks whether one of those that wait may go. */
  look(): void;
  /** Turns everyone who waits here away with this reason. */
  turnAway(reason: unknown): void;
  /** Turns everyone who waits or comes away with this error; calls in flight go on. */
  stop(error: LlmError): void;
  /** Calls in flight and waiting here. */
  readonly load: number;
  readonly inFlight: number;
  /** Whether calls go through as they come: neither down, on trial after a pause, nor stopped. */
  readonly isAlive: boolean;
  /** What it was stopped with. */
  readonly stopped: LlmError | null;
  state(): BulkheadState;
  /** Lets go of the timer; nobody waits any more. */
  close(): void;
}

export interface BulkheadDeps {
  readonly clock: Clock;
  /** Called when the phase has become another or the limit has moved by a fifth, not for each call. */
  readonly changed?: () => void;
  /** Those that wait for whichever server has room first. */
  readonly overflow?: Pick<Line<Pass>, 'length' | 'give'>;
  /** Under a declared rate few are let through before their turn, the others wait here. */
  readonly rate?: Pick<Rate, 'atOnce' | 'why'> | null;
  /** What the server's engine says it can do. */
  readonly engine?: Pick<EngineWatch, 'limit' | 'why'> | null;
}

export const bulkhead = (
  ceiling: number,
  { clock, changed = () => {}, overflow, rate = null, engine = null }: BulkheadDeps,
): Bulkhead => {
  const limit = adaptiveLimit(ceiling);
  const health = breaker();
  const line = lineOf<Pass>();
  let inFlight = 0;
  /** Let through, and waiting for their money or their turn. */
  let unsent = 0;
  let stopped: LlmError | null = null;
  let wakesAt = 0;
  const closing = new AbortController();
  let shown = { phase: 'open', limit: ceiling };

  const waiting = (): number => line.length + (overflow?.length ?? 0);

  const enter = async (signal: AbortSignal, again: boolean): Promise<Pass> => {
    signal.throwIfAborted();
    if (stopped !== null) throw stopped;
    const pass = enterNow();
    if (pass !== null) return pass;
    const place = line.wait(signal, undefined, again ? 'again' : undefined);
    look();
    return place;
  };

  /** By the answers, and by the engine's own word. */
  const most = (): number => Math.min(limit.value, engine?.limit ?? ceiling);

  const isFree = (): boolean => stopped === null && inFlight < most() && (rate === null || unsent < rate.atOnce);

  const enterNow = (): Pass | null => (isFree() && line.length === 0 && health.admits(clock.now()) ? admitted() : null);

  const hasRoom = (): boolean => isFree() && line.length === 0 && health.wouldAdmit(clock.now());

  const look = (): void => {
    while (isFree() && waiting() > 0) {
      const now = clock.now();
      if (!health.admits(now)) {
        if (health.phase === 'open') wakeAt(health.until, now);
        break;
      }
      (line.length > 0 ? line : overflow)?.give(admitted());
    }
    tell();
  };

  const admitted = (): Pass => {
    inFlight++;
    unsent++;
    const probe = health.phase === 'probing';
    let isSent = false;
    const sent = (): void => {
      if (isSent) return;
      isSent = true;
      unsent--;
      if (rate !== null) look();
    };
    return {
      sent,
      leave: (passage) => {
        sent();
        leave(passage, probe);
      },
    };
  };

  const leave = (passage: Passage, probe: boolean): void => {
    inFlight--;
    if (passage.kind === 'answered') answered(passage.milliseconds);
    else if (passage.kind === 'fault') failed(passage.fault);
    else if (probe) health.abandoned();
    look();
  };

  const answered = (milliseconds: number): void => {
    if (health.answered()) limit.resumed();
    limit.answered(milliseconds, waiting() > 0);
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
      look();
    };
    clock.sleep(Math.max(0, at - now), closing.signal).then(wake, () => {});
  };

  const stop = (error: LlmError): void => {
    stopped ??= error;
    line.turnAway(stopped);
    tell();
  };

  const tell = (): void => {
    const now = { phase: phase(), limit: most() };
    if (now.phase === shown.phase && Math.abs(now.limit - shown.limit) < Math.max(1, shown.limit / 5)) return;
    shown = now;
    changed();
  };

  const phase = (): BulkheadState['phase'] => {
    if (stopped !== null) return 'stopped';
    if (health.phase === 'open') return 'paused';
    if (health.phase === 'probing') return 'probing';
    return most() < ceiling ? 'limited' : 'open';
  };

  const why = (): string | null => {
    if (stopped !== null) return stopped.message;
    if (health.fault !== null) return health.fault.message;
    const cause = engine !== null && engine.limit < limit.value ? engine.why : limit.cause;
    if (cause !== null) return `${most()} of ${ceiling} at once: ${cause}`;
    return rate?.why() ?? null;
  };

  const state = (): BulkheadState => ({
    phase: phase(),
    why: why(),
    limit: most(),
    inFlight,
    waiting: line.length,
    resumesIn: health.phase === 'open' ? Math.max(0, health.until - clock.now()) : null,
  });

  return {
    enter,
    enterNow,
    hasRoom,
    look,
    turnAway: line.turnAway,
    stop,
    get load() {
      return inFlight + line.length;
    },
    get inFlight() {
      return inFlight;
    },
    get isAlive() {
      return stopped === null && health.phase === 'closed';
    },
    get stopped() {
      return stopped;
    },
    state,
    close: () => closing.abort(),
  };
};
