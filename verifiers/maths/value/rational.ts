import { NoValue } from '../budget.ts';

/** An exact fraction in lowest terms, its denominator positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** Whole numbers beyond this many bits are left to the other ways of comparing, */
export const MOST_BITS = 24_000;
/** and so are fractions of which both parts are longer than this: to reduce them takes time by the square. */
export const MOST_BITS_REDUCED = 4_000;

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };

export const integer = (value: bigint | number): Rational => ({ n: BigInt(value), d: 1n });

/** Throws NoValue for a zero denominator and beyond MOST_BITS. */
export function rational(n: bigint, d: bigint): Rational {
  if (d === 0n) throw new NoValue('division by zero');
  const above = bitLength(n);
  if (d === 1n && above <= MOST_BITS) return { n, d };
  const below = bitLength(d);
  if (Math.max(above, below) > MOST_BITS || Math.min(above, below) > MOST_BITS_REDUCED)
    throw new NoValue('number too large');
  const common = gcd(n, d);
  const sign = d < 0n ? -1n : 1n;
  return { n: (sign * n) / common, d: (sign * d) / common };
}

export const add = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const negate = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const subtract = (a: Rational, b: Rational): Rational => add(a, negate(b));
export const multiply = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
export const divide = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);
export const absolute = (a: Rational): Rational => (a.n < 0n ? negate(a) : a);
export const same = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function order(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function raise(base: Rational, exponent: bigint): Rational {
  if (exponent < 0n) return raise(rational(base.d, base.n), -exponent);
  const width = BigInt(Math.max(bitLength(base.n), bitLength(base.d)));
  if (width > 1n && exponent * width > BigInt(MOST_BITS)) throw new NoValue('power too large');
  if (width <= 1n) return exponent === 0n ? ONE : exponent % 2n === 0n ? integer(base.n * base.n) : base;
  return { n: base.n ** exponent, d: base.d ** exponent };
}

/** The exact root, or null where it is irrational. */
export function exactRoot(a: Rational, index: bigint): Rational | null {
  const n = integerRoot(a.n, index);
  const d = integerRoot(a.d, index);
  return n === null || d === null ? null : { n, d };
}

export function floor(a: Rational): bigint {
  const quotient = a.n / a.d;
  return a.n < 0n && quotient * a.d !== a.n ? quotient - 1n : quotient;
}

/** The nearest double; correct for numbers far beyond a double's range in numerator and denominator. */
export function toNumber(a: Rational): number {
  const direct = Number(a.n) / Number(a.d);
  if (Number.isFinite(direct) && direct !== 0) return direct;
  if (a.n === 0n) return 0;
  const shift = BigInt(bitLength(a.n) - bitLength(a.d) - 64);
  const quotient = shift > 0n ? a.n / (a.d << shift) : (a.n << -shift) / a.d;
  return Number(quotient) * 2 ** Number(shift);
}

export function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  for (let y = b < 0n ? -b : b; y !== 0n; ) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x === 0n ? 1n : x;
}

export function bitLength(value: bigint): number {
  const size = value < 0n ? -value : value;
  return size < 9007199254740992n ? Math.ceil(Math.log2(Number(size) + 1)) : size.toString(16).length * 4;
}

function integerRoot(value: bigint, index: bigint): bigint | null {
  if (index <= 0n || index > 64n) return null;
  if (value < 0n) return index % 2n === 0n ? null : negated(integerRoot(-value, index));
  if (value < 2n) return value;
  let guess = 1n << BigInt(Math.ceil(bitLength(value) / Number(index)));
  for (;;) {
    const next = ((index - 1n) * guess + value / guess ** (index - 1n)) / index;
    if (next >= guess) break;
    guess = next;
  }
  return guess ** index === value ? guess : null;
}

const negated = (value: bigint | null): bigint | null => (value === null ? null : -value);
