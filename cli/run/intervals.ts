/**
 * 95 % interval of a share (Wilson 1927): it holds near 0 and 1 and for few trials, where the textbook one does not.
 * All of [0, 1] where there were no trials.
 */
export const wilson = (successes: number, trials: number): readonly [low: number, high: number] => {
  if (trials === 0) return [0, 1];
  const share = successes / trials;
  const denominator = 1 + Z ** 2 / trials;
  const middle = (share + Z ** 2 / (2 * trials)) / denominator;
  const reach = (Z * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2))) / denominator;
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
};

/**
 * Two-sided exact McNemar test: of the problems that only one of two evaluations solved, `gained` and `lost`, how
 * likely is a split at least as uneven if neither is better. In [0, 1].
 */
export const mcnemar = (gained: number, lost: number): number => {
  const trials = gained + lost;
  if (trials === 0) return 1;
  let term = trials * Math.log(0.5);
  let tail = 0;
  for (let count = 0; count <= Math.min(gained, lost); count++) {
    tail += Math.exp(term);
    term += Math.log(trials - count) - Math.log(count + 1);
  }
  return Math.min(1, 2 * tail);
};

const Z = 1.959963984540054;
