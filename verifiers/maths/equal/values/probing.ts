import { attempt } from '../../budget.ts';
import { fraction, integerNode, type Node } from '../../tree.ts';
import { type Approximation, add, approximation, negate, size } from '../../value/complex.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import { unitOf } from '../../value/modular/residue.ts';
import { approximate, type Place } from '../../value/numeric.ts';
import { isApart } from '../../value/precise/ball.ts';
import { add as addPrecise, negate as negatePrecise, PRECISE_BITS, precise } from '../../value/precise/evaluate.ts';
import { bitLength, type Rational, same } from '../../value/rational.ts';
import { rebuild } from '../../value/rebuild.ts';
import { children, contains, freeSymbols, isConstant } from '../../value/scan.ts';
import type { Context } from '../context.ts';
import { any, different, equal, type Outcome, unknown } from '../outcome.ts';
import { logarithmsIn } from './identity.ts';

const POINTS = 24;
const AGREEING = 6;
/** A series converges at few of the points. */
const AGREEING_LIMITS = 4;
/** A sum of errors may be this much too small before two values count as different. */
const SAFETY = 16;

/**
 * Compares two expressions by their values: once if both are constant, else at points of their symbols. Every value
 * carries a bound of its error, so that nothing is called equal or different that rounding alone could have made so.
 */
export function probe(a: Node, b: Node, context: Context): Outcome {
  return any(logarithmsIn(a, b).map((logarithm) => probeWith(a, b, logarithm, context)));
}

function probeWith(a: Node, b: Node, logarithm: 'e' | '10', context: Context): Outcome {
  const place = { values: new Map(), realOnly: false, logarithm, seed: 'constant', budget: context.budget };
  if (isConstant(a) && isConstant(b)) return compareConstants(a, b, place);
  if ((isConstant(a) && contains(b, choosesByName)) || (isConstant(b) && contains(a, choosesByName)))
    return different('one is a constant, the other depends on a name');
  const names = [...new Set([...freeSymbols(a), ...freeSymbols(b)])];
  const complex = contains(a, isImaginary) || contains(b, isImaginary);
  const steps = names.every((name) => /^[kmnN]$/.test(name)) && (contains(a, isStep) || contains(b, isStep));
  const whole = steps || contains(a, wantsWholeNumbers) || contains(b, wantsWholeNumbers);
  const ways = whole ? [atWholeNumbers] : complex ? [atComplex] : [atReals, atComplex, atWholeNumbers];
  for (const way of ways) {
    const outcome = way(a, b, names, place, context);
    if (outcome !== null) return outcome;
  }
  // "10 + John's age" has no value anywhere, and nothing says that it is 50.
  if (isConstant(a) || isConstant(b)) return different('one is a constant, the other has symbols and no values');
  if (holdsWords(a) || holdsWords(b)) return different('words within a value');
  return unknown('too few points have values');
}

/** Two numbers: doubles show a difference, but only many digits show that there is none. */
function compareConstants(a: Node, b: Node, place: Place): Outcome {
  const roughly = compareAt(a, b, place);
  if (roughly?.result === 'different') return roughly;
  const precisely = comparePrecisely(a, b, place);
  if (precisely !== null) return precisely;
  if ([a, b].some((node) => contains(node, isLimiting))) return compareLimits(a, b, place);
  if (holdsWords(a) || holdsWords(b)) return different('words within a value');
  return isUndefined(a, place) !== isUndefined(b, place)
    ? different('one has no value')
    : unknown('no value can be computed exactly enough');
}

/** What is reached step by step is known less closely than what is calculated. */
const LIMIT_ERROR = 1e-8;

/** Ten digits show that two are equal only where nothing in them hides beyond: no steps, nothing tiny or huge. */
function compareLimits(a: Node, b: Node, place: Place): Outcome {
  const hides = (node: Node): boolean => isStep(node) || isExtreme(node, place);
  if (contains(a, hides) || contains(b, hides)) return unknown('too fine for estimates');
  const [left, right] = [a, b].map((node) => attempt(() => approximate(node, place)));
  const close = left && right && left.error + right.error <= LIMIT_ERROR * Math.max(1, size(left), size(right));
  return close ? equal('equal as limits') : unknown('no value can be computed exactly enough');
}

const FINEST = 1e-4;

function isExtreme(node: Node, place: Place): boolean {
  if (isLimiting(node) || !isConstant(node)) return false;
  const value = attempt(() => approximate(node, place));
  return value !== null && size(value) !== 0 && (size(value) < FINEST || size(value) > 1 / FINEST);
}

