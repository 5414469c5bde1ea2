import { type Node, symbol } from '../tree.ts';
import { contains, freeSymbols, isConstant } from '../value/scan.ts';
import { changesNext } from '../value/word-roles.ts';

export type Relation = Node & { kind: 'relation' };

export const isEquation = (node: Node): node is Relation =>
  node.kind === 'relation' && node.operators.every((operator) => operator === '=');

/** `|AB|` and `|z|` are asked for; `|x| = 2` is an equation for x. */
const isLength = (node: Node): boolean => isName(node) && !(node.kind === 'symbol' && /^[nxyt]$/.test(node.name));

/** A name that an answer gives a value to: `x`, `f(x)`, `|AB|`, `(x, y)`. */
export function isName(node: Node): boolean {
  if (node.kind === 'symbol' || node.kind === 'constant') return true;
  if (node.kind === 'apply') return true;
  if (node.kind === 'call')
    return node.name === 'abs' || node.name === 'det' ? node.args.every(isLength) : isRatioOfAngle(node);
  if (node.kind === 'unit') return true;
  if (node.kind === 'big') return true;
  if (node.kind === 'divide' || node.kind === 'multiply') return isDerivative(node);
  return node.kind === 'tuple' && node.items.every(isName);
}

const RATIOS: ReadonlySet<string> = new Set([
  'sin',
  'cos',
  'tan',
  'cot',
  'sec',
  'csc',
  'gcd',
  'lcm',
  'tr',
  'rank',
  'dim',
]);

/** `\tan\theta` and `\gcd(a, b)` are asked for; of `\sin x` it is x. */
const isRatioOfAngle = ({ name, args }: Node & { kind: 'call' }): boolean =>
  RATIOS.has(name) && args.every((arg) => isLength(arg) || isConstant(arg) || arg.kind === 'unit');

/** `\frac{dy}{dx}`, `\frac{d^2 y}{dx^2}`, `\frac{d}{dx} f(x)`, with a curly d too. */
function isDerivative(node: Node): boolean {
  if (node.kind === 'multiply') return node.factors[0]!.kind === 'divide' && isDerivative(node.factors[0]!);
  return node.kind === 'divide' && isDifferential(node.numerator) && isDifferential(node.denominator);
}

function isDifferential(node: Node): boolean {
  const first = node.kind === 'multiply' ? node.factors[0]! : node;
  const name = first.kind === 'power' ? first.base : first;
  return name.kind === 'symbol' && /^(?:d|partial)$/.test(name.name);
}

/**
 * What an equation says alone, without its left side: the value after `x =`, after `a + b =`, after dots
 * that it is the sum of, or the last of `2 + 3 = 5`. Null for an equation in one unknown that is not solved for it: `x^2 = 4` is not 4.
 */
export function assignedValue(equation: Relation): Node | null {
  const last = equation.sides.at(-1)!;
  const first = equation.sides[0]!;
  if (last.kind === 'ellipsis') return first;
  // `\text{not } 2 + 2 = 4`, `\text{at least } f(1) = 2`
  if (!isName(first) && contains(first, (node) => node.kind === 'unit' && changesNext(node.name))) return null;
  if (first.kind === 'symbol' && freeSymbols(last).has(first.name)) return null;
  if (isName(first) || isWords(first) || (last.kind === 'matrix' && isPowerOfName(first))) return last;
  if (isName(last) && isConstant(first)) return first;
  if (equation.sides.slice(0, -1).every(isConstant)) return isConstant(last) ? last : null;
  if (contains(first, ({ kind }) => kind === 'ellipsis') && !contains(last, ({ kind }) => kind === 'ellipsis'))
    return last;
  if (!isConstant(last) || isZero(last)) return null;
  return isAskedFor(first) || isOfPlaces(first) || isWorkedOut(equation) ? last : null;
}

/** `A^{-1}`, `A^T`: a matrix is what it comes to, and no equation for A. */
const isPowerOfName = (node: Node): boolean => node.kind === 'power' && node.base.kind === 'symbol';

/** `x = y = 2` gives each of its names the value: the point `(2,2)`. */
export function sharedValue(equation: Relation, count: number): Node | null {
  const names = equation.sides.slice(0, -1);
  const distinct = new Set(names.map((side) => (side.kind === 'symbol' ? side.name : '')));
  if (count < 2 || names.length !== count || distinct.size !== count || distinct.has('')) return null;
  return { kind: 'tuple', open: '(', close: ')', items: names.map(() => equation.sides.at(-1)!) };
}

/** `m + n` and `100m + n` are asked for; `x^2 + y^2` and `2x + 3y` are parts of equations. */
function isAskedFor(node: Node): boolean {
  const names = freeSymbols(node);
  if (
    names.size < 2 ||
    contains(node, (inner) => inner.kind === 'power' || inner.kind === 'root' || inner.kind === 'call')
  )
    return false;
  return ![...names].every((name) => 'xyz'.includes(name)) || !contains(node, (inner) => inner.kind === 'number');
}

/** `f(3) - f(2)`: of functions at given places, which say nothing of an unknown. */
const isOfPlaces = (node: Node): boolean =>
  freeSymbols(node).size === 0 && contains(node, (inner) => inner.kind === 'apply');

/** `r^2 + s^2 = 49 - 20 = 29`: what is worked out is asked for; of one unknown it may be an equation for it. */
const isWorkedOut = ({ sides }: Relation): boolean =>
  sides.length > 2 && sides.slice(1).every(isConstant) && freeSymbols(sides[0]!).size > 1;

const isZero = (node: Node): boolean => node.kind === 'number' && node.value.n === 0n;

/** `\text{Area} = 5`, `Total cost = 5`, but not `twice x = 5`. */
function isWords(node: Node): boolean {
  if (node.kind === 'text') return true;
  const changed = node.kind === 'multiply' && node.factors[0]!.kind === 'unit' && changesNext(node.factors[0]!.name);
  return (
    !changed && contains(node, (inner) => inner.kind === 'unit') && !contains(node, (inner) => inner.kind === 'number')
  );
}

/** Values by name, where every item gives another name, of letters or of words, its value; null otherwise. */
export function assignments(
  items: readonly Node[],
): { readonly names: readonly string[]; readonly values: readonly Node[] } | null {
  const names: string[] = [];
  const values: Node[] = [];
  for (const item of items) {
    if (!isEquation(item) || !(isName(item.sides[0]!) || item.sides[0]!.kind === 'text')) return null;
    names.push(nameOf(item.sides[0]!));
    values.push(item.sides.at(-1)!);
  }
  return { names, values };
}

/** One name for all ways to write it: `CA` and `|AC|` are one length, `The mean` and `mean` one word. */
export function nameOf(node: Node): string {
  if (node.kind === 'text') return node.words.toLowerCase().replace(/^(?:the|its) /, '');
  const named = segmentOf(node) ?? node;
  return named.kind === 'symbol' || named.kind === 'constant'
    ? named.name
    : JSON.stringify(named, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}

/** A segment, whose ends have no order and whose length may stand between bars: `BA`, `|AB|`; null for another name. */
export function segmentOf(node: Node): Node | null {
  const [inner = node] = node.kind === 'call' && node.name === 'abs' ? node.args : [node];
  return inner.kind === 'symbol' && /^[A-Z]{2}$/.test(inner.name) ? symbol([...inner.name].sort().join('')) : null;
}

/** `x_1` and `x_2` are roots of one unknown: their order does not count. */
export const ofOneUnknown = (names: readonly string[]): boolean =>
  new Set(names.map((name) => name.split(/[_']/)[0])).size === 1;
