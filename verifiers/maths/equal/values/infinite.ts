import { attempt, type Budget } from '../../budget.ts';
import type { Node } from '../../tree.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import { children } from '../../value/scan.ts';

/** Whether infinity is calculated with; as a bound of a sum or an integral it is not. */
export const holdsInfinity = (node: Node): boolean =>
  (node.kind === 'constant' && node.name === 'infinity') || (node.kind !== 'big' && children(node).some(holdsInfinity));

type Sign = 1 | -1;

/** The sign of an infinite value, 0 for a finite one; null for forms without a value: ∞/∞, ∞ − ∞, 0 · ∞. */
export function infinity(node: Node, budget: Budget): Sign | 0 | null {
  if (!holdsInfinity(node)) return 0;
  switch (node.kind) {
    case 'constant':
      return 1;
    case 'negate':
      return turned(infinity(node.operand, budget), -1);
    case 'add':
      return node.terms.some(({ kind }) => kind === 'unit')
        ? null
        : ofSum(node.terms.map((term) => infinity(term, budget)));
    case 'multiply':
      return node.factors.map((factor) => factorSign(factor, budget)).reduce<Sign | 0 | null>(turned, 1);
    case 'divide':
      return holdsInfinity(node.denominator)
        ? null
        : turned(infinity(node.numerator, budget), factorSign(node.denominator, budget));
    default:
      return null;
  }
}

const turned = (value: Sign | 0 | null, by: Sign | 0 | null): Sign | 0 | null =>
  value === null || by === null ? null : ((value * by) as Sign | 0);

/** The sign of a factor, infinite or not; null where it is zero or not known. */
function factorSign(node: Node, budget: Budget): Sign | null {
  if (holdsInfinity(node)) return infinity(node, budget) || null;
  const value = attempt(() => exactValue(node, NO_BINDINGS, budget));
  return value === null || value.n === 0n ? null : value.n > 0n ? 1 : -1;
}

function ofSum(signs: readonly (Sign | 0 | null)[]): Sign | 0 | null {
  const infinite = new Set(signs.filter((sign) => sign !== 0));
  return infinite.size === 1 ? [...infinite][0]! : null;
}