/** Integrals, limits and endless sums have no value to a hundred digits here. */
const isLimiting = (node: Node): boolean => node.kind === 'big';

const holdsWords = (node: Node): boolean =>
  contains(node, (inner) => inner.kind === 'ellipsis' || (inner.kind === 'unit' && inner.name !== 'degree'));

/** Whether it divides by zero, raises zero to a power that is not positive, or stands at a pole. */
function isUndefined(node: Node, place: Place): boolean {
  const exact = (inner: Node): Rational | null => attempt(() => exactValue(inner, NO_BINDINGS, place.budget));
  return contains(node, (inner) => {
    if (inner.kind === 'divide') return exact(inner.denominator)?.n === 0n || isLogOfOne(inner.denominator);
    if (inner.kind === 'call') return isPole(inner, exact);
    if (inner.kind !== 'power' || exact(inner.base)?.n !== 0n) return false;
    const exponent = exact(inner.exponent);
    return exponent !== null && exponent.n <= 0n;
  });
}

/** The logarithm to the base 1 divides by it. */
const isLogOfOne = (node: Node): boolean =>
  node.kind === 'call' &&
  node.name === 'ln' &&
  node.args[0]!.kind === 'number' &&
  node.args[0]!.value.n === node.args[0]!.value.d;

/** `\log 0`, `\tan 90^\circ`, `\arcsin 2` */
function isPole({ name, args }: Node & { kind: 'call' }, exact: (inner: Node) => Rational | null): boolean {
  const at = args[0]!;
  if (name === 'arcsin' || name === 'arccos') return isBeyondOne(exact(at));
  if (name === 'log' || name === 'ln') return exact(at)?.n === 0n;
  const offset = name === 'tan' || name === 'sec' ? 1n : name === 'cot' || name === 'csc' ? 0n : null;
  const turns = offset === null ? null : exact(inHalfTurns(at));
  if (turns === null) return false;
  return (turns.n * 2n) % turns.d === 0n && ((turns.n * 2n) / turns.d - offset!) % 2n === 0n;
}

const isBeyondOne = (value: Rational | null): boolean => value !== null && (value.n > value.d || -value.n > value.d);

/** An angle without its unit: of π, and of 180 degrees, it has so many. */
const inHalfTurns = (angle: Node): Node =>
  rebuild(angle, (inner) => {
    if (inner.kind === 'constant' && inner.name === 'pi') return integerNode(1);
    return inner.kind === 'unit' && inner.name === 'degree' ? fraction(integerNode(1), integerNode(180)) : inner;
  });

/** Null where one has no value, or their errors leave it open. */
function comparePrecisely(a: Node, b: Node, { budget, logarithm }: Place): Outcome | null {
  const bits = PRECISE_BITS + magnitude(a) + magnitude(b);
  const left = attempt(() => precise(a, budget, logarithm, bits));
  const right = left === null ? null : attempt(() => precise(b, budget, logarithm, bits));
  if (left === null || right === null) return null;
  const gap = addPrecise(left, negatePrecise(right));
  if (isApart(gap.re) || isApart(gap.im)) return different('values that differ within a hundred digits');
  const unsure = (gap.re.rad + gap.im.rad).toString(2).length;
  return unsure < bits / 4 ? equal('equal to a hundred digits') : null;
}

/** Bits of the longest numeral: `\arctan(10^{60})` comes nearer to a right angle than a hundred digits show. */
function magnitude(node: Node): number {
  const own = node.kind === 'number' ? bitLength(node.value.n) + bitLength(node.value.d) : 0;
  const exponent = node.kind === 'power' && node.exponent.kind === 'number' ? Number(node.exponent.value.n) : 1;
  const inner = children(node).map(magnitude);
  return Math.min(2000, Math.max(own, ...inner, 0) * Math.max(1, Math.min(Math.abs(exponent), 2000)));
}

/** `\max(24, n)` is 24 at small places only. */
const choosesByName = (node: Node): boolean =>
  node.kind === 'call' && (node.name === 'max' || node.name === 'min') && !isConstant(node);

const isImaginary = (node: Node): boolean => node.kind === 'constant' && node.name === 'i';

/** `\lceil n/2 \rceil` is a function of whole numbers by what its letter is called. */
const isStep = (node: Node): boolean => node.kind === 'call' && (node.name === 'floor' || node.name === 'ceil');

