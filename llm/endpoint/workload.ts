/** The calls that a server has now, and the tokens that it has written lately. Times in milliseconds. */
export interface Workload {
  /** A call goes out; gives what is to be done when it is over, with the completion tokens that came of it. */
  begin(now: number): (now: number, tokens: number) => void;
  /** Since the call went out that waits longest; null where none is out. */
  oldest(now: number): number | null;
  /** Completion tokens of the answers of the last ten seconds, a second. */
  tokensPerSecond(now: number): number;
}

const WINDOW_SECONDS = 10;

export const workload = (): Workload => {
  // A set keeps the order in which they went out.
  const out = new Set<{ readonly since: number }>();
  const written: { readonly second: number; tokens: number }[] = [];
  const forget = (now: number): void => {
    while (written[0] && written[0].second <= Math.floor(now / 1000) - WINDOW_SECONDS) written.shift();
  };
  return {
    begin: (since) => {
      const call = { since };
      out.add(call);
      return (now, tokens) => {
        out.delete(call);
        forget(now);
        const second = Math.floor(now / 1000);
        const last = written.at(-1);
        if (last?.second === second) last.tokens += tokens;
        else written.push({ second, tokens });
      };
    },
    oldest: (now) => {
      const [first] = out;
      return first === undefined ? null : now - first.since;
    },
    tokensPerSecond: (now) => {
      forget(now);
      return Math.round(written.reduce((sum, { tokens }) => sum + tokens, 0) / WINDOW_SECONDS);
    },
  };
};
