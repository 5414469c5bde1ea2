import { type Budget, NoValue, spend } from '../budget.ts';
import type { BigOperator, Node } from '../tree.ts';
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
  wholePower,
} from './complex.ts';
import { exactValue, NO_BINDINGS } from './exact.ts';
import { callFunction, factorialOf, rootOf } from './functions.ts';
import { integralOf, limitOf, sumToInfinity } from './limits.ts';
import { unitOf } from './modular/residue.ts';
import { toNumber } from './rational.ts';

/** Where an expression is evaluated: values of its symbols, and whether roots and logarithms must stay real. */
export interface Place {
  readonly values: ReadonlyMap<string, Approximation>;
  readonly realOnly: boolean;
  readonly logarithm: 'e' | '10';
  readonly seed: string;
  readonly budget: Budget;
}

const MOST_TERMS = 2000;

/** The value with its error. Throws NoValue where there is none. */
export function approximate(node: Node, place: Place): Approximation {
  spend(place.budget, 2);
  const value = (inner: Node): Approximation => approximate(inner, place);
  switch (node.kind) {
    case 'number':
      return approximation(toNumber(node.value));
    case 'symbol':
      return place.values.get(node.name) ?? fail(`${node.name} has no value`);
    case 'constant':
      return constant(node.name);
    case 'add':
      return node.terms.map(value).reduce(add);
    case 'multiply':
      return node.factors.map(value).reduce(multiply);
    case 'divide':
      return divide(value(node.numerator), value(node.denominator));
    case 'negate':
      return negate(value(node.operand));
    case 'percent':
      return divide(value(node.operand), approximation(100, 0, 0));
    case 'power':
      return power(node.base, node.exponent, place);
    case 'root':
      return root(value(node.radicand), value(node.index), place);
    case 'factorial':
      return factorial(node, place);
    case 'call':
      return call(node.name, node.args, place);
    case 'apply':
      return unknownFunction(node.name, node.args.map(value), place);
    case 'big':
      return series(node, place);
    case 'unit':
      return node.name === 'degree' ? approximation(Math.PI / 180) : fail('a unit within an expression');
    default:
      return fail(`${node.kind} within an expression`);
  }
}

const fail = (why: string): never => {
  throw new NoValue(why);
};

function constant(name: 'pi' | 'e' | 'i' | 'infinity'): Approximation {
  if (name === 'pi') return approximation(Math.PI);
  if (name === 'e') return approximation(Math.E);
  return name === 'i' ? approximation(0, 1, 0) : fail('infinity');
}

function power(base: Node, exponent: Node, place: Place): Approximation {
  const by = approximate(exponent, place);
  if (base.kind === 'constant' && base.name === 'e') return exponential(by);
  const value = approximate(base, place);
  if (by.im === 0 && Number.isInteger(by.re) && by.error < 1e-9 && Math.abs(by.re) < 1e6) {
    if (by.re <= 0 && size(value) <= 2 * value.error) fail('zero to the power of zero or less');
    return wholePower(value, by.re);
  }
  const odd = oddDenominator(exponent);
  if (odd !== null && isReal(value) && value.re < 0) return wholePower(rootOf(value, odd.index), odd.times);
  if (size(value) <= 2 * value.error)
    return isReal(by) && by.re > 0 ? approximation(0, 0, value.error ** Math.min(by.re, 1)) : fail('a power of zero');
  return stayReal(exponential(multiply(by, logarithm(value))), place);
}

/** (−8)^(2/3) is real: a fraction with an odd denominator takes the real root. */
function oddDenominator(exponent: Node): { index: number; times: number } | null {
  if (exponent.kind !== 'divide' || exponent.numerator.kind !== 'number' || exponent.denominator.kind !== 'number')
    return null;
  const index = toNumber(exponent.denominator.value);
  const times = toNumber(exponent.numerator.value);
  return Number.isInteger(index) && Number.isInteger(times) && index % 2 === 1 && index < 60 && times < 1000
    ? { index, times }
    : null;
}

function root(radicand: Approximation, index: Approximation, place: Place): Approximation {
  const degree = isReal(index) && Number.isInteger(index.re) && index.re > 0 ? index.re : null;
  if (degree !== null) return stayReal(rootOf(radicand, degree), place);
  return stayReal(exponential(divide(logarithm(radicand), index)), place);
}

function stayReal(value: Approximation, place: Place): Approximation {
  return place.realOnly && !isReal(value) ? fail('not real here') : value;
}

function factorial(node: Node & { kind: 'factorial' }, place: Place): Approximation {
  const value = approximate(node.operand, place);
  return value.re > 170 ? fail('beyond the range of a double') : factorialOf(value);
}

function call(name: string, args: readonly Node[], place: Place): Approximation {
  if (name === 'gcd' || name === 'lcm' || name === 'modulo')
    return approximation(toNumber(exactValue({ kind: 'call', name, args }, NO_BINDINGS, place.budget)));
  const values = args.map((arg) => approximate(arg, place));
  if (name !== 'log') return stayReal(callFunction(name, values), place);
  const natural = stayReal(logarithm(values[0]!), place);
  return place.logarithm === 'e' ? natural : divide(natural, approximation(Math.LN10));
}

/** A function that is only named gets a value that depends on its arguments, rounded so that equal ones agree. */
function unknownFunction(name: string, args: readonly Approximation[], place: Place): Approximation {
  const key = args.map((arg) => `${arg.re.toPrecision(8)},${(arg.im + 1).toPrecision(8)}`).join(';');
  return approximation(0.3 + 3 * unitOf(`${place.seed} ${name}(${key})`));
}

/** The body as a function of its variable. */
const along =
  ({ variable, body }: BigOperator, place: Place) =>
  (x: number): Approximation =>
    approximate(body, { ...place, values: new Map(place.values).set(variable!, approximation(x, 0, 0)) });

function boundOf(node: Node, place: Place): number {
  if (node.kind === 'negate') return -boundOf(node.operand, place);
  if (node.kind === 'constant' && node.name === 'infinity') return Number.POSITIVE_INFINITY;
  const bound = approximate(node, place);
  return isReal(bound) ? bound.re : fail('a bound that is not real');
}

function series(node: BigOperator, place: Place): Approximation {
  if (node.variable === null || node.lower === null) return fail('a sum without bounds');
  if (node.operator === 'limit') return limitOf(along(node, place), boundOf(node.lower, place)) ?? fail('no limit');
  if (node.upper === null) return fail('a sum without bounds');
  if (node.operator === 'integral')
    return (
      integralOf(along(node, place), boundOf(node.lower, place), boundOf(node.upper, place)) ?? fail('no integral')
    );
  if (node.operator === 'sum' && boundOf(node.upper, place) === Number.POSITIVE_INFINITY)
    return sumToInfinity(along(node, place), Math.round(boundOf(node.lower, place))) ?? fail('no sum');
  const lower = Math.round(approximate(node.lower, place).re);
  const upper = Math.floor(approximate(node.upper, place).re + 1e-9);
  if (upper - lower > MOST_TERMS) fail('a sum of too many terms');
  let result = approximation(node.operator === 'sum' ? 0 : 1, 0, 0);
  for (let index = lower; index <= upper; index += 1) {
    const values = new Map(place.values).set(node.variable, approximation(index, 0, 0));
    const term = approximate(node.body, { ...place, values });
    result = node.operator === 'sum' ? add(result, term) : multiply(result, term);
  }
  return result;
}
