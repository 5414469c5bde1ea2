import { NoValue } from '../budget.ts';

/** A complex double with a bound of its absolute error, carried along by every operation. */
export interface Approximation {
  readonly re: number;
  readonly im: number;
  readonly error: number;
}

const EPSILON = 2 ** -52;

export const approximation = (re: number, im = 0, error = Math.hypot(re, im) * EPSILON): Approximation => {
  if (!Number.isFinite(re) || !Number.isFinite(im) || !Number.isFinite(error))
    throw new NoValue('beyond the range of a double');
  return { re, im, error };
};

export const size = (a: Approximation): number => Math.hypot(a.re, a.im);

/** Real as far as its error can tell. */
export const isReal = (a: Approximation): boolean => Math.abs(a.im) <= 4 * a.error;

export function add(a: Approximation, b: Approximation): Approximation {
  const re = a.re + b.re;
  const im = a.im + b.im;
  return approximation(re, im, a.error + b.error + Math.hypot(re, im) * EPSILON);
}

export const negate = (a: Approximation): Approximation => ({ re: -a.re, im: -a.im, error: a.error });

export function multiply(a: Approximation, b: Approximation): Approximation {
  const re = a.re * b.re - a.im * b.im;
  const im = a.re * b.im + a.im * b.re;
  const error = size(a) * b.error + size(b) * a.error + a.error * b.error + 3 * EPSILON * size(a) * size(b);
  return approximation(re, im, error);
}

export function divide(a: Approximation, b: Approximation): Approximation {
  const length = size(b);
  if (length <= 2 * b.error) throw new NoValue('division by zero');
  const scale = 1 / length / length;
  const re = (a.re * b.re + a.im * b.im) * scale;
  const im = (a.im * b.re - a.re * b.im) * scale;
  const quotient = Math.hypot(re, im);
  return approximation(re, im, (a.error + quotient * b.error) / (length - b.error) + 5 * EPSILON * quotient);
}

export function exponential(a: Approximation): Approximation {
  const length = Math.exp(a.re);
  const relative = Math.expm1(Math.min(a.error, 1)) + EPSILON * (4 + Math.abs(a.im));
  return approximation(length * Math.cos(a.im), a.im === 0 ? 0 : length * Math.sin(a.im), length * relative);
}

/** The principal branch. */
export function logarithm(a: Approximation): Approximation {
  const length = size(a);
  if (length <= 2 * a.error) throw new NoValue('the logarithm of zero');
  const re = Math.log(length);
  const im = a.im === 0 && a.re > 0 ? 0 : Math.atan2(a.im, a.re);
  return approximation(re, im, a.error / (length - a.error) + 2 * EPSILON * (1 + Math.hypot(re, im)));
}

export function squareRoot(a: Approximation): Approximation {
  const length = size(a);
  const root = Math.sqrt(length);
  const error =
    length > 4 * a.error ? a.error / (2 * Math.sqrt(length - a.error)) + 3 * EPSILON * root : 2 * Math.sqrt(a.error);
  if (a.im === 0) return a.re >= 0 ? approximation(root, 0, error) : approximation(0, root, error);
  const re = Math.sqrt((length + Math.abs(a.re)) / 2);
  const im = Math.abs(a.im) / (2 * re);
  return a.re >= 0 ? approximation(re, Math.sign(a.im) * im, error) : approximation(im, Math.sign(a.im) * re, error);
}

export function wholePower(base: Approximation, exponent: number): Approximation {
  if (exponent < 0) return divide(approximation(1), wholePower(base, -exponent));
  let result = approximation(1, 0, 0);
  let square = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = multiply(result, square);
    if (left > 1) square = multiply(square, square);
  }
  return result;
}
