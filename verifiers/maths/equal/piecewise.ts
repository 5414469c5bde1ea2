import { attempt } from '../budget.ts';
import { type Node, numberNode, symbol } from '../tree.ts';
import { type Rational, rational } from '../value/rational.ts';
import { rebuild } from '../value/rebuild.ts';
import { contains, freeSymbols } from '../value/scan.ts';
import type { Context } from './context.ts';
import { different, equal, type Outcome } from './outcome.ts';
import { type Region, regionOf } from './relations/regions.ts';
import { sameForm } from './same-form.ts';
import { isExpression } from './simplify.ts';

interface Piece {
  readonly value: Node;
  readonly holds: (x: number) => boolean;
}

interface Piecewise {
  readonly variable: string;
  readonly pieces: readonly Piece[];
  /** Where one piece may give way to another. */
  readonly ends: readonly number[];
  /** Whether it is a function of whole numbers, by whether they are even. */
  readonly whole: boolean;
}

const MOST_PIECES = 8;
/** A condition on a sine has as many ends as the line is followed. */
const MOST_ENDS = 24;

/**
 * Compares functions of one variable that are given by cases, or one with an expression (`|x|`), at exact places in
 * every part of the line that their conditions make, and at the ends of these. Null where one is no such function.
 */
export function comparePiecewise(reference: Node, answer: Node, context: Context): Outcome | null {
  const [one, other] = [definition(reference), definition(answer)];
  if (!isByCases(one) && !isByCases(other)) return null;
  const left = piecewiseOf(one, other, context);
  const right = left === null ? null : piecewiseOf(other, one, context);
  if (left === null || right === null) return null;
  if (left.variable !== right.variable && !(isArgument(left.variable, reference) && isArgument(right.variable, answer)))
    return null;
  if (left.ends.length + right.ends.length > MOST_ENDS) return null;
  const places = left.whole || right.whole ? WHOLE : placesOf([...left.ends, ...right.ends]);
  for (const place of places) {
    const [its, mine] = [valuesAt(left, place), valuesAt(right, place)];
    if ((its.length === 0) !== (mine.length === 0)) return different('one has no value where the other has');
    for (const value of its)
      for (const other of mine) {
        const outcome = context.compare(value, other);
        if (outcome.result !== 'equal') return outcome;
      }
  }
  return equal('the same function by cases');
}

/** What `f(x) = …` says; of a list of cases each has come to say it. */
function definition(node: Node): Node {
  if (node.kind === 'list') return { ...node, items: node.items.map(definition) };
  const [name, value, ...others] = node.kind === 'relation' && node.operators[0] === '=' ? node.sides : [];
  return value !== undefined && others.length === 0 && (name!.kind === 'apply' || name!.kind === 'symbol')
    ? value
    : node;
}

/** Of `f(t) = …` it is t: what a function's argument is called makes no other function of it. */
function isArgument(variable: string, node: Node): boolean {
  if (node.kind === 'list') return node.items.every((item) => isArgument(variable, item));
  const name = node.kind === 'relation' ? node.sides[0]! : null;
  return name?.kind === 'apply' && name.args.length === 1 && sameForm(name.args[0]!, symbol(variable));
}

function isByCases(node: Node): node is Node & { kind: 'list' } {
  if (node.kind !== 'list' || node.items.length < 2 || node.items.length > MOST_PIECES) return false;
  return node.items.every((item) => item.kind === 'tuple' && item.items.length === 2 && isCondition(item.items[1]!));
}

const isCondition = (node: Node): boolean => node.kind === 'relation' || isElse(node) || parityOf(node) !== null;

interface Parity {
  readonly variable: string;
  readonly odd: boolean;
}

const PARITY = /^(?:(?:if |when |for )?([a-z]) )?(?:is )?(odd|even)$/i;

/** `n \text{ is odd}` */
function parityOf(node: Node): Parity | null {
  const [name, word, ...others] = node.kind === 'multiply' ? node.factors : [null, node];
  const match =
    word?.kind === 'unit' || word?.kind === 'text' ? PARITY.exec(word.kind === 'unit' ? word.name : word.words) : null;
  const variable = name?.kind === 'symbol' ? name.name : match?.[1];
  if (match === null || variable === undefined || others.length > 0) return null;
  return { variable, odd: match[2]!.toLowerCase() === 'odd' };
}

