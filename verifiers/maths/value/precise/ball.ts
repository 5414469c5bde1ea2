import { NoValue } from '../../budget.ts';
import type { Rational } from '../rational.ts';

/**
 * A real number known to within an error: (mid ± rad) / 2^bits, all of one computation with the same bits. Every
 * operation rounds and adds what it may have lost to `rad`, so that the true value is always inside.
 */
export interface Ball {
  readonly mid: bigint;
  readonly rad: bigint;
  readonly bits: number;
}

/** Numbers longer than this are left alone. */
const MOST_BITS = 20_000;

export function ball(mid: bigint, rad: bigint, bits: number): Ball {
  if (mid >> BigInt(MOST_BITS) > 0n || -mid >> BigInt(MOST_BITS) > 0n) throw new NoValue('number too large');
  return { mid, rad, bits };
}

export const whole = (value: bigint, bits: number): Ball => ball(value << BigInt(bits), 0n, bits);

export function ofRational({ n, d }: Rational, bits: number): Ball {
  return d === 1n ? whole(n, bits) : ball((n << BigInt(bits)) / d, 1n, bits);
}

const size = (value: bigint): bigint => (value < 0n ? -value : value);

/** Certainly not zero. */
export const isApart = (a: Ball): boolean => size(a.mid) > a.rad;
/** Certainly above zero, or certainly below. */
export const signOf = (a: Ball): -1 | 0 | 1 => (isApart(a) ? (a.mid > 0n ? 1 : -1) : 0);

export const add = (a: Ball, b: Ball): Ball => ball(a.mid + b.mid, a.rad + b.rad, a.bits);
export const negate = (a: Ball): Ball => ({ ...a, mid: -a.mid });
export const subtract = (a: Ball, b: Ball): Ball => add(a, negate(b));
export const half = (a: Ball): Ball => ({ ...a, mid: a.mid >> 1n, rad: (a.rad >> 1n) + 1n });

export function multiply(a: Ball, b: Ball): Ball {
  const shift = BigInt(a.bits);
  const lost = (size(a.mid) * b.rad + size(b.mid) * a.rad + a.rad * b.rad) >> shift;
  return ball((a.mid * b.mid) >> shift, lost + 2n, a.bits);
}

export function divide(a: Ball, b: Ball): Ball {
  if (!isApart(b)) throw new NoValue('division by zero');
  const shift = BigInt(a.bits);
  const mid = (a.mid << shift) / b.mid;
  const lost = ((a.rad << shift) + (size(mid) + 1n) * b.rad) / (size(b.mid) - b.rad);
  return ball(mid, lost + 2n, a.bits);
}

/** The root of a number that is not negative; one that may be zero has a root of which little is known. */
export function squareRoot(a: Ball): Ball {
  const shift = BigInt(a.bits);
  if (a.mid + a.rad < 0n) throw new NoValue('a root of a negative number');
  if (a.mid <= 2n * a.rad) return ball(0n, floorRoot((a.mid + a.rad) << shift) + 1n, a.bits);
  const mid = floorRoot(a.mid << shift);
  return ball(mid, (a.rad << shift) / floorRoot((a.mid - a.rad) << shift) + 2n, a.bits);
}

function floorRoot(value: bigint): bigint {
  if (value < 2n) return value < 0n ? 0n : value;
  let guess = 1n << BigInt((value.toString(16).length * 4) / 2 + 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
