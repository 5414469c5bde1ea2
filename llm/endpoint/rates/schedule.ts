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

/** Of a declared rate so much is used: calls that are late and bunch on their way stay below it, also by the second. */
const used = 0.9;

/**
 * Even distances: a second gets its sixtieth of a minute's calls. What was not used is not made up for, so any minute and
 * any second hold the rate. Tokens are charged in advance as they are expected, and corrected when they are known.
 */
export const schedule = ({ rpm, tpm }: DeclaredRate): Schedule => {
  const perCall = rpm === undefined ? 0 : 60_000 / (used * rpm);
  const perToken = tpm === undefined ? 0 : 60_000 / (used * tpm);
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
  const calls = Math.min(rpm ?? Number.POSITIVE_INFINITY, (tpm ?? Number.POSITIVE_INFINITY) / Math.max(1, tokens));
  return Math.max(1, Math.floor((used * calls) / 60 / 4));
};

export const inWords = ({ rpm, tpm }: DeclaredRate): string =>
  [rpm === undefined ? [] : `${rpm} requests`, tpm === undefined ? [] : `${tpm} tokens`].flat().join(' and ');
