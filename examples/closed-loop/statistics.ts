import { type Interval, mean, signFlip } from '../../flow/evaluation/intervals.ts';

/** The 97.5 % points of Student's t by degrees of freedom, from 1. */
const T = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
] as const;
const NORMAL = 1.96;

export interface Spread {
  readonly mean: number;
  /** 95 %, over the seeds; null where there is one. */
  readonly interval: Interval | null;
}

/** The mean over the seeds, with Student's interval. */
export const spread = (values: readonly number[]): Spread => {
  const middle = mean(values);
  if (values.length < 2) return { mean: middle, interval: null };
  const freedom = values.length - 1;
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / freedom;
  const reach = (T[freedom - 1] ?? NORMAL) * Math.sqrt(variance / values.length);
  return { mean: middle, interval: [middle - reach, middle + reach] };
};

export interface Paired extends Spread {
  readonly pairs: number;
  /** Exact: how likely so uneven differences are if each might as well have had the other sign. */
  readonly p: number;
}

/**
 * Seed by seed: the first's share less the second's.
 * @param firsts right answers, a seed each; `seconds` those of the same seeds
 * @param problems of each evaluation
 */
export const paired = (firsts: readonly number[], seconds: readonly number[], problems: number): Paired => {
  const differences = firsts.map((first, seed) => first - seconds[seed]!);
  const shares = differences.map((difference) => difference / problems);
  return { ...spread(shares), pairs: differences.length, p: signFlip(differences) };
};
