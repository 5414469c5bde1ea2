import { attempt, NoValue } from '../../budget.ts';
import type { Comparison, Node } from '../../tree.ts';
import { difference } from '../../tree.ts';
import { approximation, isReal } from '../../value/complex.ts';
import { approximate } from '../../value/numeric.ts';
import { contains, freeSymbols } from '../../value/scan.ts';
import type { Context } from '../context.ts';
import { different, equal, type Outcome, unknown } from '../outcome.ts';
import { isExpression } from '../simplify.ts';
import { criticalPoints } from './critical-points.ts';

/** A set of real numbers: who is in it, and the points where that may change. */
export interface Region {
  readonly has: (x: number) => boolean;
  readonly ends: readonly number[];
}

/**
 * Compares two sets of reals, however they are written: intervals, unions, inequalities in one unknown, sets of
 * numbers. Null where one is none (its ends hold symbols, or it has two unknowns).
 */
export function compareRegions(reference: Node, answer: Node, context: Context): Outcome | null {
  if (namesDiffer(reference, answer)) return null;
  return attempt(() => compareMembers(regionOf(reference, context), regionOf(answer, context)));
}

function compareMembers(left: Region, right: Region): Outcome {
  const ends = [...new Set([...left.ends, ...right.ends])].sort((a, b) => a - b);
  const probes = [...ends.flatMap((end) => [end - nudge(end), end, end + nudge(end)]), ...between(ends)];
  const apart = probes.find((x) => left.has(x) !== right.has(x));
  if (apart === undefined && !probes.some(left.has)) return unknown('two sets of reals without known members');
  if (apart === undefined) return equal('the same set of reals');
  return different(`sets of reals that differ at ${Number(apart.toPrecision(6))}`);
}

function namesDiffer(a: Node, b: Node): boolean {
  const [left, right] = [freeSymbols(a), freeSymbols(b)];
  return left.size > 0 && right.size > 0 && [...left].join() !== [...right].join();
}

const nudge = (end: number): number => 1e-6 * Math.max(1, Math.abs(end));

function between(ends: readonly number[]): readonly number[] {
  if (ends.length === 0) return [0];
  const middles = ends.slice(1).map((end, index) => (end + ends[index]!) / 2);
  return [ends[0]! - 1e3, ends[0]! - 1, ...middles, ends.at(-1)! + 1, ends.at(-1)! + 1e3];
}

/** The set of reals that a node is. Throws NoValue where it is none. */
export function regionOf(node: Node, context: Context): Region {
  switch (node.kind) {
    case 'numberSet':
      return reals(node.name);
    case 'tuple':
      return interval(node, context);
    case 'set':
      return unionOf(
        node.items.map((item) =>
          item.kind === 'tuple' || item.kind === 'relation' ? regionOf(item, context) : single(item, context),
        ),
      );
    case 'list':
      return listOf(node, context);
    case 'combination':
      return combined(node, context);
    case 'relation':
      return inequality(node, context);
    case 'setBuilder':
      return builder(node, context);
    default:
      return single(node, context);
  }
}

function reals(name: string): Region {
  if (name === 'R') return { has: () => true, ends: [] };
  if (name === 'R+') return { has: (x) => x > 0, ends: [0] };
  if (name === 'R≥0') return { has: (x) => x >= 0, ends: [0] };
  if (name === 'R≤0') return { has: (x) => x <= 0, ends: [0] };
  return name === 'R-' ? { has: (x) => x < 0, ends: [0] } : fail();
}

const fail = (): never => {
  throw new NoValue('no set of reals');
};

const NEAR = 1e-9;
const isNear = (x: number, end: number): boolean =>
  Number.isFinite(end) && Math.abs(x - end) <= NEAR * Math.max(1, Math.abs(end));

function interval(node: Node & { kind: 'tuple' }, context: Context): Region {
  if (node.items.length !== 2) return fail();
  const [low, high] = node.items.map((item) => endOf(item, context)) as [number, number];
  const has = (x: number): boolean =>
    (x > low || (node.open === '[' && x === low)) && (x < high || (node.close === ']' && x === high));
  return {
    has: (x) => has(isNear(x, low) ? low : isNear(x, high) ? high : x),
    ends: [low, high].filter(Number.isFinite),
  };
}

function endOf(node: Node, context: Context): number {
  if (node.kind === 'constant' && node.name === 'infinity') return Number.POSITIVE_INFINITY;
  if (node.kind === 'negate') return -endOf(node.operand, context);
  const value = approximate(node, {
    values: new Map(),
    realOnly: true,
    logarithm: 'e',
    seed: 'end',
    budget: context.budget,
  });
  return isReal(value) ? value.re : fail();
}

function single(node: Node, context: Context): Region {
  const value = endOf(node, context);
  return { has: (x) => isNear(x, value), ends: [value] };
}

