import { createHash } from 'node:crypto';

/** A number in [0, 1) that depends on nothing but the parts: the same case on every machine. */
export const chance = (...parts: readonly (string | number)[]): number =>
  createHash('sha256').update(parts.join('/')).digest().readUInt32BE() / 2 ** 32;

/** Draws that follow from the parts, one after another. */
export const draws = (...parts: readonly (string | number)[]) => {
  let number = 0;
  const next = (): number => chance(...parts, number++);
  return {
    between: (low: number, high: number): number => low + next() * (high - low),
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T,
    /** So many different ones, in an order of their own. */
    some: <T>(items: readonly T[], count: number): T[] =>
      items
        .map((item) => ({ item, order: next() }))
        .sort((one, other) => one.order - other.order)
        .slice(0, count)
        .map(({ item }) => item),
  };
};
