import type { Thresholds } from '../wiring/capabilities.ts';

/** So many levels are told apart by a score: as many different scores are needed. */
const LEVELS = 5;

/**
 * Four strictly rising lower bounds that part the scores into fifths, as nearly as equal scores allow: those lie in one
 * level whatever their number, and every level has one score at least. Null where fewer than five differ.
 */
export const quintiles = (scores: readonly number[]): Thresholds | null => {
  const sorted = scores.toSorted((a, b) => a - b);
  const different = [...new Set(sorted)];
  if (different.length < LEVELS) return null;
  const places: number[] = [];
  for (let fifth = 1; fifth < LEVELS; fifth++) {
    const wanted = different.indexOf(sorted[Math.floor((fifth * sorted.length) / LEVELS)] as number);
    const lowest = (places.at(-1) ?? 0) + 1;
    const highest = different.length - (LEVELS - fifth);
    places.push(Math.min(Math.max(wanted, lowest), highest));
  }
  return places.map((place) => different[place]) as unknown as Thresholds;
};
