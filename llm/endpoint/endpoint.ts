import { type Clock, systemClock } from '../clock.ts';
import { LlmError } from '../errors.ts';
import type { Patience } from '../http/answers/watchdog.ts';
import { type Connection, connect } from '../http/connect/connection.ts';
import { type Mask, maskOf } from '../mask.ts';
import type { Budget } from '../money/budget.ts';
import type { Usage } from '../port.ts';
import { type EndpointSettings, secretsOf } from '../settings.ts';
import { backoff } from './backoff.ts';
import { type Bulkhead, type BulkheadState, bulkhead, type Passage } from './bulkhead.ts';
import { loneFailures, unreadable } from './lone-failures.ts';
import { type Attempted, paidAttempt, type Work } from './paid-attempt.ts';
import { type Trial, trial } from './trial.ts';

export interface EndpointState extends BulkheadState {
  readonly baseUrl: string;
  readonly model: string;
  readonly sent: number;
  readonly answered: number;
  readonly faults: number;
  /** Calls that wait for a while before they are made again, and what the last of them met with. */
  readonly retrying: number;
  readonly fault: string | null;
  /** How it is asked otherwise than the settings say, because it refused that. */
  readonly notes: readonly string[];
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
  /** HTTP, unless something else is put in its place. */
  readonly connect?: ((settings: EndpointSettings) => Connection) | undefined;
  readonly budget?: Budget | undefined;
  /** Called when the endpoint's phase or limit changes: why it is idle, in words. */
  readonly observe?: ((state: EndpointState) => void) | undefined;
}

type AnyWork = Work<{ usage: Usage }>;

/** An endpoint as it stands. */
interface Standing {
  readonly settings: EndpointSettings;
  readonly clock: Clock;
  readonly budget: Budget | undefined;
  readonly connection: Connection;
  readonly mask: Mask;
  readonly note: (what: string) => void;
  readonly notes: Set<string>;
  readonly bulkhead: Bulkhead;
  readonly trial: Trial;
  readonly unreadable: ReturnType<typeof unreadable>;
  readonly draining: AbortController;
  /** Calls that are neither ended nor held for the verdict on their refusal. */
  open: number;
  sent: number;
  answered: number;
  faults: number;
  /** Milliseconds that the slowest answer took lately; null before the first. */
  slowest: number | null;
  retrying: number;
  lastFault: string | null;
  /** The canary, while it is under way. */
  sounding: Promise<Attempted<unknown>> | null;
}

export const endpoint = (settings: EndpointSettings, deps: EndpointDeps = {}): Endpoint => {
  const { clock = systemClock, budget, observe } = deps;
  const standing: Standing = {
    settings,
    clock,
    budget,
    connection: (deps.connect ?? connect)(settings),
    mask: maskOf(secretsOf(settings)),
    notes: new Set(),
    note: (what) => {
      standing.notes.add(what);
      observe?.(stateOf(standing));
    },
    bulkhead: bulkhead(settings.concurrency, clock, () => observe?.(stateOf(standing))),
    trial: trial(settings),
    unreadable: unreadable(settings),
    draining: new AbortController(),
    open: 0,
    sent: 0,
    answered: 0,
    faults: 0,
    slowest: null,
    retrying: 0,
    lastFault: null,
    sounding: null,
  };
  return {
    call: (work, signal) => call(standing, work, signal),
    state: () => stateOf(standing),
    drain: () => drain(standing),
    close: () => {
      standing.bulkhead.close();
      return standing.connection.close();
    },
  };
};

const stateOf = ({
  settings,
  bulkhead,
  sent,
  answered,
  faults,
  retrying,
  lastFault,
  notes,
}: Standing): EndpointState => {
  const { baseUrl, model } = settings;
  const fault = retrying > 0 ? lastFault : null;
  return { baseUrl, model, sent, answered, faults, retrying, fault, notes: [...notes], ...bulkhead.state() };
};

const drain = ({ settings, draining, bulkhead, trial }: Standing): void => {
  const error = new LlmError('draining', `calls to ${settings.model} wait for another start`);
  draining.abort(error);
  bulkhead.stop(error);
  trial.drop(error);
};

const call = async <T extends { usage: Usage }>(standing: Standing, work: Work<T>, signal: AbortSignal): Promise<T> => {
  let verdict: Promise<LlmError>;
  standing.open++;
  try {
    const ended = await untilEnded(standing, work, signal);
    if (ended.kind === 'answered') return ended.reply;
    verdict = standing.trial.verdict(ended.error, signal);
  } finally {
    standing.open--;
    if (standing.open === 0 && standing.trial.held > 0) void settleTrial(standing, work);
  }
  throw await verdict;
};

