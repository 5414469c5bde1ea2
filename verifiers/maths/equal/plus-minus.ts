import { type Node, negation } from '../tree.ts';
import { rebuild } from '../value/rebuild.ts';
import { containsKind } from '../value/scan.ts';

const PLUS_MINUS: ReadonlySet<Node['kind']> = new Set(['plusMinus']);
export const hasPlusMinus = (node: Node): boolean => containsKind(node, PLUS_MINUS);

/** The two values of an expression with `\pm` in it; all its signs turn together, `\mp` against them. */
export function bothSigns(node: Node): readonly [Node, Node] {
  return [withSign(node, 1), withSign(node, -1)];
}

const withSign = (node: Node, sign: 1 | -1): Node =>
  rebuild(node, (inner) => {
    if (inner.kind !== 'plusMinus') return inner;
    return inner.sign === sign ? inner.operand : negation(inner.operand);
  });
