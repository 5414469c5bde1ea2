/** Small whole numbers by name; plain JSON. A name that is not there counts 0. */
export type Counts = Readonly<Record<string, number>>;

export const count = (counts: Counts, name: string): number => counts[name] ?? 0;

export const add = (counts: Counts, name: string, change: number): Counts => ({
  ...counts,
  [name]: count(counts, name) + change,
});

export const sum = (counts: Counts): number => {
  let all = 0;
  for (const name in counts) all += counts[name] ?? 0;
  return all;
};
