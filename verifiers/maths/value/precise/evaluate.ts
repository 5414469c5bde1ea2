import { type Budget, NoValue, spend } from '../../budget.ts';
import type { BigOperator, Node } from '../../tree.ts';
import { exactValue } from '../exact.ts';
import { integer, type Rational } from '../rational.ts';
import type { Ball } from './ball.ts';
import * as real from './ball.ts';
import * as elementary from './elementary.ts';

/** A complex number, each part with its error. */
export interface Precise {
  readonly re: Ball;
  readonly im: Ball;
}

interface Place {
  readonly bits: number;
  readonly budget: Budget;
  readonly logarithm: 'e' | '10';
  /** Values of indices of sums. */
  readonly bound: ReadonlyMap<string, Rational>;
}

/** Bits after the point: about a hundred and twenty decimals. */
export const PRECISE_BITS = 400;
const MOST_TERMS = 400n;
/** Steps of one function: its terms grow with the bits, and so does the work of each. */
const costOf = (bits: number): number => Math.ceil(60 * (bits / PRECISE_BITS) ** 2);

/** The value of an expression without unknowns, to some hundred digits. Throws NoValue where it has none that is known. */
export function precise(node: Node, budget: Budget, logarithm: 'e' | '10', bits: number = PRECISE_BITS): Precise {
  return evaluated(node, { bits, budget, logarithm, bound: new Map() });
}

function evaluated(node: Node, place: Place): Precise {
  spend(place.budget, 4 + (place.bits >> 7));
  const value = (inner: Node): Precise => evaluated(inner, place);
  switch (node.kind) {
    case 'number':
      return ofReal(real.ofRational(node.value, place.bits));
    case 'symbol':
      return ofReal(real.ofRational(place.bound.get(node.name) ?? fail(`${node.name} has no value`), place.bits));
    case 'constant':
      return constant(node.name, place.bits);
    case 'add':
      return node.terms.map(value).reduce(add);
    case 'multiply':
      return node.factors.map(value).reduce(multiply);
    case 'divide':
      return divide(value(node.numerator), value(node.denominator));
    case 'negate':
      return negate(value(node.operand));
    case 'percent':
      return divide(value(node.operand), ofReal(real.whole(100n, place.bits)));
    case 'power':
      return power(node.base, node.exponent, place);
    case 'root':
      return root(value(node.radicand), node.index, place);
    case 'factorial':
      return ofReal(real.ofRational(exactValue(node, place.bound, place.budget), place.bits));
    case 'call':
      return call(node.name, node.args, place);
    case 'big':
      return series(node, place);
    case 'unit':
      if (node.name !== 'degree') return fail('a unit within an expression');
      return divide(ofReal(elementary.pi(place.bits)), ofReal(real.whole(180n, place.bits)));
    default:
      return fail(`${node.kind} within an expression`);
  }
}

const fail = (why: string): never => {
  throw new NoValue(why);
};

const ofReal = (re: Ball): Precise => ({ re, im: real.whole(0n, re.bits) });
const isReal = ({ im }: Precise): boolean => im.mid === 0n && im.rad === 0n;
const realOf = (value: Precise): Ball => (isReal(value) ? value.re : fail('a real number was expected'));

export const add = (a: Precise, b: Precise): Precise => ({ re: real.add(a.re, b.re), im: real.add(a.im, b.im) });
export const negate = (a: Precise): Precise => ({ re: real.negate(a.re), im: real.negate(a.im) });

function multiply(a: Precise, b: Precise): Precise {
  if (isReal(a) && isReal(b)) return ofReal(real.multiply(a.re, b.re));
  return {
    re: real.subtract(real.multiply(a.re, b.re), real.multiply(a.im, b.im)),
    im: real.add(real.multiply(a.re, b.im), real.multiply(a.im, b.re)),
  };
}

function divide(a: Precise, b: Precise): Precise {
  if (isReal(b)) {
    const re = real.divide(a.re, b.re);
    return isReal(a) ? ofReal(re) : { re, im: real.divide(a.im, b.re) };
  }
  const norm = real.add(real.multiply(b.re, b.re), real.multiply(b.im, b.im));
  const above = multiply(a, { re: b.re, im: real.negate(b.im) });
  return { re: real.divide(above.re, norm), im: real.divide(above.im, norm) };
}

function constant(name: 'pi' | 'e' | 'i' | 'infinity', bits: number): Precise {
  if (name === 'pi') return ofReal(elementary.pi(bits));
  if (name === 'e') return ofReal(elementary.e(bits));
  return name === 'i' ? { re: real.whole(0n, bits), im: real.whole(1n, bits) } : fail('infinity');
}

