import { setTimeout as sleep } from 'node:timers/promises';
import { type Comparison, compareRuns } from '../../flow/outputs/compare.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** The store of a run. */
export type Store = Parameters<typeof compareRuns>[0];

/** The first of several runs beside one of the others, by their places. */
export interface Compared extends Comparison {
  readonly first: number;
  readonly second: number;
}

/** A comparison reads every problem of both runs: it takes at most a tenth of a processor, and a rest before the next. */
const REST_FACTOR = 9;
const LEAST_REST_MILLISECONDS = 5000;

/** What is known so far of how the first run differs from each of the others; asked again, it is made anew in time. */
export const comparing = (stores: readonly Store[]): (() => readonly Compared[]) => {
  const [first, ...others] = stores;
  let found: readonly Compared[] = [];
  const compareAll = oneAtATime(async () => {
    const began = performance.now();
    const now: Compared[] = [];
    for (const [index, other] of others.entries()) {
      now.push({ first: 0, second: index + 1, ...(await compareRuns(first as Store, other)) });
    }
    found = now;
    const rest = Math.max(LEAST_REST_MILLISECONDS, REST_FACTOR * (performance.now() - began));
    await sleep(rest, undefined, { ref: false });
  });
  return () => {
    if (others.length > 0) compareAll();
    return found;
  };
};
