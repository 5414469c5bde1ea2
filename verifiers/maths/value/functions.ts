import { NoValue } from '../budget.ts';
import {
  type Approximation,
  add,
  approximation,
  divide,
  exponential,
  isReal,
  logarithm,
  multiply,
  negate,
  size,
  squareRoot,
} from './complex.ts';

const EPSILON = 2 ** -52;
const I = approximation(0, 1, 0);
const ONE = approximation(1, 0, 0);

type Real = (x: number) => number;

/** Real functions with the largest size of their slope near x, from which their error follows. */
const REAL: Readonly<Record<string, { value: Real; slope: Real }>> = {
  arcsin: { value: Math.asin, slope: (x) => 1 / Math.sqrt(Math.max(1e-15, 1 - x * x)) },
  arccos: { value: Math.acos, slope: (x) => 1 / Math.sqrt(Math.max(1e-15, 1 - x * x)) },
  arctan: { value: Math.atan, slope: (x) => 1 / (1 + x * x) },
  arccot: { value: (x) => Math.PI / 2 - Math.atan(x), slope: (x) => 1 / (1 + x * x) },
  arcsec: { value: (x) => Math.acos(1 / x), slope: (x) => 1 / Math.sqrt(Math.max(1e-15, x * x * (x * x - 1))) },
  arccsc: { value: (x) => Math.asin(1 / x), slope: (x) => 1 / Math.sqrt(Math.max(1e-15, x * x * (x * x - 1))) },
  arcsinh: { value: Math.asinh, slope: () => 1 },
  arccosh: { value: Math.acosh, slope: (x) => 1 / Math.sqrt(Math.max(1e-15, x * x - 1)) },
  arctanh: { value: Math.atanh, slope: (x) => 1 / Math.max(1e-15, 1 - x * x) },
  sgn: { value: Math.sign, slope: () => 0 },
};

/** The value of a known function. Throws NoValue for an unknown one and outside of its domain. */
export function callFunction(name: string, args: readonly Approximation[]): Approximation {
  const x = args[0]!;
  const complex = trigonometric(name, x);
  if (complex !== null) return complex;
  if (name === 'ln') return logarithm(x);
  if (name === 'abs') return approximation(size(x), 0, x.error + EPSILON * size(x));
  const known = REAL[name];
  if (known === undefined) return combined(name, args);
  const at = real(x);
  return approximation(known.value(at), 0, x.error * known.slope(at) * 2 + 2 * EPSILON * Math.abs(known.value(at)));
}

function trigonometric(name: string, x: Approximation): Approximation | null {
  switch (name) {
    case 'sin':
      return sine(x);
    case 'cos':
      return cosine(x);
    case 'tan':
      return divide(sine(x), cosine(x));
    case 'cot':
      return divide(cosine(x), sine(x));
    case 'sec':
      return divide(ONE, cosine(x));
    case 'csc':
      return divide(ONE, sine(x));
    case 'sinh':
      return halved(add(exponential(x), negate(exponential(negate(x)))));
    case 'cosh':
      return halved(add(exponential(x), exponential(negate(x))));
    case 'tanh':
      return divide(callFunction('sinh', [x]), callFunction('cosh', [x]));
    case 'coth':
      return divide(callFunction('cosh', [x]), callFunction('sinh', [x]));
    case 'sech':
      return divide(ONE, callFunction('cosh', [x]));
    case 'csch':
      return divide(ONE, callFunction('sinh', [x]));
    default:
      return null;
  }
}

function sine(x: Approximation): Approximation {
  if (x.im === 0) return approximation(Math.sin(x.re), 0, x.error + 2 * EPSILON);
  const turned = multiply(I, x);
  return divide(add(exponential(turned), negate(exponential(negate(turned)))), approximation(0, 2, 0));
}

function cosine(x: Approximation): Approximation {
  if (x.im === 0) return approximation(Math.cos(x.re), 0, x.error + 2 * EPSILON);
  const turned = multiply(I, x);
  return halved(add(exponential(turned), exponential(negate(turned))));
}

const halved = (x: Approximation): Approximation => ({ re: x.re / 2, im: x.im / 2, error: x.error / 2 });

function combined(name: string, args: readonly Approximation[]): Approximation {
  const values = args.map(real);
  const error = Math.max(...args.map((arg) => arg.error));
  const [first, second] = values as [number, number | undefined];
  if (name === 'floor' || name === 'ceil') return approximation(stepped(name, first, error), 0, 0);
  if (name === 'max') return approximation(Math.max(...values), 0, error);
  if (name === 'min') return approximation(Math.min(...values), 0, error);
  if (name === 'binom' && second !== undefined) return binomial(first, second, error);
  throw new NoValue(`${name} has no value here`);
}

/** A value within its error of a whole number is that number. */
function stepped(name: 'floor' | 'ceil', value: number, error: number): number {
  const nearest = Math.round(value);
  if (Math.abs(value - nearest) <= 4 * error) return nearest;
  return name === 'floor' ? Math.floor(value) : Math.ceil(value);
}

function binomial(n: number, k: number, error: number): Approximation {
  const value = gamma(n + 1) / gamma(k + 1) / gamma(n - k + 1);
  return approximation(value, 0, Math.abs(value) * (1e-12 + 100 * error));
}

export function factorialOf(x: Approximation): Approximation {
  const at = real(x);
  const value = gamma(at + 1);
  return approximation(value, 0, Math.abs(value) * (1e-12 + 100 * x.error));
}

export function rootOf(x: Approximation, index: number): Approximation {
  if (index === 2) return squareRoot(x);
  if (size(x) <= 2 * x.error) return approximation(0, 0, x.error ** (1 / index));
  if (isReal(x) && x.re < 0 && index % 2 === 1) return negate(rootOf(negate(x), index));
  return exponential(divide(logarithm(x), approximation(index, 0, 0)));
}

function real(x: Approximation): number {
  if (!isReal(x)) throw new NoValue('a real number was expected');
  return x.re;
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Lanczos' approximation, g = 7. */
function gamma(x: number): number {
  if (Number.isInteger(x) && x <= 0) throw new NoValue('a pole of the gamma function');
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  const t = x + 6.5;
  const series = LANCZOS.reduce(
    (sum, coefficient, index) => (index === 0 ? coefficient : sum + coefficient / (x - 1 + index)),
    0,
  );
  return Math.sqrt(2 * Math.PI) * t ** (x - 0.5) * Math.exp(-t) * series;
}
