import type { Node } from '../tree.ts';
import { isLabel } from '../value/limits.ts';

const HELD: ReadonlySet<Node['kind']> = new Set(['tuple', 'set', 'matrix']);

/** A point, a set or a matrix without the words beside it: `\text{vertex } (2,-1)`, `(1,2) \text{ only}`. */
export function withoutCaption(node: Node & { kind: 'multiply' }): Node {
  const [first, second, third] = node.factors;
  if (node.factors.length === 2 && first!.kind === 'unit' && HELD.has(second!.kind) && isLabel(first!.name))
    return second!;
  if (node.factors.length === 2 && HELD.has(first!.kind) && isUnit(second!, 'only')) return first!;
  const counted = node.factors.length === 3 && first!.kind === 'number' && second!.kind === 'unit';
  return counted && isTupleOfNames(third!) ? { kind: 'multiply', factors: [first!, second!] } : node;
}

const isUnit = (node: Node, name: string): boolean => node.kind === 'unit' && node.name === name;

/** `12 \text{ pairs } (a, b)` counts pairs; what they are called does not matter. */
const isTupleOfNames = (node: Node): boolean =>
  node.kind === 'tuple' && node.items.every((item) => item.kind === 'symbol');
