import { NoValue } from '../../budget.ts';
import type { Rational } from '../rational.ts';

/**
 * A prime of 127 bits without structure, so that no number an answer is likely to hold (2^127 − 1 is one) vanishes
 * modulo it. Two different polynomials of degree d agree at a random point with probability d / MODULUS at most.
 */
export const MODULUS = 0x5d1c8f3a96b7e2049c31fd7786a5e111n;

/**
 * An element of the field of residues with square roots adjoined: the sum of coefficient × √(product of the primes in
 * the mask). The primes (and −1, whose root is i) are those of a Roots table; bit k of a mask stands for its k-th.
 */
export type Element = ReadonlyMap<number, bigint>;

/** The integers whose square roots have been adjoined, in order of their bits. */
export type Roots = readonly bigint[];

export const ofInteger = (value: bigint): Element => pure(reduce(value));

export function ofRational(value: Rational): Element {
  return value.d === 1n ? ofInteger(value.n) : pure(reduce(reduce(value.n) * inverseOf(reduce(value.d))));
}

export const pure = (coefficient: bigint): Element => (coefficient === 0n ? new Map() : new Map([[0, coefficient]]));

export const isZero = (element: Element): boolean => element.size === 0;

export function add(a: Element, b: Element): Element {
  const sum = new Map(a);
  for (const [mask, coefficient] of b) put(sum, mask, (sum.get(mask) ?? 0n) + coefficient);
  return sum;
}

export const negate = (a: Element): Element =>
  new Map([...a].map(([mask, coefficient]) => [mask, MODULUS - coefficient]));

export function multiply(a: Element, b: Element, roots: Roots): Element {
  const result = new Map<number, bigint>();
  for (const [left, x] of a) {
    for (const [right, y] of b) {
      const mask = left ^ right;
      put(result, mask, (result.get(mask) ?? 0n) + x * y * squares(left & right, roots));
    }
  }
  return result;
}

/** By conjugation over one root after the other. Throws NoValue for zero. */
export function inverse(a: Element, roots: Roots): Element {
  if (isZero(a)) throw new NoValue('division by zero');
  const mask = [...a.keys()].reduce((all, one) => all | one, 0);
  if (mask === 0) return pure(inverseOf(a.get(0)!));
  const bit = mask & -mask;
  const conjugate: Element = new Map([...a].map(([key, value]) => [key, (key & bit) === 0 ? value : MODULUS - value]));
  return multiply(conjugate, inverse(multiply(a, conjugate, roots), roots), roots);
}

export function raise(base: Element, exponent: bigint, roots: Roots): Element {
  if (exponent < 0n) return raise(inverse(base, roots), -exponent, roots);
  let result = pure(1n);
  let square = base;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = multiply(result, square, roots);
    if (left > 1n) square = multiply(square, square, roots);
  }
  return result;
}

/** The element as text; equal elements have equal texts. */
export const spell = (element: Element): string => [...element].sort(([a], [b]) => a - b).join(';');

function put(into: Map<number, bigint>, mask: number, value: bigint): void {
  const reduced = reduce(value);
  if (reduced === 0n) into.delete(mask);
  else into.set(mask, reduced);
}

/** The product of the adjoined integers whose bits are set. */
function squares(mask: number, roots: Roots): bigint {
  let result = 1n;
  for (let bit = 0; mask >> bit > 0; bit += 1) if ((mask >> bit) & 1) result *= roots[bit]!;
  return result;
}

function reduce(value: bigint): bigint {
  const rest = value % MODULUS;
  return rest < 0n ? rest + MODULUS : rest;
}

function inverseOf(value: bigint): bigint {
  if (value === 0n) throw new NoValue('division by zero');
  let [r, next, x, nextX] = [MODULUS, value, 0n, 1n];
  while (next !== 0n) {
    const quotient = r / next;
    [r, next] = [next, r - quotient * next];
    [x, nextX] = [nextX, x - quotient * nextX];
  }
  return reduce(x);
}
