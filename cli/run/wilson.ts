/**
 * 95 % interval of a share (Wilson 1927): it holds near 0 and 1 and for few trials, where the textbook one does not.
 * All of [0, 1] where there were no trials.
 */
export const wilson = (successes: number, trials: number): readonly [low: number, high: number] => {
  if (trials === 0) return [0, 1];
  const z = 1.959963984540054;
  const share = successes / trials;
  const denominator = 1 + z ** 2 / trials;
  const middle = (share + z ** 2 / (2 * trials)) / denominator;
  const reach = (z * Math.sqrt((share * (1 - share)) / trials + z ** 2 / (4 * trials ** 2))) / denominator;
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
};
