/**
 * Whole numbers that follow the shares and sum to `total`, by largest remainder (Hamilton). Ties go to the later key.
 * All 0 where no share is positive.
 */
export const apportion = <Key extends string>(
  total: number,
  shares: readonly (readonly [key: Key, share: number])[],
): Map<Key, number> => {
  const sum = shares.reduce((all, [, share]) => all + share, 0);
  if (sum <= 0) return new Map(shares.map(([key]) => [key, 0]));
  const exact = shares.map(([key, share], index) => ({ key, index, ideal: (total * share) / sum }));
  const parts = exact.map(({ key, index, ideal }) => {
    // 0.1 + 0.2 is not 0.3: a remainder of almost one is one.
    const whole = Math.floor(ideal + 1e-9);
    return { key, index, whole, remainder: Math.max(0, ideal - whole) };
  });
  const left = total - parts.reduce((all, part) => all + part.whole, 0);
  const byRemainder = [...parts].sort((a, b) =>
    Math.abs(b.remainder - a.remainder) > 1e-9 ? b.remainder - a.remainder : b.index - a.index,
  );
  const favoured = new Set(byRemainder.slice(0, left).map((part) => part.key));
  return new Map(parts.map(({ key, whole }) => [key, whole + (favoured.has(key) ? 1 : 0)]));
};
