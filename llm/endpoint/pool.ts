import { lineOf } from '../../waiting/line.ts';
import { LlmError } from '../errors.ts';
import { type EndpointSettings, serversOf } from '../settings.ts';
import { bindings } from './bindings.ts';
import type { Pass } from './bulkhead.ts';
import {
  drain as drainMember,
  type EndpointState,
  type Member,
  type MemberDeps,
  openMember,
  stateOf,
} from './member.ts';

/** A place at one of the members. */
export interface Place {
  readonly member: Member;
  readonly pass: Pass;
}

/** The servers of one model: where a call goes, and where those wait that have no place yet. */
export interface Pool {
  /**
   * Waits for a place: where calls of this affinity went before, as long as that member lives, else where the load is
   * least. `arrive` is told the member as soon as it is known.
   */
  enter(
    affinity: string | undefined,
    signal: AbortSignal,
    again: boolean,
    arrive: (member: Member) => void,
  ): Promise<Place>;
  /** A place at once at a member other than these; null where there is none. */
  enterNow(affinity: string | undefined, but: ReadonlySet<Member>): Place | null;
  /** Whether a call that ended in this error at a member may be made at another. */
  goesOnWithout(member: Member, error: LlmError): boolean;
  /** An error as the call's caller is to see it. */
  saying(error: LlmError): LlmError;
  states(): EndpointState[];
  readonly draining: AbortSignal;
  drain(): void;
  close(): Promise<void>;
}

export const openPool = (settings: EndpointSettings, deps: MemberDeps): Pool => {
  const line = lineOf<Place>();
  const bound = bindings<Member>();
  const members: Member[] = [];
  const draining = new AbortController();
  let turn = 0;

  for (const { name, weight, ...server } of serversOf(settings)) {
    const overflow = {
      get length() {
        return line.length;
      },
      give: (pass: Pass) => line.give({ member, pass }),
    };
    const changed = () => resettle();
    const member: Member = openMember(
      server,
      { name, weight },
      { ...deps, ...(name !== null && { overflow, changed }) },
    );
    members.push(member);
  }
  const [only] = members.length === 1 ? members : [];

  /** Those that wait where nothing goes through wait elsewhere, as soon as there is an elsewhere. */
  const resettle = (): void => {
    if (members.every(isOut)) line.turnAway(allOut(members));
    if (!members.some(isAlive)) return;
    for (const { bulkhead, trial } of members) {
      if (bulkhead.isAlive) continue;
      bulkhead.turnAway(moved);
      trial.drop(moved);
    }
  };

  const enter: Pool['enter'] = async (affinity, signal, again, arrive) => {
    if (only !== undefined) {
      arrive(only);
      return { member: only, pass: await only.bulkhead.enter(signal, again) };
    }
    for (;;) {
      signal.throwIfAborted();
      draining.signal.throwIfAborted();
      if (members.every(isOut)) throw allOut(members);
      const known = bound.get(affinity);
      if (known !== undefined && isAlive(known)) {
        arrive(known);
        const pass = await known.bulkhead.enter(signal, again).catch((error: unknown) => {
          if (error === moved || error === known.bulkhead.stopped) return null;
          throw error;
        });
        if (pass !== null) return { member: known, pass };
        continue;
      }
      const coming = bound.coming(affinity);
      if (coming !== null) {
        await coming;
        continue;
      }
      const place = enterNow(affinity, nobody);
      if (place !== null) return place;
      return inLine(affinity, signal, again);
    }
  };

  /** Whoever has room first; those of the same affinity that come meanwhile follow. */
  const inLine = (affinity: string | undefined, signal: AbortSignal, again: boolean): Promise<Place> => {
    const coming = line.wait(signal, undefined, again ? 'again' : undefined);
    bound.await(
      affinity,
      coming.then(({ member }) => member),
    );
    for (const { bulkhead } of members) bulkhead.look();
    return coming;
  };

  const enterNow: Pool['enterNow'] = (affinity, but) => {
    let best: Member | null = null;
    turn++;
    for (let index = 0; index < members.length; index++) {
      const member = members[(turn + index) % members.length]!;
      if (but.has(member) || !member.bulkhead.hasRoom()) continue;
      if (best === null || loadOf(member) < loadOf(best)) best = member;
    }
    const pass = best?.bulkhead.enterNow() ?? null;
    if (best === null || pass === null) return null;
    bound.set(affinity, best);
    return { member: best, pass };
  };

  const drain = (): void => {
    if (draining.signal.aborted) return;
    const error = new LlmError('draining', `calls to ${settings.model} wait for another start`);
    draining.abort(error);
    for (const member of members) drainMember(member, error);
    line.turnAway(error);
  };
  return {
    enter,
    enterNow,
    goesOnWithout: (member, error) =>
      only === undefined &&
      (error === moved || (error.disposition === 'stop' && isOut(member) && !members.every(isOut))),
    saying: (error) =>
      only === undefined && error.disposition === 'stop' && members.every(isOut) ? allOut(members) : error,
    states: () => members.map(stateOf),
    draining: draining.signal,
    drain,
    close: async () => {
      drain();
      for (const { bulkhead } of members) bulkhead.close();
      await Promise.all(members.flatMap(({ connection, engine }) => [connection.close(), engine?.close()]));
    },
  };
};

const nobody: ReadonlySet<Member> = new Set();

/** What those are turned away with that are to be asked elsewhere. */
const moved = new LlmError('draining', 'another endpoint of the model is asked');

const isAlive = ({ bulkhead }: Member): boolean => bulkhead.isAlive;
const isOut = ({ bulkhead }: Member): boolean => bulkhead.stopped !== null;

/** One that is due for a trial after a pause has none: it is tried first. */
const loadOf = ({ bulkhead, weight }: Member): number => bulkhead.load / weight;

const allOut = (members: readonly Member[]): LlmError => {
  const errors = members.map(({ bulkhead }) => bulkhead.stopped!);
  const texts = new Set(errors.map(({ message }) => message));
  return new LlmError(errors[0]!.code, `none of ${members.length} endpoints is left: ${[...texts].join('; ')}`);
};
