import type { Budget } from './budget.ts';
import { type Clock, systemClock } from './clock.ts';
import { connect } from './connection.ts';
import { LlmError } from './errors.ts';
import { firstRefusals } from './first-refusals.ts';
import { type GateState, gate, type Passage } from './gate.ts';
import { type Attempted, paidAttempt, type Work } from './paid-attempt.ts';
import { backoff, loneFailures } from './persistence.ts';
import type { Usage } from './port.ts';
import type { EndpointSettings } from './settings.ts';
import type { Patience } from './watchdog.ts';

export interface EndpointState extends GateState {
  readonly baseUrl: string;
  readonly model: string;
  readonly sent: number;
  readonly answered: number;
  readonly faults: number;
  /** Calls that wait for a while before they are made again, and what the last of them met with. */
  readonly retrying: number;
  readonly fault: string | null;
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
  const door = gate(settings.concurrency, clock, () => observe?.(state()));
  const refusals = firstRefusals(settings);
  const draining = new AbortController();
  /** Calls that are neither ended nor held for the verdict on their refusal. */
  let open = 0;
  let sent = 0;
  let answered = 0;
  let faults = 0;
  let slowest: number | null = null;
  let retrying = 0;
  let lastFault: string | null = null;

  const state = (): EndpointState => {
    const { baseUrl, model } = settings;
    const fault = retrying > 0 ? lastFault : null;
    return { baseUrl, model, sent, answered, faults, retrying, fault, ...door.state() };
  };

  const attempt = paidAttempt(settings, {
    connection,
    clock,
    budget,
    sending: () => {
      draining.signal.throwIfAborted();
      sent++;
    },
  });

  const call: Endpoint['call'] = async (work, signal) => {
    let refusal: Promise<LlmError>;
    open++;
    try {
      const ended = await untilEnded(work, signal);
      if (ended.kind === 'answered') return ended.reply;
      refusal = refusals.verdict(ended.error, signal);
    } finally {
      if (--open === 0) refusals.idle();
    }
    throw await refusal;
  };

  const untilEnded = async <T extends { usage: Usage }>(work: Work<T>, signal: AbortSignal) => {
    const alone = loneFailures(settings, answered);
    for (let turn = 0; ; turn++) {
      const attempted = await pass(work, signal, turn > 0);
      if (attempted.kind !== 'fault') return attempted;
      alone.add(attempted.fault, answered);
      lastFault = attempted.fault.message;
      retrying++;
      await clock
        .sleep(backoff(turn, attempted.fault, sent), AbortSignal.any([signal, draining.signal]))
        .finally(() => retrying--);
    }
  };

  /** One attempt, from taking a place to giving it back. */
  const pass = async <T extends { usage: Usage }>(work: Work<T>, signal: AbortSignal, again: boolean) => {
    const { leave } = await door.enter(signal, again);
    let passage: Passage = { kind: 'void' };
    try {
      const attempted = judged(await attempt(work, patienceWith(work.streamed), signal));
      passage = passageOf(attempted);
      return attempted;
    } finally {
      leave(passage);
    }
  };

  const patienceWith = (streamed: boolean): Patience => {
    const plain = slowest === null ? plainFactor * idle : slowestFactor * slowest;
    return { first: streamed ? idle : Math.max(idle, plain), idle, silent: plainFactor * idle };
  };

  /** Counts the attempt; a refusal may stop the endpoint for everyone. */
  const judged = <T>(attempted: Attempted<T>): Attempted<T> => {
    if (attempted.kind === 'answered') {
      if (answered++ === 0) refusals.answered();
      slowest = Math.max(attempted.milliseconds, (slowest ?? 0) * 0.999);
    } else if (attempted.kind === 'fault') faults++;
    else {
      const stopping = attempted.error.fate === 'stop' ? attempted.error : refusals.count(attempted.error);
      if (stopping !== null) door.stop(stopping);
      return { ...attempted, error: stopping ?? attempted.error };
    }
    return attempted;
  };

  const close = (): Promise<void> => {
    door.close();
    return connection.close();
  };

  const drain = (): void => {
    const error = new LlmError('draining', `calls to ${settings.model} wait for another start`);
    draining.abort(error);
    door.stop(error);
    refusals.drop(error);
  };

  return { call, state, drain, close };
};

/** What the gate learns from an attempt. A refusal of one record shows that the endpoint lives. */
const passageOf = (attempted: Attempted<unknown>): Passage => {
  if (attempted.kind === 'fault') return attempted;
  if (attempted.kind === 'refused' && attempted.error.fate === 'stop') return { kind: 'void' };
  return { kind: 'answered', milliseconds: attempted.milliseconds };
};
