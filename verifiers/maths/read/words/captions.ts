import { addition, type Node, product } from '../../tree.ts';
import { isLabel } from '../../value/word-roles.ts';

const HELD: ReadonlySet<Node['kind']> = new Set(['tuple', 'set', 'matrix']);

/** An answer without the words beside it: `\text{vertex } (2,-1)`, `(1,2) \text{ only}`, `\text{The sum is } -5`. */
export function withoutCaption(node: Node & { kind: 'multiply' | 'add' }): Node {
  if (node.kind === 'add') return withoutSentence(node);
  const [first, second, third] = node.factors;
  const isPair = node.factors.length === 2;
  if (isPair && first!.kind === 'unit' && HELD.has(second!.kind) && isLabel(first!.name)) return second!;
  if (isPair && HELD.has(first!.kind) && isUnit(second!, 'only')) return first!;
  const counted = node.factors.length === 3 && first!.kind === 'number' && second!.kind === 'unit';
  return counted && isTupleOfNames(third!) ? { kind: 'multiply', factors: [first!, second!] } : node;
}

/** After `is` a minus is a sign; `\text{cost} - 5` is a difference. */
function withoutSentence(node: Node & { kind: 'add' }): Node {
  const [first, ...rest] = node.terms;
  return first!.kind === 'unit' && /\b(?:is|are|equals)$/.test(first!.name) && isLabel(first!.name)
    ? addition(rest)
    : node;
}

const isUnit = (node: Node, name: string): boolean => node.kind === 'unit' && node.name === name;

/** `12 \text{ pairs } (a, b)` counts pairs; what they are called does not matter. */
const isTupleOfNames = (node: Node): boolean =>
  node.kind === 'tuple' && node.items.every((item) => item.kind === 'symbol');

/** What a relation may be called before it is written down. */
const KINDS =
  /^(?:the |an? )?(?:equation|line|parabola|circle|ellipse|hyperbola|curve|plane|sphere|locus|graph|function|formula|relation|inequality)(?: is)?$/i;

/** The first side of a relation without what kind of relation it is: `the parabola y^2 = 12x`. */
export function withoutKind(side: Node): Node {
  if (side.kind !== 'multiply') return side;
  const [first, ...rest] = side.factors;
  return first!.kind === 'unit' && KINDS.test(first!.name) && rest.every(({ kind }) => kind !== 'unit')
    ? product(rest)
    : side;
}
