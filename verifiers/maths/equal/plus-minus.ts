import { type Node, negation } from '../tree.ts';
import { rebuild } from '../value/rebuild.ts';
import { contains } from '../value/scan.ts';

export const hasPlusMinus = (node: Node): boolean => contains(node, (inner) => inner.kind === 'plusMinus');

/** The two values of an expression with `\pm` in it; all its signs turn together, `\mp` against them. */
export function bothSigns(node: Node): readonly [Node, Node] {
  return [withSign(node, 1), withSign(node, -1)];
}

const withSign = (node: Node, sign: 1 | -1): Node =>
  rebuild(node, (inner) => {
    if (inner.kind !== 'plusMinus') return inner;
    return inner.sign === sign ? inner.operand : negation(inner.operand);
  });
