/** Small whole numbers by name; plain JSON. A name that is not there counts 0. */
export type Counts = Readonly<Record<string, number>>;

export const count = (counts: Counts, name: string): number => counts[name] ?? 0;

export const add = (counts: Counts, name: string, change: number): Counts =>
  withCount(counts, name, count(counts, name) + change);

export const withCount = (counts: Counts, name: string, value: number): Counts => {
  // Copied and then set: a literal with a computed key costs three times as much, and this is the sampler's hot path.
  const copy: Record<string, number> = { ...counts };
  copy[name] = value;
  return copy;
};

export const sum = (counts: Counts): number => {
  let all = 0;
  for (const name in counts) all += counts[name] ?? 0;
  return all;
};
