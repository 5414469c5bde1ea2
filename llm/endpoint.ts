import type { Budget, Reservation } from './budget.ts';
import { type Clock, systemClock } from './clock.ts';
import { type Connection, connect } from './connection.ts';
import { LlmError } from './errors.ts';
import { EndpointFault, faultOf } from './faults.ts';
import { type Gate, type GateState, gate } from './gate.ts';
import { backoff, firstRefusals, loneFailures } from './persistence.ts';
import type { Usage } from './port.ts';
import { costOf } from './prices.ts';
import type { EndpointSettings } from './settings.ts';
import { type Alive, watched } from './watchdog.ts';

/** What one attempt gets to work with. */
export interface Sending {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  readonly alive: Alive;
  /** Reports completion tokens that were seen so far, in case that the call is cancelled. */
  readonly counted: (tokens: number) => void;
}

/** A call as the endpoint makes it, as often as it takes. */
export interface Work<T extends { usage: Usage }> {
  /** The most that one attempt can cost; reserved before it is sent. */
  readonly atMost: Usage;
  /** Whether signs of life are to be expected while the model writes. */
  readonly streamed: boolean;
  send(sending: Sending): Promise<T>;
}

export interface EndpointState extends GateState {
  readonly baseUrl: string;
  readonly model: string;
  readonly sent: number;
  readonly answered: number;
  readonly faults: number;
}

/** One model behind one URL: every call to it goes through here. */
export interface Endpoint {
  /**
   * Makes a call and waits out the endpoint's faults, for ever if need be. Rejects with an LlmError, the signal's
   * reason, or what the budget's ledger rejects with.
   */
  call<T extends { usage: Usage }>(work: Work<T>, signal: AbortSignal): Promise<T>;
  state(): EndpointState;
  /** Sends nothing more: calls in flight go on, those that wait reject with `draining`, to be made another time. */
  drain(): void;
  /** Drops the connections. Calls in flight fail as if the endpoint had reset them: abort them before. */
  close(): Promise<void>;
}

export interface EndpointDeps {
  readonly clock?: Clock | undefined;
  readonly budget?: Budget | undefined;
  /** Called when the endpoint's phase or limit changes: why it is idle, in words. */
  readonly observe?: ((state: EndpointState) => void) | undefined;
}

/** A plain answer shows nothing until it is whole: it gets so many times the idle time-out before others came. */
const plainFactor = 15;
/** Once others came, it gets so many times what the slowest of them took lately. */
const slowestFactor = 10;

export const endpoint = (settings: EndpointSettings, deps: EndpointDeps = {}): Endpoint => {
  const { clock = systemClock, budget, observe } = deps;
  const idle = (settings.idleTimeoutSeconds ?? 120) * 1000;
  const connection = connect(settings);
  const door: Gate = gate(settings.concurrency, clock, () => observe?.(state()));
  const refusals = firstRefusals(settings);
  const draining = new AbortController();
  let sent = 0;
  let answered = 0;
  let faults = 0;
  let slowest: number | null = null;

  const state = (): EndpointState => {
    const { baseUrl, model } = settings;
    return { baseUrl, model, sent, answered, faults, ...door.state() };
  };

  const call: Endpoint['call'] = async (work, signal) => {
    const alone = loneFailures(settings, answered);
    for (let attempt = 0; ; attempt++) {
      const result = await pass(work, signal, attempt > 0);
      if (!(result instanceof EndpointFault)) return result;
      alone.add(result, answered);
      await clock.sleep(backoff(attempt, result, sent), AbortSignal.any([signal, draining.signal]));
    }
  };

  /** One attempt, from taking a place to giving it back. */
  const pass = async <T extends { usage: Usage }>(work: Work<T>, signal: AbortSignal, again: boolean) => {
    const { leave } = await door.enter(signal, again);
    let reservation: Reservation | undefined;
    let started: number;
    try {
      reservation = await budget?.reserve(settings.model, costOf(settings.price, work.atMost), signal);
      started = clock.now();
    } catch (error) {
      leave({ kind: 'void' });
      throw error;
    }
    let seen = 0;
    try {
      const reply = await attempt(work, signal, (tokens) => {
        seen = tokens;
      });
      reservation?.settle(costOf(settings.price, reply.usage));
      took(clock.now() - started);
      leave({ kind: 'answered', milliseconds: clock.now() - started });
      return reply;
    } catch (error) {
      return failed(error, { work, signal, reservation, seen, started, leave });
    }
  };

  const attempt = <T extends { usage: Usage }>(work: Work<T>, signal: AbortSignal, counted: (n: number) => void) => {
    sent++;
    const first = work.streamed
      ? idle
      : Math.max(idle, slowest === null ? plainFactor * idle : slowestFactor * slowest);
    return watched(signal, { first, idle, silent: plainFactor * idle }, (inner, alive) =>
      work.send({ connection, signal: inner, alive, counted }),
    );
  };

  const took = (milliseconds: number): void => {
    answered++;
    slowest = Math.max(milliseconds, (slowest ?? 0) * 0.999);
  };

  interface Failure {
    readonly work: Work<{ usage: Usage }>;
    readonly signal: AbortSignal;
    readonly reservation: Reservation | undefined;
    readonly seen: number;
    readonly started: number;
    readonly leave: (passage: Parameters<Awaited<ReturnType<Gate['enter']>>['leave']>[0]) => void;
  }

  const failed = (error: unknown, failure: Failure): EndpointFault => {
    const { work, signal, reservation, seen, started, leave } = failure;
    if (signal.aborted) {
      reservation?.settle(costOf(settings.price, cancelledUsage(work, seen)));
      leave({ kind: 'void' });
      throw signal.reason;
    }
    const fault = faultOf(error, settings);
    if (fault instanceof EndpointFault) {
      faults++;
      reservation?.settle(costOf(settings.price, fault.perhapsPaid ? cancelledUsage(work, seen) : nothing));
      leave({ kind: 'fault', fault });
      return fault;
    }
    reservation?.settle(costOf(settings.price, fault.code === 'reply-unusable' ? cancelledUsage(work, seen) : nothing));
    const final = refusals.judge(fault, answered);
    if (final.fate === 'stop') door.stop(final);
    // A refusal of one record shows that the endpoint lives.
    leave(final.fate === 'stop' ? { kind: 'void' } : { kind: 'answered', milliseconds: clock.now() - started });
    throw final;
  };

  const close = (): Promise<void> => {
    door.close();
    return connection.close();
  };

  const drain = (): void => {
    const error = new LlmError('draining', `calls to ${settings.model} wait for another start`);
    draining.abort(error);
    door.stop(error);
  };

  return { call, state, drain, close };
};

const nothing: Usage = { promptTokens: 0, completionTokens: 0 };

/** What a call without an answer may have cost: what was seen of a stream, else the most that it could. */
const cancelledUsage = ({ atMost, streamed }: Work<{ usage: Usage }>, seen: number): Usage =>
  streamed && seen > 0 ? { promptTokens: atMost.promptTokens, completionTokens: seen } : atMost;
