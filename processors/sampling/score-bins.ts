/** Bins of a histogram over [0, 1]: each holds its lower bound, the last holds 1 too. */
const BINS = 20;

export const noScores: readonly number[] = new Array<number>(BINS).fill(0);

/** The same with one score more; a problem that needed none changes nothing. */
export const withScore = (bins: readonly number[], score: number | null): readonly number[] => {
  if (score === null || !Number.isFinite(score)) return bins;
  const bin = Math.max(0, Math.min(BINS - 1, Math.floor(score * BINS)));
  return bins.with(bin, (bins[bin] ?? 0) + 1);
};