/** Makes attempts until one is answered or refused. */
const untilEnded = async <T extends { usage: Usage }>(standing: Standing, work: Work<T>, signal: AbortSignal) => {
  const { settings, clock, draining } = standing;
  const alone = loneFailures(settings, standing.answered);
  for (let turn = 0; ; turn++) {
    const attempted = await pass(standing, work, signal, turn > 0);
    if (attempted.kind !== 'fault') return attempted;
    const { fault } = attempted;
    const isAlive = alone.add(fault, standing.answered);
    standing.lastFault = fault.message;
    standing.retrying++;
    await clock
      .sleep(backoff(turn, fault, standing.sent, isAlive), AbortSignal.any([signal, draining.signal]))
      .finally(() => standing.retrying--);
    if (work.canary && alone.isInDoubt(standing.answered)) sound(standing, work.canary).catch(() => {});
  }
};

/** One attempt, from taking a place to giving it back. */
const pass = async <T extends { usage: Usage }>(
  standing: Standing,
  work: Work<T>,
  signal: AbortSignal,
  again: boolean,
): Promise<Attempted<T>> => {
  const { leave } = await standing.bulkhead.enter(signal, again);
  let passage: Passage = { kind: 'void' };
  try {
    const attempted = judged(
      standing,
      await paidAttempt(standing, sending(standing), work, patience(standing, work), signal),
    );
    passage = passageOf(attempted);
    return attempted;
  } finally {
    leave(passage);
  }
};

/** Gives an attempt its number, or throws where nothing is to be sent any more. */
const sending = (standing: Standing) => (): number => {
  standing.draining.signal.throwIfAborted();
  return ++standing.sent;
};

/** A plain answer shows nothing until it is whole: it gets so many times the idle time-out before others came. */
const plainFactor = 15;
/** Once others came, it gets so many times what the slowest of them took lately. */
const slowestFactor = 10;

/** No server that is of use writes more slowly: a byte now and then for ever is no life. */
const millisecondsPerToken = 1000;

const patience = ({ settings, slowest }: Standing, { streamed, atMost }: AnyWork): Patience => {
  const idle = (settings.idleTimeoutSeconds ?? 120) * 1000;
  const silent = plainFactor * idle;
  const plain = slowest === null ? silent : slowestFactor * slowest;
  const first = streamed ? idle : Math.max(idle, plain);
  return { first, idle, silent, whole: Math.max(first, silent) + millisecondsPerToken * atMost.completionTokens };
};

/** Counts the attempt; a refusal, or one more answer that nobody can read, may stop the endpoint for everyone. */
const judged = <T>(standing: Standing, attempted: Attempted<T>): Attempted<T> => {
  if (attempted.kind === 'answered') {
    standing.answered++;
    standing.slowest = Math.max(attempted.milliseconds, (standing.slowest ?? 0) * 0.999);
    standing.trial.answered(attempted.number);
    return attempted;
  }
  if (attempted.kind === 'fault') {
    standing.faults++;
    const error = standing.answered === 0 ? standing.unreadable.add(attempted.fault) : null;
    return error === null ? attempted : stopped(standing, attempted, error);
  }
  const { error } = attempted;
  const stopping = error.fate === 'stop' ? error : standing.trial.refused(error, standing.sent);
  return stopping === null ? attempted : stopped(standing, attempted, stopping);
};

const stopped = <T>(standing: Standing, attempted: Attempted<T>, error: LlmError): Attempted<T> => {
  standing.bulkhead.stop(error);
  standing.trial.drop(error);
  return { ...attempted, kind: 'refused', error };
};

/** What the bulkhead learns from an attempt. A refusal of one record shows that the endpoint lives. */
const passageOf = (attempted: Attempted<unknown>): Passage => {
  if (attempted.kind === 'fault') return attempted;
  if (attempted.kind === 'refused' && attempted.error.fate === 'stop') return { kind: 'void' };
  return { kind: 'answered', milliseconds: attempted.milliseconds };
};

/**
 * Asks the canary once; who comes while it is under way gets the same one. An answer counts as one to any call, so that
 * it is seen whether the endpoint lives where only calls that fail are left.
 */
const sound = (standing: Standing, canary: () => AnyWork): Promise<Attempted<unknown>> => {
  standing.sounding ??= pass(standing, canary(), standing.draining.signal, true).finally(() => {
    standing.sounding = null;
  });
  return standing.sounding;
};

/** Nothing is in flight that could tell whose fault the refusals are: the canary tells. */
const settleTrial = async (standing: Standing, { canary }: AnyWork): Promise<void> => {
  const { trial, bulkhead, clock, draining } = standing;
  if (canary === undefined) return trial.drop(null);
  try {
    for (let turn = 0; trial.held > 0 && standing.open === 0; turn++) {
      const attempted = await sound(standing, canary);
      if (attempted.kind === 'refused') return bulkhead.stop(trial.convict(attempted.error));
      if (attempted.kind === 'answered') continue;
      await clock.sleep(backoff(turn, attempted.fault, standing.sent, false), draining.signal);
    }
  } catch (error) {
    trial.drop(error instanceof LlmError ? error : null);
  }
};
