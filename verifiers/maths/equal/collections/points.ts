import { difference, fraction, type Node, symbol } from '../../tree.ts';
import { isConstant } from '../../value/scan.ts';

const NAME = /^[A-Z](?:'|_\{?\w\}?)?$/;

/** `P(2,-3)` by its coordinates where it meets a point, with its name where that has one too; null for anything else. */
export function pointOf(node: Node, other: Node): Node | null {
  const named = namedPoint(node);
  if (named === null) return null;
  if (other.kind === 'tuple' || other.kind === 'matrix') return named.at;
  return namedPoint(other) === null ? null : { ...named.at, items: [symbol(named.name), ...named.at.items] };
}

/** `A(1,2), B(3,4)` as `A = (1,2), B = (3,4)`; other items as they are. */
export function withNamedPoints(items: readonly Node[]): readonly Node[] {
  const points = items.map(namedPoint);
  if (!points.every((point) => point !== null)) return items;
  return points.map(({ name, at }) => ({ kind: 'relation', operators: ['='], sides: [symbol(name), at] }));
}

function namedPoint(node: Node): { readonly name: string; readonly at: Node & { kind: 'tuple' } } | null {
  if (node.kind === 'apply' && node.args.length > 1 && NAME.test(node.name))
    return { name: node.name, at: { kind: 'tuple', open: '(', close: ')', items: node.args } };
  const [name, at, ...others] = node.kind === 'multiply' ? node.factors : [];
  const isNamed = name?.kind === 'symbol' && NAME.test(name.name) && at?.kind === 'tuple' && others.length === 0;
  return isNamed ? { name: name.name, at } : null;
}

/** `P(6,2)` counts permutations where it meets a number; null for anything else. */
export function permutationsOf(node: Node, other: Node): Node | null {
  if (node.kind !== 'apply' || node.name !== 'P' || node.args.length !== 2 || !isConstant(other)) return null;
  const [n, k] = node.args as [Node, Node];
  const counts = [n, k].every((arg) => arg.kind === 'number' && arg.value.d === 1n && arg.value.n >= 0n);
  if (!counts || other.kind === 'tuple') return null;
  return fraction({ kind: 'factorial', operand: n }, { kind: 'factorial', operand: difference(n, k) });
}
