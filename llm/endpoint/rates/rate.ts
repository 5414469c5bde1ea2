import { lineOf } from '../../../waiting/line.ts';
import type { Clock } from '../../clock.ts';
import { type Claim, type Claims, type OpenClaims, ownClaims } from './claims.ts';
import { callsAtOnce, type DeclaredRate, inWords, type Schedule, schedule } from './schedule.ts';
import { TokenCharge } from './token-charge.ts';

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
export const openRate = (server: string, declared: DeclaredRate, deps: RateDeps): Rate =>
  new SharedRate(server, declared, deps);

/** Places are claimed ahead in the order of all processes, and given to those that wait at their times. */
class SharedRate implements Rate {
  readonly atOnce: number;
  readonly #declared: DeclaredRate;
  readonly #clock: Clock;
  readonly #times: Schedule;
  readonly #shared: Claims;
  readonly #joined: Promise<void>;
  readonly #line = lineOf<Turn>();
  readonly #charge: TokenCharge;
  /** Times of the places that are ours and not given yet. */
  readonly #places: number[] = [];
  /** What the places of the last claim were taken for, in tokens each. */
  #charged = 0;
  #tolerated = TARDY;
  #patience = LATE;
  #isWorking = false;
  /** A claim that is under way. */
  #coming: Promise<void> | null = null;

  constructor(server: string, declared: DeclaredRate, { clock, claims = ownClaims }: RateDeps) {
    this.#declared = declared;
    this.#clock = clock;
    this.atOnce = Math.min(MOST, callsAtOnce(declared, 1));
    this.#times = schedule(declared);
    this.#charge = new TokenCharge(declared.tpm ?? null);
    this.#shared = claims(server, (claim, isOwn) => this.#landed(claim, isOwn));
    this.#joined = this.#shared.join().then((milliseconds) => {
      if (milliseconds > 0) this.#times.holdUntil(clock.now() + milliseconds);
    });
    this.#joined.catch(() => {});
  }

  turn(atMost: number, signal: AbortSignal): Promise<Turn> {
    signal.throwIfAborted();
    this.#charge.expect(atMost);
    const turn = this.#line.wait(signal, undefined);
    this.#start();
    return turn;
  }

  why(): string | null {
    return this.#line.length === 0 ? null : `kept to ${inWords(this.#declared)} a minute`;
  }

  #start(): void {
    if (this.#isWorking) return;
    this.#isWorking = true;
    this.#work()
      .catch((error: unknown) => this.#line.turnAway(error))
      .finally(() => {
        this.#isWorking = false;
      });
  }

  /** Takes places for those that wait, and gives them out at their times. One runs at a time. */
  async #work(): Promise<void> {
    await this.#joined;
    const [line, places] = [this.#line, this.#places];
    while (line.length > 0 || this.#charge.isWorthAClaim) {
      if (line.length > places.length && places.length <= this.atOnce / 2) this.#coming ??= this.#claim();
      const wait = (places[0] ?? Number.NEGATIVE_INFINITY) - this.#clock.now();
      if (places.length === 0) await (this.#coming ?? this.#claim());
      else if (wait > 0) await this.#clock.sleep(wait);
      else this.#give(-wait);
    }
  }

  async #claim(): Promise<void> {
    try {
      await this.#shared.look();
      const before = this.#clock.now();
      const ahead = this.#times.next(before) - before;
      this.#charged = this.#charge.next;
      const calls = ahead > AHEAD ? 0 : this.#wanted();
      const correction = this.#charge.takeOwed();
      const known = this.#places.length;
      if (calls > 0 || correction !== 0) await this.#shared.make({ calls, tokens: this.#charged, correction });
      else await this.#clock.sleep(Math.min(LOOK, Math.max(1, ahead - AHEAD)));
      if (calls > 0) this.#judgeWay(this.#clock.now() - before, known);
    } finally {
      this.#coming = null;
    }
  }

  #wanted(): number {
    const open = this.#line.length - this.#places.length;
    return Math.min(open, this.atOnce, callsAtOnce(this.#declared, this.#charged));
  }

  /** Places of a claim that was long on its way are not taken: others may lie before them by now. */
  #judgeWay(milliseconds: number, known: number): void {
    if (milliseconds <= this.#patience) {
      this.#patience = LATE;
      return;
    }
    this.#patience *= 2;
    this.#places.length = Math.min(known, this.#places.length);
  }

  /** A claim of this process or of another has its place in the order of all. */
  #landed({ calls, tokens, correction }: Claim, isOwn: boolean): void {
    const now = this.#clock.now();
    this.#times.correct(correction);
    for (let call = 0; call < calls; call++) {
      const at = this.#times.take(now, tokens);
      if (isOwn) this.#places.push(at);
    }
  }

  /** A place that has gone by bunches with those behind it; but where all are late, some are given. */
  #give(late: number): void {
    this.#places.shift();
    if (late > this.#tolerated) {
      this.#tolerated *= PATIENT;
      return;
    }
    this.#tolerated = TARDY;
    if (this.#line.length > 0) this.#line.give(this.#turnOf(this.#charged));
  }

  #turnOf(taken: number): Turn {
    return {
      settle: (tokens) => {
        if (tokens === null) return;
        this.#charge.settle(taken, tokens);
        if (this.#charge.isWorthAClaim) this.#start();
      },
    };
  }
}
