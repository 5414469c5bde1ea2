/** How many calls an endpoint takes at once, learnt from how it answers: in constant time a call. */
export interface AdaptiveLimit {
  /** Calls that may be in flight now: a whole number from 1 to the ceiling. */
  readonly value: number;
  /** What took the limit below the ceiling, in words; null at the ceiling. */
  readonly cause: string | null;
  /** A call was answered in so many milliseconds; `saturated`: others were waiting for a place. */
  answered(milliseconds: number, saturated: boolean): void;
  /** The endpoint refused a call for its load (429, 503) while so many others stayed in flight. */
  shed(inFlight: number): void;
  /** A call failed in another way: a 5xx, a reset, silence, garbage. */
  faulted(): void;
  /** The endpoint is back after a pause: start small. */
  resumed(): void;
}

const shrink = 0.7;
/** Share of faults in a window above which the endpoint counts as overburdened. */
const tolerableFaults = 0.25;
/** A server that queues makes all calls slow: the quickest quarter tells, which no few late answers can change. */
const quick = 0.25;
/** Rise of its latency above which the endpoint counts as queueing, and how far it may take the limit down. */
const tolerableRise = 3;
const slowFloor = 0.25;
const restart = 8;

/**
 * Starts at the ceiling, which is the user's word, and adapts in windows of 8 to 64 calls.
 *
 * A shed call caps the limit at what the endpoint kept: of a burst it takes exactly what it can. Many faults or a
 * threefold latency shrink it by 0.7 a window. Growth doubles its step with every good window and falls back to 1 with
 * every shed call, so that a steady limit of the server costs about one refusal in a hundred, and a recovery is fast.
 */
export const adaptiveLimit = (ceiling: number): AdaptiveLimit => {
  const state: State = {
    ceiling,
    limit: ceiling,
    step: 1,
    cause: '',
    baseline: null,
    everAnswered: 0,
    seen: nothing(),
  };
  return {
    get value() {
      return Math.max(1, Math.floor(state.limit));
    },
    get cause() {
      return Math.floor(state.limit) < ceiling ? state.cause : null;
    },
    answered: (milliseconds, saturated) => answered(state, milliseconds, saturated),
    shed: (inFlight) => shed(state, inFlight),
    faulted: () => {
      state.seen.faults++;
      turnWindow(state);
    },
    resumed: () => resumed(state),
  };
};

interface State {
  readonly ceiling: number;
  limit: number;
  /** By how much it grows next. */
  step: number;
  cause: string;
  /** Milliseconds that it answers in when all is well; null as long as that is not known. */
  baseline: number | null;
  everAnswered: number;
  seen: Window;
}

/** What was seen since the limit was last set. */
interface Window {
  latencies: number[];
  faults: number;
  /** Whether calls waited for a place. */
  wanted: boolean;
  /** Whether there was a time at which none did. */
  slack: boolean;
  refused: boolean;
}

const nothing = (): Window => ({ latencies: [], faults: 0, wanted: false, slack: false, refused: false });

const answered = (state: State, milliseconds: number, saturated: boolean): void => {
  const { seen } = state;
  state.everAnswered++;
  seen.latencies.push(milliseconds);
  seen.wanted ||= saturated;
  seen.slack ||= !saturated;
  turnWindow(state);
};

const shed = (state: State, inFlight: number): void => {
  state.limit = Math.max(1, Math.min(state.limit, inFlight));
  state.step = 1;
  state.seen.refused = true;
  state.cause = 'it refuses more (429, 503)';
};

const resumed = (state: State): void => {
  const { ceiling, limit, seen } = state;
  state.cause = 'it is just back';
  state.limit = Math.min(limit, Math.max(restart, ceiling / 16), ceiling);
  state.step = Math.max(1, state.limit / 2);
  state.seen = { ...seen, latencies: [], faults: 0 };
};

const turnWindow = (state: State): void => {
  const { limit, seen } = state;
  const { latencies, faults, wanted, refused } = seen;
  const calls = latencies.length + faults;
  if (calls < Math.min(64, Math.max(8, Math.floor(limit)))) return;
  const latency = latencies.sort((a, b) => a - b)[Math.floor(quick * latencies.length)] ?? null;
  if (faults > tolerableFaults * calls) lower(state, Math.max(1, limit * shrink), 'it fails too often');
  else if (isSlow(state, latency)) slowDown(state);
  else if (wanted && !refused) grow(state);
  learn(state, latency);
  state.seen = nothing();
};

const slowDown = (state: State): void => {
  const { limit, ceiling } = state;
  const to = Math.min(limit, Math.max(1, ceiling * slowFloor, limit * shrink));
  lower(state, to, `it answers ${tolerableRise} times slower`);
};

const lower = (state: State, to: number, why: string): void => {
  state.cause = why;
  state.limit = to;
  state.step = Math.max(1, to / 8);
};

const grow = (state: State): void => {
  state.limit = Math.min(state.ceiling, state.limit + state.step);
  state.step = Math.min(state.step * 2, Math.max(1, state.limit / 2));
};

/** Where nobody waits the work runs out, and the last to come back are the slow ones. */
const isSlow = ({ seen, baseline }: State, latency: number | null): boolean =>
  !seen.slack && latency !== null && baseline !== null && latency > tolerableRise * baseline;

/**
 * The first to come back are the quickest, so the baseline waits until everything sent at first is back. It falls
 * faster than it rises: a slow hour does not become the rule, a lastingly slower endpoint does in the end.
 */
const learn = (state: State, latency: number | null): void => {
  const { baseline } = state;
  if (latency === null || state.everAnswered < 2 * state.ceiling) return;
  state.baseline = baseline === null ? latency : baseline + (latency - baseline) * (latency < baseline ? 0.1 : 0.02);
};
