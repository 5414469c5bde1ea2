/** The calls that a server has now, and how those went that are over. Times in milliseconds. */
export interface Workload {
  /** A call goes out; gives what is to be done when it is over. */
  begin(now: number): (now: number, end: CallEnd) => void;
  /** Since the call went out that waits longest; null where none is out. */
  oldest(now: number): number | null;
  /** Completion tokens of the answers of the last ten seconds, a second. */
  tokensPerSecond(now: number): number;
  /** How many calls ended so, by outcome, since the start. */
  ended(): Readonly<Record<string, number>>;
  /** How many came with which status of HTTP; `none`: without one, or what came behind it was no good. */
  statuses(): Readonly<Record<string, number>>;
  latency(): Latency;
}

export interface CallEnd {
  /** `answered`, or the kind of fault or the code of the error that it ended with. */
  readonly outcome: string;
  readonly completionTokens: number;
  /** Of HTTP; null where none came. */
  readonly status: number | null;
}

/** How long answers took, since the start. */
export interface Latency {
  /** How many took at most so many seconds as the bound at the same place of `latencyBounds`; not cumulative. */
  readonly counts: readonly number[];
  readonly count: number;
  readonly seconds: number;
}

/** Seconds: from a scorer's answer to the longest reasoning of a teacher. */
export const latencyBounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800] as const;

export const noLatency: Latency = { counts: latencyBounds.map(() => 0), count: 0, seconds: 0 };

const WINDOW_SECONDS = 10;

export const workload = (): Workload => {
  // A set keeps the order in which they went out.
  const out = new Set<{ readonly since: number }>();
  const written: { readonly second: number; tokens: number }[] = [];
  const ended: Record<string, number> = {};
  const statuses: Record<string, number> = {};
  const answered = { counts: [...noLatency.counts], count: 0, seconds: 0 };
  const forget = (now: number): void => {
    while (written[0] && written[0].second <= Math.floor(now / 1000) - WINDOW_SECONDS) written.shift();
  };
  const write = (now: number, tokens: number): void => {
    forget(now);
    const second = Math.floor(now / 1000);
    const last = written.at(-1);
    if (last?.second === second) last.tokens += tokens;
    else written.push({ second, tokens });
  };
  const took = (seconds: number): void => {
    answered.count++;
    answered.seconds += seconds;
    const bound = latencyBounds.findIndex((one) => seconds <= one);
    if (bound >= 0) answered.counts[bound] = (answered.counts[bound] ?? 0) + 1;
  };
  return {
    begin: (since) => {
      const call = { since };
      out.add(call);
      return (now, { outcome, completionTokens, status }) => {
        out.delete(call);
        ended[outcome] = (ended[outcome] ?? 0) + 1;
        statuses[status ?? 'none'] = (statuses[status ?? 'none'] ?? 0) + 1;
        if (outcome !== 'answered') return;
        write(now, completionTokens);
        took((now - since) / 1000);
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
    ended: () => ({ ...ended }),
    statuses: () => ({ ...statuses }),
    latency: () => ({ ...answered, counts: [...answered.counts] }),
  };
};
