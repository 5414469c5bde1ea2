/** A time within which a server works at another speed: 1 is its own, 0.1 a tenth, 0 none at all. */
export interface Spell {
  /** Milliseconds, on the clock of the arrivals. */
  readonly from: number;
  readonly to: number;
  readonly speed: number;
}

/** How long work that came at `arrived` and takes `milliseconds` by itself takes with a spell in between. */
export const lasting = (arrived: number, milliseconds: number, { from, to, speed }: Spell): number => {
  const before = Math.min(milliseconds, Math.max(0, from - arrived));
  const left = milliseconds - before;
  const start = Math.max(arrived, from);
  if (left === 0 || start >= to) return milliseconds;
  const done = (to - start) * speed;
  return done >= left ? start + left / speed - arrived : to + (left - done) - arrived;
};
