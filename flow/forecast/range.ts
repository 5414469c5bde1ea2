/** A figure that is not known yet: the middle of what it may be, and a 95 % interval. */
export interface Range {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The middle of what was drawn, and the bounds of the middle 98 %: draws from a pilot of some fifty problems know too
 * little of the tails, and hold the true figure in about 95 of 100 worlds so.
 */
export const rangeOf = (drawn: readonly number[]): Range => {
  const sorted = Float64Array.from(drawn).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { expected: at(0.5), low: at(0.01), high: at(0.99) };
};
