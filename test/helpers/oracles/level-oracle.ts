import { createHash } from 'node:crypto';

/** A separate computation of what a run must give, from the raw file alone: it imports nothing of ours. */

export const oracleLevels = ['easy', 'level_5', 'level_4', 'level_3', 'level_2', 'level_1'] as const;
export type Counts = Record<string, number>;

export const countBy = (names: readonly string[]): Counts => {
  const counts: Counts = Object.fromEntries(oracleLevels.map((level) => [level, 0]));
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

/** Easy where the mark says right; else by a hash of the one step that the solution is. */
export const oracleLevel = ({ is_correct, solution }: { is_correct: boolean; solution: string }): string => {
  if (is_correct) return 'easy';
  const digest = createHash('sha256').update(solution.trim()).digest('hex');
  return oracleLevelOfScore(Number.parseInt(digest.slice(0, 8), 16) / 2 ** 32);
};

export const oracleLevelOfScore = (score: number): string =>
  `level_${1 + Math.min(4, Math.floor(score / 0.2 + 1e-12))}`;

/** Largest remainder; of equal remainders the harder level first. */
export const oracleQuotas = (records: number, weights: Counts): Counts => {
  const sum = Object.values(weights).reduce((all, weight) => all + weight, 0);
  const quotas: Counts = {};
  const remainders = oracleLevels.map((level, hardness) => {
    const whole = records * (weights[level] ?? 0);
    quotas[level] = Math.floor(whole / sum);
    return { level, hardness, remainder: whole % sum };
  });
  remainders.sort((a, b) => b.remainder - a.remainder || b.hardness - a.hardness);
  const left = records - Object.values(quotas).reduce((all, quota) => all + quota, 0);
  for (const { level } of remainders.slice(0, left)) quotas[level] = (quotas[level] ?? 0) + 1;
  return quotas;
};
