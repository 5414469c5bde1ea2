import { type Clock, systemClock } from '../clock.ts';
import { LlmError } from '../errors.ts';
import type { Patience } from '../http/answers/watchdog.ts';
import { type Connection, connect } from '../http/connect/connection.ts';
import { type Mask, maskOf } from '../mask.ts';
import type { Budget } from '../money/budget.ts';
import type { Usage } from '../port.ts';
import { type EndpointSettings, secretsOf } from '../settings.ts';
import { backoff } from './backoff.ts';
import { type Bulkhead, type BulkheadDeps, type BulkheadState, bulkhead, type Pass, type Passage } from './bulkhead.ts';
import { type EngineWatch, watchEngine } from './engine/engine-watch.ts';
import { unreadable } from './lone-failures.ts';
import { type AnyWork, type Attempted, paidAttempt, type Work } from './paid-attempt.ts';
import type { OpenClaims } from './rates/claims.ts';
import { openRate, type Rate } from './rates/rate.ts';
import { type Trial, trial } from './trial.ts';
import { type CallEnd, type Latency, type Workload, workload } from './workload.ts';

export interface EndpointState extends BulkheadState {
  readonly baseUrl: string;
  readonly model: string;
  /** Which of several servers of one model it is; null where there is one. */
  readonly member: string | null;
  readonly sent: number;
  readonly answered: number;
  readonly faults: number;
  /** Since the call went out that has been out longest; null where none is. */
  readonly oldestSeconds: number | null;
  /** Completion tokens of what was answered in the last ten seconds. */
  readonly tokensPerSecond: number;
  /** Calls that are over, by `answered`, the kind of fault, or the code of the error. */
  readonly ended: Readonly<Record<string, number>>;
  /** The same by status of HTTP, or `none`. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Of those that were answered. */
  readonly latency: Latency;
  /** Calls that wait for a while before they are made again, and what the last of them met with. */
  readonly retrying: number;
  readonly fault: string | null;
  /** How it is asked otherwise than the settings say, because it refused that. */
  readonly notes: readonly string[];
}

export interface MemberDeps {
  readonly clock?: Clock | undefined;
  /** HTTP, unless something else is put in its place. */
  readonly connect?: ((settings: EndpointSettings) => Connection) | undefined;
  readonly budget?: Budget | undefined;
  /** Where the rates that are declared are shared with other processes; left out where there are none. */
  readonly claims?: OpenClaims | undefined;
  /** Called when the phase or the limit of a server changes: why it is idle, in words. */
  readonly observe?: ((state: EndpointState) => void) | undefined;
  readonly changed?: () => void;
  readonly overflow?: BulkheadDeps['overflow'];
}

