import { type Budget, NoValue, spend } from '../budget.ts';
import type { BigOperator, Node } from '../tree.ts';
import type { Rational } from './rational.ts';
import * as rational from './rational.ts';

/** Values of symbols. */
export type Bindings = ReadonlyMap<string, Rational>;

export const NO_BINDINGS: Bindings = new Map();
const LARGEST_FACTORIAL = 1500n;
const MOST_TERMS = 2000n;

/** The exact value of an expression. Throws NoValue where it is irrational, unbound, or beyond the caps. */
export function exactValue(node: Node, bindings: Bindings, budget: Budget): Rational {
  spend(budget, 1);
  const value = (inner: Node): Rational => exactValue(inner, bindings, budget);
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'symbol':
      return bindings.get(node.name) ?? fail(`${node.name} has no value`);
    case 'add':
      return node.terms.map(value).reduce((sum, term) => sumOf(sum, term, budget));
    case 'multiply':
      return node.factors.map(value).reduce((result, factor) => productOf(result, factor, budget));
    case 'divide':
      return quotientOf(value(node.numerator), value(node.denominator), budget);
    case 'negate':
      return rational.negate(value(node.operand));
    case 'percent':
      return rational.divide(value(node.operand), rational.integer(100));
    case 'power':
      return powerOf(value(node.base), value(node.exponent), budget);
    case 'root':
      return root(value(node.radicand), value(node.index));
    case 'factorial':
      return factorial(value(node.operand), budget);
    case 'call':
      return call(node.name, node.args.map(value), budget);
    case 'big':
      return series(node, bindings, budget);
    default:
      return fail(`${node.kind} is no rational number`);
  }
}

const fail = (why: string): never => {
  throw new NoValue(why);
};

const sumOf = (a: Rational, b: Rational, budget: Budget): Rational => {
  charge(a, b, budget);
  return rational.add(a, b);
};
const productOf = (a: Rational, b: Rational, budget: Budget): Rational => {
  charge(a, b, budget);
  return rational.multiply(a, b);
};
const quotientOf = (a: Rational, b: Rational, budget: Budget): Rational => {
  charge(a, { n: b.d, d: b.n }, budget);
  return rational.divide(a, b);
};

/** Long numbers cost as many steps as they have machine words, to reduce a fraction words above times words below. */
function charge(a: Rational, b: Rational, budget: Budget): void {
  const [an, ad, bn, bd] = [words(a.n), words(a.d), words(b.n), words(b.d)];
  const above = Math.max(an + bn, an + bd, ad + bn);
  const below = ad + bd;
  const fits = Math.min(above, below) * 64 <= rational.MOST_BITS_REDUCED;
  spend(budget, 1 + above + (fits ? above * below : 0));
}

const SHORT = 2n ** 53n;
const words = (value: bigint): number => (value < SHORT && value > -SHORT ? 0 : rational.bitLength(value) >> 6);

function powerOf(base: Rational, exponent: Rational, budget: Budget): Rational {
  const times = exponent.n < 0n ? -exponent.n : exponent.n;
  const bits = BigInt(Math.max(rational.bitLength(base.n), rational.bitLength(base.d))) * times;
  spend(budget, 1 + (bits < BigInt(rational.MOST_BITS) ? Number(bits) >> 6 : 0));
  return power(base, exponent);
}

function power(base: Rational, exponent: Rational): Rational {
  if (base.n === 0n && exponent.n <= 0n) fail('zero to the power of zero or less');
  if (exponent.d === 1n) return rational.raise(base, exponent.n);
  if (base.n < 0n) fail('a root of a negative number');
  return rational.raise(rational.exactRoot(base, exponent.d) ?? fail('an irrational root'), exponent.n);
}

function root(radicand: Rational, index: Rational): Rational {
  if (index.d !== 1n || index.n <= 0n) return power(radicand, rational.divide(rational.ONE, index));
  return rational.exactRoot(radicand, index.n) ?? fail('an irrational root');
}

function factorial(operand: Rational, budget: Budget): Rational {
  if (operand.d !== 1n || operand.n < 0n || operand.n > LARGEST_FACTORIAL) fail('a factorial out of range');
  spend(budget, Number(operand.n));
  let result = 1n;
  for (let factor = 2n; factor <= operand.n; factor += 1n) result *= factor;
  return rational.integer(result);
}

function call(name: string, args: readonly Rational[], budget: Budget): Rational {
  const [first, second] = args as [Rational, Rational | undefined];
  switch (name) {
    case 'abs':
      return rational.absolute(first);
    case 'floor':
      return rational.integer(rational.floor(first));
    case 'ceil':
      return rational.integer(-rational.floor(rational.negate(first)));
    case 'max':
      return args.reduce((best, arg) => (rational.order(arg, best) > 0 ? arg : best));
    case 'min':
      return args.reduce((best, arg) => (rational.order(arg, best) < 0 ? arg : best));
    case 'gcd':
      return args.reduce((a, b) => greatestCommon(whole(a), whole(b), budget));
    case 'lcm':
      return args.reduce((a, b) => leastCommon(whole(a), whole(b), budget));
    case 'binom':
      return binomial(first, second ?? fail('a binomial of one number'), budget);
    case 'modulo':
      return modulo(whole(first), whole(second!));
    default:
      return fail(`${name} is no rational function`);
  }
}

const whole = (value: Rational): bigint => (value.d === 1n ? value.n : fail('a whole number was expected'));

function greatestCommon(a: bigint, b: bigint, budget: Budget): Rational {
  spend(budget, 1 + words(a) * words(b));
  return rational.integer(rational.gcd(a, b));
}

function leastCommon(a: bigint, b: bigint, budget: Budget): Rational {
  if (rational.bitLength(a) + rational.bitLength(b) > rational.MOST_BITS) fail('number too large');
  return rational.integer((a * b) / greatestCommon(a, b, budget).n);
}

function modulo(value: bigint, modulus: bigint): Rational {
  if (modulus <= 0n) fail('a modulus that is not positive');
  return rational.integer(((value % modulus) + modulus) % modulus);
}

function binomial(n: Rational, k: Rational, budget: Budget): Rational {
  const upper = whole(n);
  const lower = whole(k);
  if (upper < 0n || lower < 0n || upper > 100_000n) fail('a binomial out of range');
  if (lower > upper) return rational.ZERO;
  const steps = lower * 2n < upper ? lower : upper - lower;
  if (steps > LARGEST_FACTORIAL) fail('a binomial out of range');
  spend(budget, Number(steps));
  let result = 1n;
  for (let index = 0n; index < steps; index += 1n) result = (result * (upper - index)) / (index + 1n);
  return rational.integer(result);
}

function series(node: BigOperator, bindings: Bindings, budget: Budget): Rational {
  if (node.variable === null || node.lower === null || node.upper === null) return fail('a sum without bounds');
  if (node.operator !== 'sum' && node.operator !== 'product') return fail(`a ${node.operator}`);
  const lower = whole(exactValue(node.lower, bindings, budget));
  const upper = whole(exactValue(node.upper, bindings, budget));
  if (upper - lower > MOST_TERMS) fail('a sum of too many terms');
  let result = node.operator === 'sum' ? rational.ZERO : rational.ONE;
  for (let index = lower; index <= upper; index += 1n) {
    const term = exactValue(node.body, new Map(bindings).set(node.variable, rational.integer(index)), budget);
    result = node.operator === 'sum' ? sumOf(result, term, budget) : productOf(result, term, budget);
  }
  return result;
}
