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
  let limit = ceiling;
  let step = 1;
  let cause = '';
  let baseline: number | null = null;
  let everAnswered = 0;
  let faults = 0;
  let latencies: number[] = [];
  let wanted = false;
  let slack = false;
  let refused = false;

  const turnWindow = (): void => {
    const calls = latencies.length + faults;
    if (calls < Math.min(64, Math.max(8, Math.floor(limit)))) return;
    const latency = latencies.sort((a, b) => a - b)[Math.floor(quick * latencies.length)] ?? null;
    if (faults > tolerableFaults * calls) lower(Math.max(1, limit * shrink), 'it fails too often');
    else if (isSlow(latency)) slowDown();
    else if (wanted && !refused) grow();
    learn(latency);
    latencies = [];
    faults = 0;
    wanted = slack = refused = false;
  };

  const slowDown = (): void =>
    lower(
      Math.min(limit, Math.max(1, ceiling * slowFloor, limit * shrink)),
      `it answers ${tolerableRise} times slower`,
    );

  const lower = (to: number, why: string): void => {
    cause = why;
    limit = to;
    step = Math.max(1, limit / 8);
  };

  const grow = (): void => {
    limit = Math.min(ceiling, limit + step);
    step = Math.min(step * 2, Math.max(1, limit / 2));
  };

  // Where nobody waits the work runs out, and the last to come back are the slow ones.
  const isSlow = (latency: number | null): boolean =>
    !slack && latency !== null && baseline !== null && latency > tolerableRise * baseline;

  // The first to come back are the quickest, so the baseline waits until everything sent at first is back. It falls
  // faster than it rises: a slow hour does not become the rule, a lastingly slower endpoint does in the end.
  const learn = (latency: number | null): void => {
    if (latency === null || everAnswered < 2 * ceiling) return;
    if (baseline === null) baseline = latency;
    else baseline += (latency - baseline) * (latency < baseline ? 0.1 : 0.02);
  };

  return {
    get value() {
      return Math.max(1, Math.floor(limit));
    },
    get cause() {
      return Math.floor(limit) < ceiling ? cause : null;
    },
    answered(took, saturated) {
      everAnswered++;
      latencies.push(took);
      wanted ||= saturated;
      slack ||= !saturated;
      turnWindow();
    },
    shed(inFlight) {
      limit = Math.max(1, Math.min(limit, inFlight));
      step = 1;
      refused = true;
      cause = 'it refuses more (429, 503)';
    },
    faulted() {
      faults++;
      turnWindow();
    },
    resumed() {
      cause = 'it is just back';
      limit = Math.min(limit, Math.max(restart, ceiling / 16), ceiling);
      step = Math.max(1, limit / 2);
      latencies = [];
      faults = 0;
    },
  };
};
