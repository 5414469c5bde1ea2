/** What a server is declared to take, by minute. */
export interface DeclaredRate {
  readonly rpm?: number | undefined;
  readonly tpm?: number | undefined;
}

/** When calls may be sent, so that none comes too soon after those before it: milliseconds of some clock. */
export interface Schedule {
  /** When a call could go that came now. */
  next(now: number): number;
  /** Takes the next place for a call of so many tokens. */
  take(now: number, tokens: number): number;
  /** Calls came to so many tokens more than they were taken for; less where it is negative. */
  correct(tokens: number): void;
  /** Nothing before this moment. */
  holdUntil(moment: number): void;
}

/**
 * Of a declared minute so much is used. Few calls of a minute are late on their way and come with those of the next; what
 * calls will come to in tokens is a guess when they go.
 */
const usedCalls = 0.97;
const usedTokens = 0.9;

/** So many milliseconds a call may be late on its way, and no second gets more than its sixtieth of a minute. */
const LATENESS = 250;

/** Milliseconds from one call to the next: by the minute and by the second, in which one call is always allowed. */
const distance = (rpm: number): number =>
  Math.max(60_000 / (usedCalls * rpm), (1000 + LATENESS) / Math.max(1, rpm / 60));

/**
 * Even distances: what was not used is not made up for, so any minute and any second hold the rate. Tokens are charged in
 * advance as they are expected, and corrected when they are known; they hold by the minute, as one call may take many.
 */
export const schedule = ({ rpm, tpm }: DeclaredRate): Schedule => {
  const perCall = rpm === undefined ? 0 : distance(rpm);
  const perToken = tpm === undefined ? 0 : 60_000 / (usedTokens * tpm);
  let call = Number.NEGATIVE_INFINITY;
  let token = Number.NEGATIVE_INFINITY;
  const next = (now: number): number => Math.max(now, call, token);
  return {
    next,
    take(now, tokens) {
      const at = next(now);
      call = at + perCall;
      token = at + perToken * tokens;
      return at;
    },
    correct(tokens) {
      token += perToken * tokens;
    },
    holdUntil(moment) {
      call = Math.max(call, moment);
    },
  };
};

/** The calls that may go within a quarter of a second, and at least one: so many are dealt with at once. */
export const callsAtOnce = ({ rpm, tpm }: DeclaredRate, tokens: number): number => {
  const perCall = Math.max(
    rpm === undefined ? 0 : distance(rpm),
    tpm === undefined ? 0 : (60_000 * Math.max(1, tokens)) / (usedTokens * tpm),
  );
  return Math.max(1, Math.floor(250 / perCall));
};

export const inWords = ({ rpm, tpm }: DeclaredRate): string =>
  [rpm === undefined ? [] : `${rpm} requests`, tpm === undefined ? [] : `${tpm} tokens`].flat().join(' and ');
