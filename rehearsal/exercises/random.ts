import { hash } from 'node:crypto';

/** A number in [0, 1) that depends on nothing but the parts. */
export const chance = (...parts: readonly (string | number)[]): number =>
  Number.parseInt(hash('sha256', parts.join('\u0000')).slice(0, 12), 16) / 2 ** 48;

/** Draws from a fixed sequence of its own. */
export interface Draw {
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  pick<T>(items: readonly T[]): T;
}

/** Mulberry32, seeded by the parts: quick, and good enough for made-up problems. */
export const draws = (...parts: readonly (string | number)[]): Draw => {
  let state = Math.floor(chance(...parts) * 2 ** 32);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return { whole, pick: (items) => items[whole(0, items.length - 1)]! };
};