const isElse = (node: Node): boolean =>
  (node.kind === 'text' && ELSE.test(node.words)) || (node.kind === 'unit' && ELSE.test(node.name));

const ELSE = /^(?:otherwise|else|elsewhere)$/i;

function piecewiseOf(node: Node, other: Node, context: Context): Piecewise | null {
  if (isByCases(node)) return attempt(() => ofCases(node, context));
  const [variable, ...others] = freeSymbols(node);
  if (!isExpression(node) || others.length > 0) return null;
  const named = variable ?? (isByCases(other) ? attempt(() => ofCases(other, context))?.variable : undefined);
  return named === undefined
    ? null
    : { variable: named, pieces: [{ value: node, holds: () => true }], ends: [], whole: false };
}

function ofCases(node: Node & { kind: 'list' }, context: Context): Piecewise | null {
  const parities = node.items.map((item) => parityOf((item as Node & { kind: 'tuple' }).items[1]!));
  if (parities.some((parity) => parity !== null)) return ofParities(node, parities);
  const pairs = node.items.map((item) => (item as Node & { kind: 'tuple' }).items as [Node, Node]);
  const [variable, ...others] = freeSymbols({ kind: 'list', items: pairs.map(([, condition]) => condition) });
  if (variable === undefined || others.length > 0 || contains(node, (inner) => inner.kind === 'apply')) return null;
  const regions = pairs.map(([, condition]): Region | null =>
    isElse(condition) ? null : regionOf(condition, context),
  );
  const covered = (x: number): boolean => regions.some((region) => region?.has(x));
  return {
    variable,
    pieces: pairs.map(([value], index) => ({ value, holds: regions[index]?.has ?? ((x) => !covered(x)) })),
    ends: regions.flatMap((region) => region?.ends ?? []),
    whole: false,
  };
}

const WHOLE = [1, 2, 3, 4, 5, 6].map((value) => rational(BigInt(value), 1n));

function ofParities({ items }: Node & { kind: 'list' }, parities: readonly (Parity | null)[]): Piecewise | null {
  const variables = new Set(parities.flatMap((parity) => (parity === null ? [] : [parity.variable])));
  const pairs = items.map((item) => (item as Node & { kind: 'tuple' }).items as [Node, Node]);
  if (variables.size !== 1 || pairs.some(([, condition], index) => parities[index] === null && !isElse(condition)))
    return null;
  const known = parities.filter((parity) => parity !== null);
  const isOdd = (x: number): boolean => x % 2 !== 0;
  const pieces = pairs.map(([value], index) => {
    const parity = parities[index];
    return {
      value,
      holds: (x: number) => (parity ? isOdd(x) === parity.odd : !known.some(({ odd }) => odd === isOdd(x))),
    };
  });
  return { variable: [...variables][0]!, pieces, ends: [], whole: true };
}

/** What all pieces say that hold at a place: where two meet they have to agree. */
function valuesAt({ variable, pieces }: Piecewise, place: Rational): readonly Node[] {
  const x = Number(place.n) / Number(place.d);
  return pieces
    .filter(({ holds }) => holds(x))
    .map(({ value }) =>
      rebuild(value, (node) => (node.kind === 'symbol' && node.name === variable ? numberNode(place) : node)),
    );
}

const SHARES = [0.23, 0.5, 0.81];
const BEYOND = [0.37, 1.9, 4.3];

/** Between all ends, beyond the outer ones, and at each that is a fraction of a small denominator. */
function placesOf(ends: readonly number[]): readonly Rational[] {
  const sorted = [...new Set(ends)].sort((a, b) => a - b);
  const low = sorted[0] ?? 0;
  const high = sorted.at(-1) ?? 0;
  const inner = sorted
    .slice(1)
    .flatMap((end, index) => SHARES.map((share) => sorted[index]! + share * (end - sorted[index]!)));
  const outer = BEYOND.flatMap((step) => [low - step, high + step]);
  return [
    ...sorted.flatMap(asFraction),
    ...[...inner, ...outer].map((x) => rational(BigInt(Math.round(x * 1e6)), 1_000_000n)),
  ];
}

const DENOMINATOR = 60;

const asFraction = (x: number): readonly Rational[] =>
  Math.abs(x * DENOMINATOR - Math.round(x * DENOMINATOR)) < 1e-7
    ? [rational(BigInt(Math.round(x * DENOMINATOR)), BigInt(DENOMINATOR))]
    : [];
