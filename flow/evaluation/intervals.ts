export type Interval = readonly [low: number, high: number];

/**
 * 95 % interval of a share (Wilson 1927): it holds near 0 and 1 and for few trials, where the textbook one does not.
 * All of [0, 1] where there were no trials. Neither number need be whole.
 */
export const wilson = (successes: number, trials: number): Interval => {
  if (trials === 0) return [0, 1];
  const share = successes / trials;
  const denominator = 1 + Z ** 2 / trials;
  const middle = (share + Z ** 2 / (2 * trials)) / denominator;
  const reach = (Z * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2))) / denominator;
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
};

/**
 * 95 % interval of pass@1, the mean of the problems' shares of right attempts. Attempts at one problem resemble each
 * other, so that what counts is how much the problems differ (arXiv 2411.00640): Wilson's interval over as many
 * independent trials as would have this standard error, at least one a problem and at most one an attempt. With one
 * attempt each it is Wilson's own.
 */
export const passInterval = (rates: readonly number[], attempts: number): Interval => {
  const share = mean(rates);
  const variance = mean(rates.map((rate) => (rate - share) ** 2)) / rates.length;
  const spread = share * (1 - share);
  const equivalent = spread > 0 ? spread / variance : rates.length;
  const trials = Math.min(Math.max(equivalent, rates.length), rates.length * attempts);
  return wilson(share * trials, trials);
};

/**
 * Two-sided exact test of paired differences: how likely is a sum at least as far from 0 if each difference might as
 * well have had the other sign (Fisher's randomisation test). Of differences of 1 and -1 it is the exact McNemar test.
 * In [0, 1].
 * @param differences whole numbers
 */
export const signFlip = (differences: readonly number[]): number => {
  const sizes = differences.map(Math.abs).filter((size) => size > 0);
  const most = sizes.reduce((all, size) => all + size, 0);
  const observed = Math.abs(differences.reduce((all, one) => all + one, 0));
  if (observed === 0) return 1;
  // What is turned to plus sums to t in all: the sum of the differences is then 2t − most.
  const chances = new Float64Array(most + 1);
  chances[0] = 1;
  let reached = 0;
  for (const size of sizes) {
    reached += size;
    for (let total = reached; total >= 0; total--)
      chances[total] = (chances[total]! + (chances[total - size] ?? 0)) / 2;
  }
  return Math.min(1, 2 * sum(chances.subarray((most + observed) / 2)));
};

/** Paired differences, each in [-1, 1], by what is needed of them. */
export interface Differences {
  readonly pairs: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

/**
 * 95 % interval of the mean of paired differences (Agresti and Min 2005: half a pair is added to each of the four cells,
 * so that it holds for few pairs and where no pair differs). All of [-1, 1] where there is no pair.
 */
export const differenceInterval = ({ pairs, sum, sumOfSquares }: Differences): Interval => {
  if (pairs === 0) return [-1, 1];
  const trials = pairs + 2;
  const middle = sum / trials;
  const reach = Z * Math.sqrt(((sumOfSquares + 1) / trials - middle ** 2) / trials);
  return [Math.max(-1, middle - reach), Math.min(1, middle + reach)];
};

export const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);

const sum = (values: Iterable<number>): number => {
  let all = 0;
  for (const value of values) all += value;
  return all;
};

const Z = 1.959963984540054;
