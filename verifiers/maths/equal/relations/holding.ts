import type { Node } from '../../tree.ts';
import { contains, isConstant } from '../../value/scan.ts';
import { readUnit } from '../../value/units.ts';
import { isEquation } from '../assignments.ts';
import type { Context } from '../context.ts';
import { isExpression } from '../simplify.ts';
import { compareValues } from '../values/values.ts';

/**
 * Whether a chain of equations is false in itself: `4 = 3`, `x = 3 + 5 = 7`. A side that is a decimal may round its
 * neighbour. False only where the difference of two numbers in it is shown.
 */
export function doesNotHold(node: Node, context: Context): boolean {
  if (!isEquation(node)) return false;
  const rounding: Context = { ...context, policies: { ...context.policies, decimals: 'rounded' } };
  const numbers = uncounted(node.sides).filter((side, index) => isNumber(side) && !(index === 0 && isNamed(side)));
  return numbers
    .slice(1)
    .some((side, index) => differ(numbers[index]!, side, rounding) && differ(side, numbers[index]!, rounding));
}

/** `7 \cdot 4 = 28 \text{ books}`: the number alone of a last side that counts what numbers without units come to. */
function uncounted(sides: readonly Node[]): readonly Node[] {
  const last = sides.at(-1)!;
  if (last.kind !== 'multiply' || last.factors.length !== 2) return sides;
  const [number, unit] = last.factors as [Node, Node];
  const counts =
    number.kind === 'number' && unit.kind === 'unit' && unit.name !== 'degree' && !readUnit(unit.name).limits;
  const others = sides.slice(0, -1);
  return counts && others.every(isNumber) ? [...others, number] : sides;
}

/** `e = \frac{1}{2}` names an eccentricity, `i = 3` an index; nobody names a number π. */
const isNamed = (side: Node): boolean => side.kind === 'constant' && (side.name === 'e' || side.name === 'i');

const isNumber = (side: Node): boolean =>
  isExpression(side) && side.kind !== 'matrix' && isConstant(side) && !contains(side, isMore);

/** Words, units and classes of numbers are compared elsewhere; what dots stand for is not known. */
const isMore = (node: Node): boolean =>
  (node.kind === 'unit' && node.name !== 'degree') ||
  node.kind === 'percent' ||
  node.kind === 'ellipsis' ||
  node.kind === 'matrix' ||
  (node.kind === 'call' && node.name === 'congruent') ||
  (node.kind === 'big' && (node.operator === 'limit' || node.operator === 'integral'));

const differ = (left: Node, right: Node, context: Context): boolean =>
  compareValues(left, right, context).result === 'different';
