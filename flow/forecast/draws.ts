/** Draws from the distributions that a forecast rests on; one seed gives one sequence. */
export interface Draws {
  /** In [0, 1). */
  uniform(): number;
  normal(): number;
  beta(a: number, b: number): number;
  /** Student's t; of fewer than three degrees of freedom the tails are those of three. */
  student(freedom: number): number;
  /** Successes of so many trials. */
  binomial(trials: number, share: number): number;
  /** Failures before so many successes; infinite where the share is 0. */
  failuresBefore(successes: number, share: number): number;
}

export const drawsFrom = (seed: number): Draws => {
  const uniform = mulberry(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

  /** Marsaglia and Tsang (2000). */
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - uniform()) < x ** 2 / 2 + d * (1 - v + Math.log(v))) return d * v;
    }
  };

  const poisson = (mean: number): number => {
    if (mean > FEW) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
    const end = Math.exp(-mean);
    let count = 0;
    for (let product = uniform(); product > end; product *= uniform()) count++;
    return count;
  };

  const binomial = (trials: number, share: number): number => {
    if (share > 0.5) return trials - binomial(trials, 1 - share);
    if (trials <= 0 || share <= 0) return 0;
    const mean = trials * share;
    if (mean > FEW) {
      const drawn = Math.round(mean + Math.sqrt(mean * (1 - share)) * normal());
      return Math.min(trials, Math.max(0, drawn));
    }
    // From one success to the next.
    const never = Math.log1p(-share);
    let successes = 0;
    for (let at = skip(never); at <= trials; at += skip(never)) successes++;
    return successes;
  };
  const skip = (never: number): number => Math.floor(Math.log(1 - uniform()) / never) + 1;

  return {
    uniform,
    normal,
    beta: (a, b) => {
      const [left, right] = [gamma(a), gamma(b)];
      return left / (left + right);
    },
    student: (freedom) => {
      const df = Math.max(3, freedom);
      return normal() / Math.sqrt((2 * gamma(df / 2)) / df);
    },
    binomial,
    failuresBefore: (successes, share) => {
      if (successes <= 0 || share >= 1) return 0;
      return share <= 0 ? Number.POSITIVE_INFINITY : poisson((gamma(successes) * (1 - share)) / share);
    },
  };
};

/** Beyond so many expected the normal law is close enough. */
const FEW = 30;

const mulberry = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