/** `x > 1, x < 5` holds both, `x < 1, x > 5` either: where no word says it, the comma does by what is left of it. */
function listOf({ items, joint }: Node & { kind: 'list' }, context: Context): Region {
  const conditions = items.filter(({ kind }) => kind !== 'numberSet');
  // `x \in \mathbb{R}, x > 2`: where the unknown is from, and what holds of it.
  if (conditions.length > 0 && conditions.length < items.length && conditions.every(({ kind }) => kind === 'relation'))
    return combined({ kind: 'combination', operator: '∩', operands: items }, context);
  // `x > 4, 7` is no region: a number beside one is another answer.
  if (conditions.some(isExpression) && !conditions.every(isExpression)) return fail();
  const parts = items.map((item) => regionOf(item, context));
  if (joint === 'or' || !items.every((item) => item.kind === 'relation')) return unionOf(parts);
  const ends = parts.flatMap((part) => part.ends).sort((a, b) => a - b);
  const both = { has: (x: number) => parts.every((part) => part.has(x)), ends };
  return joint === 'and' || [...ends, ...between(ends)].some(both.has) ? both : unionOf(parts);
}

const unionOf = (parts: readonly Region[]): Region => ({
  has: (x) => parts.some((part) => part.has(x)),
  ends: parts.flatMap((part) => part.ends),
});

function combined(node: Node & { kind: 'combination' }, context: Context): Region {
  const parts = node.operands.map((operand) => regionOf(operand, context));
  const ends = parts.flatMap((part) => part.ends);
  if (node.operator === '∪') return unionOf(parts);
  if (node.operator === '∩') return { has: (x) => parts.every((part) => part.has(x)), ends };
  const [first, ...rest] = parts;
  return { has: (x) => first!.has(x) && !rest.some((part) => part.has(x)), ends };
}

function builder(node: Node & { kind: 'setBuilder' }, context: Context): Region {
  const subject = node.element.kind === 'relation' ? node.element.sides[0]! : node.element;
  const names = [...freeSymbols(node.condition)];
  if (node.element.kind === 'relation' && !isReals(node.element.sides[1])) return fail();
  if (subject.kind !== 'symbol' || names.length !== 1 || names[0] !== subject.name) return fail();
  return node.condition.kind === 'relation' && node.condition.operators.join() === '∈'
    ? regionOf(node.condition.sides[1]!, context)
    : regionOf(node.condition, context);
}

const isReals = (node: Node | undefined): boolean => node?.kind === 'numberSet' && node.name === 'R';

function inequality(node: Node & { kind: 'relation' }, context: Context): Region {
  const names = [...freeSymbols(node)];
  if (names.length !== 1 || !node.operators.every(isOrder) || contains(node, isUnevaluable)) return fail();
  const at = (side: Node, x: number): number | null => {
    const place = {
      values: new Map([[names[0]!, approximation(x, 0, 0)]]),
      realOnly: true,
      logarithm: 'e' as const,
      seed: 'side',
      budget: context.budget,
    };
    return attempt(() => approximate(side, place))?.re ?? (isInfinite(side) ? endOf(side, context) : null);
  };
  const ends = node.operators.flatMap((_, index) => endsOf(node.sides[index]!, node.sides[index + 1]!, at));
  const holdsAt = (x: number): boolean =>
    node.operators.every((operator, index) =>
      holds(operator, at(node.sides[index]!, x), at(node.sides[index + 1]!, x)),
    );
  return { has: (x) => holdsAt(ends.find((end) => isNear(x, end)) ?? x), ends };
}

/** Functions that are only named, and words, have no values by which a set could be known. */
const isUnevaluable = (node: Node): boolean =>
  ['apply', 'unit', 'text', 'ratio', 'tuple', 'list', 'set', 'ellipsis'].includes(node.kind) ||
  (node.kind === 'call' && node.name === 'congruent');

const isOrder = (operator: Comparison): boolean => '<>≤≥=≠'.includes(operator);

const isInfinite = (node: Node): boolean =>
  node.kind === 'constant' || (node.kind === 'negate' && node.operand.kind === 'constant');

function endsOf(left: Node, right: Node, at: (side: Node, x: number) => number | null): readonly number[] {
  if (isInfinite(left) || isInfinite(right)) return [];
  const gap = difference(left, right);
  return criticalPoints((x) => at(gap, x));
}

function holds(operator: Comparison, left: number | null, right: number | null): boolean {
  if (left === null || right === null) return false;
  const finite = Number.isFinite(left) && Number.isFinite(right);
  const near = finite && Math.abs(left - right) <= 1e-8 * Math.max(1, Math.abs(left), Math.abs(right));
  const same = left === right || near;
  switch (operator) {
    case '<':
      return left < right && !same;
    case '>':
      return left > right && !same;
    case '≤':
      return left < right || same;
    case '≥':
      return left > right || same;
    case '=':
      return same;
    case '≠':
      return !same;
    default:
      return fail();
  }
}