/** Factorials, binomials, sums up to n, and floors are compared at whole numbers. */
function wantsWholeNumbers(node: Node): boolean {
  if (node.kind === 'factorial') return !isConstant(node.operand);
  if (node.kind === 'call') return ['binom', 'gcd', 'lcm', 'modulo'].includes(node.name);
  if (node.kind === 'power') return node.base.kind === 'negate' && isConstant(node.base) && !isConstant(node.exponent);
  return (
    node.kind === 'big' &&
    (node.operator === 'sum' || node.operator === 'product') &&
    node.upper !== null &&
    !isConstant(node.upper)
  );
}

type Way = (a: Node, b: Node, names: readonly string[], place: Place, context: Context) => Outcome | null;

const atReals: Way = (a, b, names, place) =>
  agree(
    names,
    (name, round) => approximation(realAt(name, round), 0),
    (values, round) => compareAt(a, b, { ...place, values, realOnly: true, seed: String(round) }),
    contains(a, isLimiting) || contains(b, isLimiting) ? AGREEING_LIMITS : AGREEING,
  );

const atComplex: Way = (a, b, names, place) =>
  agree(
    names,
    (name, round) => approximation(realAt(name, round), realAt(`${name} im`, round)),
    (values, round) => compareAt(a, b, { ...place, values, seed: String(round) }),
  );

/** Of both signs; every third round positive, for expressions that hold roots or logarithms. */
function realAt(name: string, round: number): number {
  const length = 0.2 + 2.3 * unitOf(`${name} ${round}`);
  return round % 3 !== 0 && unitOf(`${name} sign ${round}`) < 0.4 ? -length : length;
}

const atWholeNumbers: Way = (a, b, names, place, context) =>
  agree(
    names,
    (name, round) => approximation(wholeAt(name, names, round), 0, 0),
    (values, round) =>
      compareExactly(a, b, values, context) ?? compareAt(a, b, { ...place, values, seed: String(round) }),
  );

const wholeAt = (name: string, names: readonly string[], round: number): number =>
  1 + Math.floor(unitOf(`${name} whole ${round}`) * (names.length === 1 ? 13 : 8));

function compareExactly(
  a: Node,
  b: Node,
  values: ReadonlyMap<string, Approximation>,
  context: Context,
): Outcome | null {
  const bindings = new Map<string, Rational>(
    [...values].map(([name, value]) => [name, { n: BigInt(value.re), d: 1n }]),
  );
  const left = attempt(() => exactValue(a, bindings, context.budget));
  const right = attempt(() => exactValue(b, bindings, context.budget));
  if (left === null || right === null) return null;
  return same(left, right) ? equal('equal as rationals') : different('different at whole numbers');
}

function agree(
  names: readonly string[],
  pick: (name: string, round: number) => Approximation,
  compare: (values: ReadonlyMap<string, Approximation>, round: number) => Outcome | null,
  needed = AGREEING,
): Outcome | null {
  let agreed = 0;
  for (let round = 1; round <= POINTS && agreed < needed; round += 1) {
    const outcome = compare(new Map(names.map((name) => [name, pick(name, round)])), round);
    if (outcome?.result === 'different') return outcome;
    if (outcome?.result === 'equal') agreed += 1;
  }
  return agreed >= needed ? equal(`equal at ${agreed} points`) : null;
}

/** Null where one has no value at the place, or rounding leaves it open. */
function compareAt(a: Node, b: Node, place: Place): Outcome | null {
  // What takes long is not worked out where the other has no value.
  const [quick, slow] = contains(a, isLimiting) ? [b, a] : [a, b];
  const first = attempt(() => approximate(quick, place));
  const second = first === null ? null : attempt(() => approximate(slow, place));
  if (first === null || second === null) return null;
  const [left, right] = quick === a ? [first, second] : [second, first];
  const gap = size(add(left, negate(right)));
  const error = left.error + right.error;
  if (gap > SAFETY * error) return different(`different values: ${spellNumber(left)} and ${spellNumber(right)}`);
  const scale = Math.max(size(left), size(right));
  if (error <= 1e-9 * scale || (scale <= SAFETY * error && error < 1e-11)) return equal('equal values');
  return null;
}

const spellNumber = (value: Approximation): string =>
  value.im === 0
    ? `${Number(value.re.toPrecision(8))}`
    : `${Number(value.re.toPrecision(8))} + ${Number(value.im.toPrecision(8))}i`;