function power(base: Node, exponent: Node, place: Place): Precise {
  const by = exactOrNull(exponent, place);
  if (by !== null && by.d === 1n) return wholePower(evaluated(base, place), by.n, place);
  if (by !== null) return wholePower(rootOf(evaluated(base, place), by.d, place), by.n, place);
  if (base.kind === 'constant' && base.name === 'e') return exponential(evaluated(exponent, place), place);
  return exponential(multiply(evaluated(exponent, place), logarithm(evaluated(base, place), place)), place);
}

function exactOrNull(node: Node, place: Place): Rational | null {
  try {
    return exactValue(node, place.bound, place.budget);
  } catch (error) {
    if (error instanceof NoValue) return null;
    throw error;
  }
}

function wholePower(base: Precise, exponent: bigint, place: Place): Precise {
  const one = ofReal(real.whole(1n, place.bits));
  if (exponent <= 0n && !real.isApart(base.re) && !real.isApart(base.im)) fail('zero to the power of zero or less');
  if (exponent < 0n) return divide(one, wholePower(base, -exponent, place));
  if (exponent > 20_000n) fail('power too large');
  let result = one;
  let square = base;
  for (let left = exponent; left > 0n; left >>= 1n) {
    spend(place.budget, 4);
    if (left & 1n) result = multiply(result, square);
    if (left > 1n) square = multiply(square, square);
  }
  return result;
}

function root(radicand: Precise, index: Node, place: Place): Precise {
  const by = exactOrNull(index, place);
  if (by === null || by.d !== 1n || by.n <= 0n) return fail('a root whose index is no whole number');
  return rootOf(radicand, by.n, place);
}

/** The principal root; of a negative number with an odd index the real one. */
function rootOf(value: Precise, index: bigint, place: Place): Precise {
  spend(place.budget, costOf(place.bits));
  if (isReal(value) && real.signOf(value.re) < 0 && index % 2n === 1n)
    return negate(rootOf(negate(value), index, place));
  if (index === 2n) return squareRoot(value);
  return exponential(divide(logarithm(value, place), ofReal(real.whole(index, place.bits))), place);
}

function squareRoot(value: Precise): Precise {
  if (isReal(value)) {
    if (real.signOf(value.re) >= 0) return ofReal(real.squareRoot(value.re));
    return { re: real.whole(0n, value.re.bits), im: real.squareRoot(real.negate(value.re)) };
  }
  const length = lengthOf(value);
  const re = real.squareRoot(real.half(real.add(length, value.re)));
  const im = real.squareRoot(real.half(real.subtract(length, value.re)));
  return { re, im: real.signOf(value.im) < 0 ? real.negate(im) : im };
}

const lengthOf = ({ re, im }: Precise): Ball => real.squareRoot(real.add(real.multiply(re, re), real.multiply(im, im)));

function exponential(x: Precise, place: Place): Precise {
  spend(place.budget, costOf(place.bits));
  const length = elementary.exponential(x.re);
  if (isReal(x)) return ofReal(length);
  const { sine, cosine } = elementary.sineAndCosine(x.im);
  return { re: real.multiply(length, cosine), im: real.multiply(length, sine) };
}

function logarithm(x: Precise, place: Place): Precise {
  spend(place.budget, costOf(place.bits));
  if (isReal(x) && real.signOf(x.re) > 0) return ofReal(elementary.logarithm(x.re));
  return { re: elementary.logarithm(lengthOf(x)), im: elementary.angle(x.re, x.im) };
}

function call(name: string, args: readonly Node[], place: Place): Precise {
  const exact = exactOrNull({ kind: 'call', name, args }, place);
  if (exact !== null) return ofReal(real.ofRational(exact, place.bits));
  spend(place.budget, costOf(place.bits));
  const values = args.map((arg) => evaluated(arg, place));
  const [x] = values as [Precise];
  if (name === 'ln') return logarithm(x, place);
  if (name === 'log')
    return place.logarithm === 'e'
      ? logarithm(x, place)
      : divide(logarithm(x, place), ofReal(elementary.logarithm(real.whole(10n, place.bits))));
  if (name === 'abs') return isReal(x) && real.signOf(x.re) !== 0 ? absolute(x) : ofReal(lengthOf(x));
  return trigonometric(name, x, place) ?? inverse(name, x, place) ?? stepped(name, values);
}

const absolute = (x: Precise): Precise => (real.signOf(x.re) < 0 ? negate(x) : x);

