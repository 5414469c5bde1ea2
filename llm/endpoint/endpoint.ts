import type { LlmError } from '../errors.ts';
import type { Usage } from '../port.ts';
import type { EndpointSettings } from '../settings.ts';
import { backoff } from './backoff.ts';
import { loneFailures } from './lone-failures.ts';
import { attempt, depart, type EndpointState, type Member, type MemberDeps, sound } from './member.ts';
import type { AnyWork, Attempted, Work } from './paid-attempt.ts';
import { openPool, type Place, type Pool } from './pool.ts';

export type { EndpointState } from './member.ts';

/** One model, behind one URL or several: every call to it goes through here. */
export interface Endpoint {
  /**
   * Makes a call and waits out the servers' faults, for ever if need be. Rejects with an LlmError, the signal's reason,
   * or what the budget's ledger rejects with.
   */
  call<T extends { usage: Usage }>(work: Work<T>, signal: AbortSignal): Promise<T>;
  /** Of each server. */
  states(): EndpointState[];
  /** Sends nothing more: calls in flight go on, those that wait reject with `draining`, to be made another time. */
  drain(): void;
  /** Drains, and drops the connections: calls in flight fail as if the server had reset them, and reject with `draining`. */
  close(): Promise<void>;
}

export type EndpointDeps = Pick<MemberDeps, 'clock' | 'connect' | 'budget' | 'claims' | 'observe'>;

export const endpoint = (settings: EndpointSettings, deps: EndpointDeps = {}): Endpoint => {
  const pool = openPool(settings, deps);
  return {
    call: (work, signal) => call(pool, work, signal),
    states: pool.states,
    drain: pool.drain,
    close: pool.close,
  };
};

/** A call on its way through the members of a pool. */
interface Journey {
  /** Where it waits, is answered or rests. */
  at: Member | null;
  turn: number;
  /** The members that failed it since its last rest. */
  readonly failedAt: Set<Member>;
  readonly alone: ReturnType<typeof loneFailures>;
}

/** A member that is out for good is left for another; the last one's error is the call's. */
const call = async <T extends { usage: Usage }>(pool: Pool, work: Work<T>, signal: AbortSignal): Promise<T> => {
  const journey: Journey = { at: null, turn: 0, failedAt: new Set(), alone: loneFailures() };
  for (;;) {
    let verdict: Promise<LlmError>;
    let member: Member;
    try {
      const ended = await untilEnded(pool, work, signal, journey);
      if (ended.kind === 'answered') return ended.reply;
      member = journey.at!;
      verdict = member.trial.verdict(ended.error, signal);
    } finally {
      moveTo(null, journey, work);
    }
    const error = await verdict;
    if (!pool.goesOnWithout(member, error)) throw pool.saying(error);
  }
};

/** Makes attempts until one is answered or refused. */
const untilEnded = async <T extends { usage: Usage }>(
  pool: Pool,
  work: Work<T>,
  signal: AbortSignal,
  journey: Journey,
): Promise<Exclude<Attempted<T>, { kind: 'fault' }>> => {
  const arrive = (member: Member): void => moveTo(member, journey, work);
  let place: Place | null = null;
  for (; ; journey.turn++) {
    place ??= await pool.enter(work.affinity, signal, journey.turn > 0, arrive);
    arrive(place.member);
    const attempted = await attempt(place.member, place.pass, work, signal);
    if (attempted.kind !== 'fault') return attempted;
    place = await elsewhere(pool, work, signal, journey, attempted);
  }
};

/** After a fault: the place that another member has at once, or null after a rest. */
const elsewhere = async (
  pool: Pool,
  work: AnyWork,
  signal: AbortSignal,
  { at, turn, failedAt, alone }: Journey,
  { fault }: Extract<Attempted<unknown>, { kind: 'fault' }>,
): Promise<Place | null> => {
  const member = at!;
  const isAlive = alone.add(fault, member);
  member.lastFault = fault.message;
  const place = pool.enterNow(work.affinity, failedAt.add(member));
  if (place !== null) return place;
  failedAt.clear();
  member.retrying++;
  await member.clock
    .sleep(backoff(turn, fault, member.sent, isAlive), AbortSignal.any([signal, pool.draining]))
    .finally(() => member.retrying--);
  if (work.canary && alone.isInDoubt(member)) sound(member, work.canary).catch(() => {});
  return null;
};

const moveTo = (member: Member | null, journey: Journey, work: AnyWork): void => {
  if (journey.at === member) return;
  const before = journey.at;
  journey.at = member;
  if (member !== null) {
    member.open++;
    journey.alone.begins(member);
  }
  if (before !== null) depart(before, work);
};
