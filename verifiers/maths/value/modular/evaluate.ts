import { type Budget, NoValue, spend } from '../../budget.ts';
import type { BigOperator, Node } from '../../tree.ts';
import { exactValue, NO_BINDINGS } from '../exact.ts';
import type { Rational } from '../rational.ts';
import { splitSquare } from '../square-parts.ts';
import type { Element } from './field.ts';
import * as field from './field.ts';
import { residueOf } from './residue.ts';

/**
 * One evaluation at one random point modulo a prime. Symbols, pi and e are random residues; square roots of rational
 * numbers are adjoined exactly; every other function is a random residue of its name and arguments ("opaque").
 */
export interface Point {
  readonly seed: string;
  readonly budget: Budget;
  readonly logarithm: 'e' | '10';
  readonly roots: bigint[];
  readonly bound: Map<string, Element>;
  /** Set when an opaque function was met: different values then prove nothing. */
  opaque: boolean;
}

export const newPoint = (seed: string, logarithm: 'e' | '10', budget: Budget): Point => ({
  seed,
  budget,
  logarithm,
  roots: [-1n],
  bound: new Map(),
  opaque: false,
});

const MOST_ROOTS = 7;
const LARGEST_FACTORIAL = 20_000n;
const MOST_TERMS = 400n;

/** The value of an expression at the point. Throws NoValue for division by zero and for what is no expression. */
export function residue(node: Node, point: Point): Element {
  spend(point.budget, 2);
  const value = (inner: Node): Element => residue(inner, point);
  switch (node.kind) {
    case 'number':
      spend(point.budget, node.value.d === 1n ? 0 : INVERSE);
      return field.ofRational(node.value);
    case 'symbol':
      return point.bound.get(node.name) ?? random(point, `symbol ${node.name}`);
    case 'constant':
      return constant(node.name, point);
    case 'add':
      return node.terms.map(value).reduce(field.add);
    case 'multiply':
      return node.factors.map(value).reduce((a, b) => times(a, b, point));
    case 'divide':
      return times(value(node.numerator), inverse(value(node.denominator), point), point);
    case 'negate':
      return field.negate(value(node.operand));
    case 'percent':
      return times(value(node.operand), field.ofRational({ n: 1n, d: 100n }), point);
    case 'power':
      return power(node.base, node.exponent, point);
    case 'root':
      return power(
        node.radicand,
        {
          kind: 'divide',
          numerator: { kind: 'number', value: { n: 1n, d: 1n }, decimals: null },
          denominator: node.index,
        },
        point,
      );
    case 'factorial':
      return factorial(node.operand, point);
    case 'call':
      return call(node.name, node.args, point);
    case 'apply':
      return random(point, `${node.name}(${node.args.map((arg) => field.spell(value(arg))).join(',')})`);
    case 'big':
      return big(node, point);
    case 'unit':
      if (node.name === 'degree') return times(random(point, 'symbol pi'), field.ofRational({ n: 1n, d: 180n }), point);
      throw new NoValue('a unit within an expression');
    default:
      throw new NoValue(`${node.kind} within an expression`);
  }
}

function times(a: Element, b: Element, point: Point): Element {
  spend(point.budget, a.size * b.size);
  return field.multiply(a, b, point.roots);
}

/** An inverse modulo the prime takes about as long as this many other steps. */
const INVERSE = 30;

function inverse(a: Element, point: Point): Element {
  spend(point.budget, INVERSE + 4 * a.size * a.size);
  return field.inverse(a, point.roots);
}

const random = (point: Point, name: string): Element => field.pure(residueOf(`${point.seed} ${name}`));

/** A function of which nothing is known here but that equal arguments give equal values. */
function opaque(point: Point, name: string, args: readonly Element[]): Element {
  spend(point.budget, 4);
  point.opaque = true;
  return random(point, `${name}(${args.map(field.spell).join(',')})`);
}

function constant(name: 'pi' | 'e' | 'i' | 'infinity', point: Point): Element {
  if (name === 'i') return new Map([[1, 1n]]);
  return name === 'infinity' ? opaque(point, 'infinity', []) : random(point, `symbol ${name}`);
}

function exactOrNull(node: Node, point: Point): Rational | null {
  try {
    return exactValue(node, NO_BINDINGS, point.budget);
  } catch (error) {
    if (error instanceof NoValue) return null;
    throw error;
  }
}

function power(base: Node, exponent: Node, point: Point): Element {
  const by = exactOrNull(exponent, point);
  if (by === null) return symbolicPower(base, exponent, point);
  if (by.d === 1n) return wholePower(residue(base, point), by.n, point);
  const rational = by.d === 2n ? exactOrNull(base, point) : null;
  const root = rational === null ? null : squareRoot(rational, point);
  if (root !== null) return wholePower(root, by.n, point);
  return wholePower(opaque(point, `root ${by.d}`, [residue(base, point)]), by.n, point);
}

