import type { EngineLoad } from './engine-load.ts';

/** How many calls an engine is given at once, by what it says of itself. */
export interface Steering {
  /** From 1 to the ceiling. */
  readonly limit: number;
  /** Whether it was ever full: until then the limit doubles. */
  readonly wasFull: boolean;
  readonly preempted: number | null;
  /** What was done last and why, in words. */
  readonly why: string;
}

const FIRST = 8;
/** A cache that is fuller than this leaves no room for what running calls still write. */
const FULL = 0.95;
/** Up to this much there is room for more calls. */
const ROOMY = 0.88;
/** So many calls of those that run may wait, so that a place that becomes free is taken at once. */
const QUEUE = 1 / 8;
const SHRINK = 0.85;

export const startSteering = (ceiling: number): Steering => ({
  limit: Math.min(FIRST, ceiling),
  wasFull: false,
  preempted: null,
  why: 'its engine was not looked at yet',
});

/**
 * The next limit. It shrinks where calls were preempted or the cache is full, to the engine's share of what it runs where
 * more wait than keeps it busy, and grows where nothing waits, the cache has room and all of the limit is used: twofold
 * until the engine was full for the first time, by an eighth from then on.
 * @param inFlight this process's calls at the engine; others may use it too
 */
export const steer = (before: Steering, load: EngineLoad, inFlight: number, ceiling: number): Steering => {
  const { limit } = before;
  const { running, waiting, cache, preempted } = load;
  const anew = { ...before, preempted };
  const within = (wanted: number): number => Math.max(1, Math.min(ceiling, Math.floor(wanted)));
  const wasPreempted = preempted !== null && before.preempted !== null && preempted > before.preempted;
  if (wasPreempted || (cache !== null && cache >= FULL)) {
    const what = wasPreempted ? `preempted ${preempted - (before.preempted as number)} calls` : `is full`;
    const to = within(Math.min(limit, Math.max(inFlight, 1)) * SHRINK);
    return { ...anew, limit: to, wasFull: true, why: `its engine ${what} (${inWords(load)})` };
  }
  const queue = Math.max(1, running * QUEUE);
  if (waiting > queue) {
    const to = within(Math.min(limit, (inFlight * (running + queue)) / (running + waiting)));
    return { ...anew, limit: to, wasFull: true, why: `its engine queues (${inWords(load)})` };
  }
  const hasRoom = waiting === 0 && (cache === null || cache < ROOMY);
  if (!hasRoom) return { ...anew, why: `its engine is busy (${inWords(load)})` };
  const to = inFlight < limit ? limit : within(before.wasFull ? limit + Math.max(1, limit / 8) : 2 * limit);
  return { ...anew, limit: to, why: `its engine has room (${inWords(load)})` };
};

const inWords = ({ running, waiting, cache }: EngineLoad): string =>
  `${running} running, ${waiting} waiting${cache === null ? '' : `, KV cache ${Math.round(cache * 100)} % full`}`;