function trigonometric(name: string, x: Precise, place: Place): Precise | null {
  const [sine, cosine] = /h$/.test(name)
    ? [() => hyperbolic(x, -1, place), () => hyperbolic(x, 1, place)]
    : [() => sineOf(x, place), () => cosineOf(x, place)];
  const one = ofReal(real.whole(1n, place.bits));
  switch (name.replace(/h$/, '')) {
    case 'sin':
      return sine();
    case 'cos':
      return cosine();
    case 'tan':
      return divide(sine(), cosine());
    case 'cot':
      return divide(cosine(), sine());
    case 'sec':
      return divide(one, cosine());
    case 'csc':
      return divide(one, sine());
    default:
      return null;
  }
}

const halved = (x: Precise): Precise => ({ re: real.half(x.re), im: real.half(x.im) });

function hyperbolic(x: Precise, sign: 1 | -1, place: Place): Precise {
  const other = exponential(negate(x), place);
  return halved(add(exponential(x, place), sign === 1 ? other : negate(other)));
}

function sineOf(x: Precise, place: Place): Precise {
  if (isReal(x)) return ofReal(elementary.sineAndCosine(x.re).sine);
  const turned = hyperbolic({ re: real.negate(x.im), im: x.re }, -1, place);
  return { re: turned.im, im: real.negate(turned.re) };
}

function cosineOf(x: Precise, place: Place): Precise {
  if (isReal(x)) return ofReal(elementary.sineAndCosine(x.re).cosine);
  return hyperbolic({ re: real.negate(x.im), im: x.re }, 1, place);
}

function inverse(name: string, x: Precise, place: Place): Precise | null {
  if (!name.startsWith('arc')) return null;
  const at = realOf(x);
  const one = real.whole(1n, place.bits);
  const quarter = real.half(elementary.pi(place.bits));
  switch (name.slice(3)) {
    case 'tan':
      return ofReal(elementary.arctangent(at));
    case 'cot':
      return ofReal(real.subtract(quarter, elementary.arctangent(at)));
    case 'sin':
      return ofReal(arcsine(at));
    case 'cos':
      return ofReal(real.subtract(quarter, arcsine(at)));
    case 'csc':
      return ofReal(arcsine(real.divide(one, at)));
    case 'sec':
      return ofReal(real.subtract(quarter, arcsine(real.divide(one, at))));
    case 'sinh':
      return ofReal(elementary.logarithm(real.add(at, real.squareRoot(real.add(real.multiply(at, at), one)))));
    case 'cosh':
      return ofReal(elementary.logarithm(real.add(at, real.squareRoot(real.subtract(real.multiply(at, at), one)))));
    case 'tanh':
      return ofReal(real.half(elementary.logarithm(real.divide(real.add(one, at), real.subtract(one, at)))));
    default:
      return null;
  }
}

function arcsine(x: Ball): Ball {
  const one = real.whole(1n, x.bits);
  if (x.rad === 0n && (x.mid === one.mid || x.mid === -one.mid)) {
    const quarter = real.half(elementary.pi(x.bits));
    return x.mid > 0n ? quarter : real.negate(quarter);
  }
  const rest = real.squareRoot(real.subtract(one, real.multiply(x, x)));
  return elementary.arctangent(real.divide(x, rest));
}

function stepped(name: string, values: readonly Precise[]): Precise {
  const all = values.map(realOf);
  if (name === 'max' || name === 'min') {
    const better = (a: Ball, b: Ball): Ball => (real.signOf(real.subtract(a, b)) > 0 === (name === 'max') ? a : b);
    return ofReal(all.reduce(better));
  }
  if (name !== 'floor' && name !== 'ceil') return fail(`${name} has no value here`);
  const [x] = all as [Ball];
  const shift = BigInt(x.bits);
  const [low, high] = [(x.mid - x.rad) >> shift, (x.mid + x.rad) >> shift];
  if (low !== high) return fail('a value too near a whole number');
  return ofReal(real.whole(name === 'floor' ? low : low + 1n, x.bits));
}

function series(node: BigOperator, place: Place): Precise {
  if (node.variable === null || node.lower === null || node.upper === null) return fail('a sum without bounds');
  if (node.operator !== 'sum' && node.operator !== 'product') return fail(`a ${node.operator}`);
  const [lower, upper] = [exactOrNull(node.lower, place), exactOrNull(node.upper, place)];
  if (lower?.d !== 1n || upper?.d !== 1n || upper.n - lower.n > MOST_TERMS) return fail('a sum of too many terms');
  let result = ofReal(real.whole(node.operator === 'sum' ? 0n : 1n, place.bits));
  for (let index = lower.n; index <= upper.n; index += 1n) {
    const term = evaluated(node.body, { ...place, bound: new Map(place.bound).set(node.variable, integer(index)) });
    result = node.operator === 'sum' ? add(result, term) : multiply(result, term);
  }
  return result;
}