function wholePower(base: Element, exponent: bigint, point: Point): Element {
  if (field.isZero(base) && exponent <= 0n) throw new NoValue('zero to the power of zero or less');
  const bits = exponent.toString(16).length * 4;
  spend(point.budget, bits * base.size * base.size);
  return field.raise(base, exponent, point.roots);
}

/** `2^{n+1}` is `2 · 2^n`: the whole-numbered terms of an exponent are split off, the others are opaque. */
function symbolicPower(base: Node, exponent: Node, point: Point): Element {
  const value = residue(base, point);
  const terms = exponent.kind === 'add' ? exponent.terms : [exponent];
  const parts = terms.map((term) => {
    const by = exactOrNull(term, point);
    if (by !== null && by.d === 1n) return wholePower(value, by.n, point);
    const negative = term.kind === 'negate';
    const kernel = opaque(point, 'power', [value, residue(negative ? term.operand : term, point)]);
    return negative ? inverse(kernel, point) : kernel;
  });
  return parts.reduce((a, b) => times(a, b, point));
}

/** √(n/d) as a rational times adjoined roots, or null where n·d is too large to be split into its primes. */
function squareRoot(value: Rational, point: Point): Element | null {
  if (value.n === 0n) return field.pure(0n);
  const split = splitSquare(value.n * value.d);
  if (split === null) return null;
  let mask = 0;
  for (const prime of split.odd) {
    const known = point.roots.indexOf(prime);
    const bit = known >= 0 ? known : point.roots.push(prime) - 1;
    if (bit >= MOST_ROOTS) return null;
    mask |= 1 << bit;
  }
  spend(point.budget, 60);
  const scale = field.ofRational({ n: split.root, d: value.d }).get(0) ?? 0n;
  return new Map([[mask, scale]]);
}

function factorial(operand: Node, point: Point): Element {
  const n = exactOrNull(operand, point);
  if (n === null || n.d !== 1n || n.n > LARGEST_FACTORIAL) return opaque(point, 'factorial', [residue(operand, point)]);
  if (n.n < 0n) throw new NoValue('a factorial of a negative number');
  spend(point.budget, Number(n.n) >> 2);
  let result = 1n;
  for (let factor = 2n; factor <= n.n; factor += 1n) result = (result * factor) % field.MODULUS;
  return field.pure(result);
}

function call(name: string, args: readonly Node[], point: Point): Element {
  const exact = exactOrNull({ kind: 'call', name, args }, point);
  if (exact !== null) return field.ofRational(exact);
  const values = args.map((arg) => residue(arg, point));
  if (name === 'log' && point.logarithm === '10')
    return times(opaque(point, 'ln', values), inverse(opaque(point, 'ln', [field.pure(10n)]), point), point);
  if (name === 'binom') return binomial(values, args[1]!, point);
  return opaque(point, name === 'log' ? 'ln' : name, values);
}

function binomial(values: readonly Element[], lower: Node, point: Point): Element {
  const k = exactOrNull(lower, point);
  if (k === null || k.d !== 1n || k.n < 0n || k.n > 200n) return opaque(point, 'binom', values);
  let result = field.pure(1n);
  for (let index = 0n; index < k.n; index += 1n) {
    const factor = field.add(values[0]!, field.ofInteger(-index));
    result = times(times(result, factor, point), field.ofRational({ n: 1n, d: index + 1n }), point);
  }
  return result;
}

function big(node: BigOperator, point: Point): Element {
  const lower = node.lower === null ? null : exactOrNull(node.lower, point);
  const upper = node.upper === null ? null : exactOrNull(node.upper, point);
  const finite = node.variable !== null && lower?.d === 1n && upper?.d === 1n && upper.n - lower.n <= MOST_TERMS;
  if (finite && (node.operator === 'sum' || node.operator === 'product')) return series(node, lower.n, upper.n, point);
  const limits = [node.lower, node.upper].map((limit) => (limit === null ? field.pure(0n) : residue(limit, point)));
  const body =
    node.variable === null
      ? residue(node.body, point)
      : bound(node.variable, random(point, `bound ${point.bound.size}`), node.body, point);
  return opaque(point, node.operator, [...limits, body]);
}

function series(node: BigOperator, lower: bigint, upper: bigint, point: Point): Element {
  let result = field.pure(node.operator === 'sum' ? 0n : 1n);
  for (let index = lower; index <= upper; index += 1n) {
    const term = bound(node.variable!, field.ofInteger(index), node.body, point);
    result = node.operator === 'sum' ? field.add(result, term) : times(result, term, point);
  }
  return result;
}

function bound(name: string, value: Element, body: Node, point: Point): Element {
  const before = point.bound.get(name);
  point.bound.set(name, value);
  const result = residue(body, point);
  if (before === undefined) point.bound.delete(name);
  else point.bound.set(name, before);
  return result;
}