/** One server that serves a model, as it stands. */
export interface Member {
  readonly settings: EndpointSettings;
  readonly name: string | null;
  readonly weight: number;
  readonly clock: Clock;
  readonly budget: Budget | undefined;
  readonly connection: Connection;
  readonly mask: Mask;
  readonly note: (what: string) => void;
  readonly notes: Set<string>;
  readonly rate: Rate | null;
  readonly engine: EngineWatch | null;
  readonly bulkhead: Bulkhead;
  readonly trial: Trial;
  readonly unreadable: ReturnType<typeof unreadable>;
  readonly workload: Workload;
  readonly draining: AbortController;
  /** Calls here that are neither ended nor held for the verdict on their refusal. */
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

export const openMember = (
  settings: EndpointSettings,
  { name, weight }: Pick<Member, 'name' | 'weight'>,
  deps: MemberDeps,
): Member => {
  const { clock = systemClock, budget, observe, changed, overflow } = deps;
  const tell = (): void => {
    observe?.(stateOf(member));
    changed?.();
  };
  const { rpm, tpm, account = settings.model, baseUrl } = settings;
  const isPaced = rpm !== undefined || tpm !== undefined;
  const server = `${account} ${name ?? baseUrl}`;
  const rate = isPaced ? openRate(server, { rpm, tpm }, { clock, claims: deps.claims }) : null;
  const engine =
    settings.metricsUrl === undefined
      ? null
      : watchEngine(settings, settings.metricsUrl, {
          clock,
          connect: deps.connect,
          inFlight: () => member.bulkhead.inFlight,
          changed: () => member.bulkhead.look(),
          note: (what) => member.note(what),
        });
  const member: Member = {
    settings,
    rate,
    engine,
    name,
    weight,
    clock,
    budget,
    connection: (deps.connect ?? connect)(settings),
    mask: maskOf(secretsOf(settings)),
    notes: new Set(),
    note: (what) => {
      member.notes.add(what);
      observe?.(stateOf(member));
    },
    bulkhead: bulkhead(settings.concurrency, { clock, changed: tell, rate, engine, ...(overflow && { overflow }) }),
    trial: trial(settings),
    unreadable: unreadable(settings),
    workload: workload(),
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
  return member;
};

export const stateOf = (member: Member): EndpointState => {
  const { settings, name, bulkhead, sent, answered, faults, retrying, lastFault, notes, workload, clock } = member;
  const { baseUrl, model } = settings;
  const fault = retrying > 0 ? lastFault : null;
  const counts = { sent, answered, faults, retrying, fault };
  const now = clock.now();
  const oldest = workload.oldest(now);
  const pace = {
    oldestSeconds: oldest === null ? null : Math.floor(oldest / 1000),
    tokensPerSecond: workload.tokensPerSecond(now),
    ended: workload.ended(),
    statuses: workload.statuses(),
    latency: workload.latency(),
  };
  return { baseUrl, model, member: name, ...counts, ...pace, notes: [...notes], ...bulkhead.state() };
};

export const drain = ({ draining, bulkhead, trial }: Member, error: LlmError): void => {
  draining.abort(error);
  bulkhead.stop(error);
  trial.drop(error);
};

/** A call leaves: where no other is left that could tell whose fault the refusals are that are held, that is found out. */
export const depart = (member: Member, work: AnyWork): void => {
  member.open--;
  if (member.open === 0 && member.trial.held > 0) void settleTrial(member, work);
};

/** One attempt, from the place that it has to giving it back. */
export const attempt = async <T extends { usage: Usage }>(
  member: Member,
  pass: Pass,
  work: Work<T>,
  signal: AbortSignal,
): Promise<Attempted<T>> => {
  let passage: Passage = { kind: 'void' };
  let over: ReturnType<Workload['begin']> = () => {};
  // What an abort or the money's end cuts off.
  let end: CallEnd = { outcome: 'given-up', completionTokens: 0, status: null };
  const sending = (): number => {
    const number = numbered(member, pass);
    over = member.workload.begin(member.clock.now());
    return number;
  };
  try {
    const known = await work.known?.();
    if (known !== undefined) return { kind: 'answered', reply: known, number: member.sent, milliseconds: 0 };
    const attempted = judged(member, await paidAttempt(member, sending, work, patience(member, work), signal));
    end = endOf(attempted);
    passage = passageOf(attempted);
    return attempted;
  } finally {
    over(member.clock.now(), end);
    pass.leave(passage);
  }
};

const endOf = (attempted: Attempted<{ usage: Usage }>): CallEnd => {
  if (attempted.kind === 'answered')
    return { outcome: 'answered', completionTokens: attempted.reply.usage.completionTokens, status: 200 };
  const [outcome, { status }] =
    attempted.kind === 'fault' ? [attempted.fault.kind, attempted.fault] : [attempted.error.code, attempted.error];
  return { outcome, completionTokens: 0, status };
};

/** Gives an attempt its number, or throws where nothing is to be sent any more. */
const numbered = (member: Member, pass: Pass): number => {
  member.draining.signal.throwIfAborted();
  pass.sent();
  member.engine?.begin();
  return ++member.sent;
};

/** A plain answer shows nothing until it is whole: it gets so many times the idle time-out before others came. */
const plainFactor = 15;
/** Once others came, it gets so many times what the slowest of them took lately. */
const slowestFactor = 10;

/** No server that is of use writes more slowly: a byte now and then for ever is no life. */
const millisecondsPerToken = 1000;

const patience = ({ settings, slowest }: Member, { streamed, atMost }: AnyWork): Patience => {
  const idle = (settings.idleTimeoutSeconds ?? 120) * 1000;
  const silent = plainFactor * idle;
  const plain = slowest === null ? silent : slowestFactor * slowest;
  const first = streamed ? idle : Math.max(idle, plain);
  return { first, idle, silent, whole: Math.max(first, silent) + millisecondsPerToken * atMost.completionTokens };
};

/** Counts the attempt; a refusal, or one more answer that nobody can read, may stop the endpoint for everyone. */
const judged = <T>(member: Member, attempted: Attempted<T>): Attempted<T> => {
  if (attempted.kind === 'answered') {
    member.answered++;
    member.slowest = Math.max(attempted.milliseconds, (member.slowest ?? 0) * 0.999);
    member.trial.answered(attempted.number);
    return attempted;
  }
  if (attempted.kind === 'fault') {
    member.faults++;
    const error = member.answered === 0 ? member.unreadable.add(attempted.fault) : null;
    return error === null ? attempted : stopped(member, attempted, error);
  }
  const { error } = attempted;
  const stopping = error.disposition === 'stop' ? error : member.trial.refused(error, member.sent);
  return stopping === null ? attempted : stopped(member, attempted, stopping);
};

const stopped = <T>(member: Member, attempted: Attempted<T>, error: LlmError): Attempted<T> => {
  member.bulkhead.stop(error);
  member.trial.drop(error);
  return { ...attempted, kind: 'refused', error };
};

/** What the bulkhead learns from an attempt. A refusal of one record shows that the endpoint lives. */
const passageOf = (attempted: Attempted<unknown>): Passage => {
  if (attempted.kind === 'fault') return attempted;
  if (attempted.kind === 'refused' && attempted.error.disposition === 'stop') return { kind: 'void' };
  return { kind: 'answered', milliseconds: attempted.milliseconds };
};

/**
 * Asks the canary once; who comes while it is under way gets the same one. An answer counts as one to any call, so that
 * it is seen whether the endpoint lives where only calls that fail are left.
 */
export const sound = (member: Member, canary: () => AnyWork): Promise<Attempted<unknown>> => {
  const ask = async (): Promise<Attempted<unknown>> =>
    attempt(member, await member.bulkhead.enter(member.draining.signal, true), canary(), member.draining.signal);
  member.sounding ??= ask().finally(() => {
    member.sounding = null;
  });
  return member.sounding;
};

/** Nothing is in flight that could tell whose fault the refusals are: the canary tells. */
const settleTrial = async (member: Member, { canary }: AnyWork): Promise<void> => {
  const { trial, bulkhead, clock, draining } = member;
  if (canary === undefined) return trial.drop(null);
  try {
    for (let turn = 0; trial.held > 0 && member.open === 0; turn++) {
      const attempted = await sound(member, canary);
      if (attempted.kind === 'refused') return bulkhead.stop(trial.convict(attempted.error));
      if (attempted.kind === 'answered') continue;
      await clock.sleep(backoff(turn, attempted.fault, member.sent, false), draining.signal);
    }
  } catch (error) {
    trial.drop(error instanceof LlmError ? error : null);
  }
};
