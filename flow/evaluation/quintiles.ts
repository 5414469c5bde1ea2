import type { Thresholds } from '../wiring/capabilities.ts';

/** So many levels are told apart by a score: as many different scores are needed. */
const LEVELS = 5;

/**
 * Four strictly rising lower bounds that part the scores into fifths, as nearly as equal scores allow: those lie in one
 * level whatever their number, and every level has one score at least. Null where fewer than five differ.
 */
export const quintiles = (scores: readonly number[]): Thresholds | null => {
  const counts = new Map<number, number>();
  for (const score of scores) counts.set(score, (counts.get(score) ?? 0) + 1);
  return quintilesOf([...counts].sort(([a], [b]) => a - b));
};

/** The same of scores that are counted: each once, rising, with how often it is there. */
export const quintilesOf = (counted: readonly (readonly [score: number, count: number])[]): Thresholds | null => {
  if (counted.length < LEVELS) return null;
  const total = counted.reduce((sum, [, count]) => sum + count, 0);
  const bounds: number[] = [];
  let place = 0;
  let below = 0;
  for (let fifth = 1; fifth < LEVELS; fifth++) {
    // The score of this rank begins the level, unless the levels beside it would have none left.
    const rank = Math.floor((fifth * total) / LEVELS);
    const lowest = bounds.length + 1;
    for (; below + countAt(counted, place) <= rank; place++) below += countAt(counted, place);
    const highest = counted.length - (LEVELS - fifth);
    bounds.push(Math.min(Math.max(place, lowest, (bounds.at(-1) ?? 0) + 1), highest));
  }
  return bounds.map((bound) => counted[bound]?.[0]) as unknown as Thresholds;
};

const countAt = (counted: readonly (readonly [number, number])[], place: number): number =>
  counted[place]?.[1] ?? Infinity;
