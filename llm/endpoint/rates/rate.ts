import { lineOf } from '../../../waiting/line.ts';
import type { Clock } from '../../clock.ts';
import { type Claims, type OpenClaims, ownClaims } from './claims.ts';
import { callsAtOnce, type DeclaredRate, inWords, schedule } from './schedule.ts';

/** A call's turn under a declared rate. */
export interface Turn {
  /** Says what the call came to, in tokens; once. Null where nobody knows. */
  settle(tokens: number | null): void;
}

/** The turns of calls to a server whose rate is declared. */
export interface Rate {
  /** So many calls at most are to wait for their turn: the others do where they may still go elsewhere. */
  readonly atOnce: number;
  /** Waits for a call's turn. Rejects with the signal's reason, or with what the table of the claims rejects with. */
  turn(atMost: number, signal: AbortSignal): Promise<Turn>;
  /** Why calls wait, in words; null where none does. */
  why(): string | null;
}

export interface RateDeps {
  readonly clock: Clock;
  readonly claims?: OpenClaims | undefined;
}

/** Places further ahead than so many milliseconds are not taken yet: what calls come to may change them. */
const AHEAD = 500;
const LOOK = 250;
/** A claim that was longer on its way may lie behind the places of others that were dealt out since. */
const LATE = 150;
/** So late is still in time: the rest of what a call may be late is for its way. */
const TARDY = 80;
/** Where places went by again and again, a little more is in time each time: somebody has to go. */
const PATIENT = 1.25;
/** Of no server more calls wait for their turn. */
const MOST = 64;
/** How fast the tokens of the last calls make up what the next are taken for. */
const MEMORY = 1 / 16;

export const openRate = (server: string, declared: DeclaredRate, { clock, claims }: RateDeps): Rate => {
  const times = schedule(declared);
  const atOnce = Math.min(MOST, callsAtOnce(declared, 1));
  const line = lineOf<Turn>();
  const places: number[] = [];
  let expected: number | null = null;
  let guess = 0;
  let charged = 0;
  let owed = 0;
  let tolerated = TARDY;
  let patience = LATE;
  let working = false;
  /** A claim that is under way. */
  let coming: Promise<void> | null = null;

  const shared: Claims = (claims ?? ownClaims)(server, ({ calls, tokens, correction }, isOwn) => {
    const now = clock.now();
    times.correct(correction);
    for (let call = 0; call < calls; call++) {
      const at = times.take(now, tokens);
      if (isOwn) places.push(at);
    }
  });
  const joined = shared.join().then((milliseconds) => {
    if (milliseconds > 0) times.holdUntil(clock.now() + milliseconds);
  });
  joined.catch(() => {});

  const tokensOf = (): number => (declared.tpm === undefined ? 0 : (expected ?? guess));

  /** Takes places for those that wait, and gives them out at their times. One runs at a time. */
  const work = async (): Promise<void> => {
    await joined;
    while (line.length > 0 || isWorthACorrection()) {
      if (line.length > places.length && places.length <= atOnce / 2) coming ??= claim();
      const wait = (places[0] ?? Number.NEGATIVE_INFINITY) - clock.now();
      if (places.length === 0) await (coming ?? claim());
      else if (wait > 0) await clock.sleep(wait);
      else give(-wait);
    }
  };

  const claim = async (): Promise<void> => {
    try {
      await shared.look();
      const before = clock.now();
      const ahead = times.next(before) - before;
      charged = tokensOf();
      const calls = ahead > AHEAD ? 0 : Math.min(line.length - places.length, atOnce, callsAtOnce(declared, charged));
      const correction = owed;
      owed = 0;
      const known = places.length;
      if (calls > 0 || correction !== 0) await shared.make({ calls, tokens: charged, correction });
      else await clock.sleep(Math.min(LOOK, Math.max(1, ahead - AHEAD)));
      if (calls === 0) return;
      if (clock.now() - before <= patience) patience = LATE;
      else {
        patience *= 2;
        places.length = Math.min(known, places.length);
      }
    } finally {
      coming = null;
    }
  };

  /** A place that has gone by bunches with those behind it; but where all are late, some are given. */
  const give = (late: number): void => {
    places.shift();
    if (late > tolerated) {
      tolerated *= PATIENT;
      return;
    }
    tolerated = TARDY;
    if (line.length === 0) return;
    line.give(turnOf(charged));
  };

  const turnOf = (taken: number): Turn => ({
    settle: (tokens) => {
      if (declared.tpm === undefined || tokens === null) return;
      if (tokens > 0) expected = expected === null ? tokens : expected + (tokens - expected) * MEMORY;
      owed += tokens - taken;
      start();
    },
  });

  /** What is owed rides on the next claim; alone it goes where others may wait for it. */
  const isWorthACorrection = (): boolean => declared.tpm !== undefined && Math.abs(owed) > declared.tpm / 600;

  const start = (): void => {
    if (working) return;
    working = true;
    work()
      .catch((error: unknown) => line.turnAway(error))
      .finally(() => {
        working = false;
      });
  };

  return {
    atOnce,
    turn: (atMost, signal) => {
      signal.throwIfAborted();
      guess = atMost;
      const turn = line.wait(signal, undefined);
      start();
      return turn;
    },
    why: () => (line.length === 0 ? null : `kept to ${inWords(declared)} a minute`),
  };
};
