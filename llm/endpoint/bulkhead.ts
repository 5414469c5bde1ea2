import { type Line, lineOf } from '../../waiting/line.ts';
import type { Clock } from '../clock.ts';
import type { EndpointFault } from '../endpoint-fault.ts';
import type { LlmError } from '../errors.ts';
import { type AdaptiveLimit, adaptiveLimit } from './adaptive-limit.ts';
import { type Breaker, breaker } from './breaker.ts';
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

export const bulkhead = (ceiling: number, deps: BulkheadDeps): Bulkhead => {
  const door: Door = {
    ceiling,
    deps,
    limit: adaptiveLimit(ceiling),
    health: breaker(),
    line: lineOf<Pass>(),
    inFlight: 0,
    unsent: 0,
    stopped: null,
    wakesAt: 0,
    closing: new AbortController(),
    shown: { phase: 'open', limit: ceiling },
  };
  const { line, health } = door;
  return {
    enter: (signal, again) => enter(door, signal, again),
    enterNow: () => enterNow(door),
    hasRoom: () => isFree(door) && line.length === 0 && health.wouldAdmit(deps.clock.now()),
    look: () => look(door),
    turnAway: line.turnAway,
    stop: (error) => stop(door, error),
    get load() {
      return door.inFlight + line.length;
    },
    get inFlight() {
      return door.inFlight;
    },
    get isAlive() {
      return door.stopped === null && health.phase === 'closed';
    },
    get stopped() {
      return door.stopped;
    },
    state: () => stateOf(door),
    close: () => door.closing.abort(),
  };
};

interface Door {
  readonly ceiling: number;
  readonly deps: BulkheadDeps;
  readonly limit: AdaptiveLimit;
  readonly health: Breaker;
  readonly line: Line<Pass>;
  inFlight: number;
  /** Let through, and waiting for their money or their turn. */
  unsent: number;
  stopped: LlmError | null;
  /** When the timer looks again; 0 where none is set. */
  wakesAt: number;
  readonly closing: AbortController;
  /** What was told of last. */
  shown: { readonly phase: BulkheadState['phase']; readonly limit: number };
}

const waiting = ({ line, deps }: Door): number => line.length + (deps.overflow?.length ?? 0);

/** By the answers, and by the engine's own word. */
const most = ({ limit, deps, ceiling }: Door): number => Math.min(limit.value, deps.engine?.limit ?? ceiling);

const isFree = (door: Door): boolean =>
  door.stopped === null && door.inFlight < most(door) && (!door.deps.rate || door.unsent < door.deps.rate.atOnce);

const enter = async (door: Door, signal: AbortSignal, again: boolean): Promise<Pass> => {
  signal.throwIfAborted();
  if (door.stopped !== null) throw door.stopped;
  const pass = enterNow(door);
  if (pass !== null) return pass;
  const place = door.line.wait(signal, undefined, again ? 'again' : undefined);
  look(door);
  return place;
};

const enterNow = (door: Door): Pass | null =>
  isFree(door) && door.line.length === 0 && door.health.admits(door.deps.clock.now()) ? admitted(door) : null;

const look = (door: Door): void => {
  const { line, health, deps } = door;
  while (isFree(door) && waiting(door) > 0) {
    const now = deps.clock.now();
    if (!health.admits(now)) {
      if (health.phase === 'open') wakeAt(door, health.until, now);
      break;
    }
    (line.length > 0 ? line : deps.overflow)?.give(admitted(door));
  }
  tell(door);
};

const admitted = (door: Door): Pass => {
  door.inFlight++;
  door.unsent++;
  const probe = door.health.phase === 'probing';
  let isSent = false;
  const sent = (): void => {
    if (isSent) return;
    isSent = true;
    door.unsent--;
    if (door.deps.rate) look(door);
  };
  return {
    sent,
    leave: (passage) => {
      sent();
      leave(door, passage, probe);
    },
  };
};

const leave = (door: Door, passage: Passage, probe: boolean): void => {
  door.inFlight--;
  if (passage.kind === 'answered') answered(door, passage.milliseconds);
  else if (passage.kind === 'fault') failed(door, passage.fault);
  else if (probe) door.health.abandoned();
  look(door);
};

const answered = (door: Door, milliseconds: number): void => {
  if (door.health.answered()) door.limit.resumed();
  door.limit.answered(milliseconds, waiting(door) > 0);
};

const failed = ({ health, limit, inFlight, deps }: Door, fault: EndpointFault): void => {
  health.failed(fault, inFlight, limit.value, deps.clock.now());
  if (fault.kind === 'shed') limit.shed(inFlight);
  else limit.faulted();
};

const wakeAt = (door: Door, at: number, now: number): void => {
  if (door.wakesAt >= at) return;
  door.wakesAt = at;
  const wake = (): void => {
    if (door.wakesAt === at) door.wakesAt = 0;
    look(door);
  };
  door.deps.clock.sleep(Math.max(0, at - now), door.closing.signal).then(wake, () => {});
};

const stop = (door: Door, error: LlmError): void => {
  door.stopped ??= error;
  door.line.turnAway(door.stopped);
  tell(door);
};

const tell = (door: Door): void => {
  const { shown, deps } = door;
  const now = { phase: phaseOf(door), limit: most(door) };
  if (now.phase === shown.phase && Math.abs(now.limit - shown.limit) < Math.max(1, shown.limit / 5)) return;
  door.shown = now;
  deps.changed?.();
};

const phaseOf = (door: Door): BulkheadState['phase'] => {
  const { stopped, health, ceiling } = door;
  if (stopped !== null) return 'stopped';
  if (health.phase === 'open') return 'paused';
  if (health.phase === 'probing') return 'probing';
  return most(door) < ceiling ? 'limited' : 'open';
};

const whyOf = (door: Door): string | null => {
  const { stopped, health, limit, ceiling, deps } = door;
  if (stopped !== null) return stopped.message;
  if (health.fault !== null) return health.fault.message;
  const { engine, rate } = deps;
  const cause = engine && engine.limit < limit.value ? engine.why : limit.cause;
  if (cause !== null) return `${most(door)} of ${ceiling} at once: ${cause}`;
  return rate?.why() ?? null;
};

const stateOf = (door: Door): BulkheadState => {
  const { health, line, inFlight, deps } = door;
  return {
    phase: phaseOf(door),
    why: whyOf(door),
    limit: most(door),
    inFlight,
    waiting: line.length,
    resumesIn: health.phase === 'open' ? Math.max(0, health.until - deps.clock.now()) : null,
  };
};
