/** Words in a run: so long a run comes back in a loop, and hardly ever in reasoning that goes on. */
const RUN = 20;

/**
 * Share of a text's words that lie in a run of twenty words that stood there before, in [0, 1]: near 1 in a loop. Linear
 * in the text.
 */
export const repeatedShare = (text: string): number => {
  const words = text.split(/\s+/).filter((word) => word !== '');
  if (words.length < 2 * RUN) return 0;
  const seen = new Set<string>();
  let covered = 0;
  let coveredUpTo = 0;
  for (let from = 0; from + RUN <= words.length; from++) {
    const run = words.slice(from, from + RUN).join(' ');
    if (!seen.has(run)) {
      seen.add(run);
      continue;
    }
    covered += from + RUN - Math.max(from, coveredUpTo);
    coveredUpTo = from + RUN;
  }
  return covered / words.length;
};
