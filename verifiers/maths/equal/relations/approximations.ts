import type { Node } from '../../tree.ts';
import { same } from '../../value/rational.ts';
import type { Context } from '../context.ts';
import type { Outcome } from '../outcome.ts';
import { compareValues } from '../values/values.ts';

/**
 * A value given exactly and as a decimal, `4\sqrt{5} \approx 8.94`, equals that decimal too if it rounds so; null
 * where anything else is compared, and the exact value alone counts.
 */
export function compareApproximated(reference: Node, answer: Node, context: Context): Outcome | null {
  const outcome = withDecimal(reference, answer, context) ?? withDecimal(answer, reference, context);
  return outcome?.result === 'equal' ? outcome : null;
}

function withDecimal(node: Node, decimal: Node, context: Context): Outcome | null {
  if (node.kind !== 'relation' || node.operators.at(-1) !== '≈') return null;
  const [exact, shown] = node.sides.slice(-2) as [Node, Node];
  if (decimal.kind !== 'number' || decimal.decimals === null || shown.kind !== 'number') return null;
  if (!same(decimal.value, shown.value)) return null;
  return compareValues(decimal, exact, { ...context, policies: { ...context.policies, decimals: 'rounded' } });
}
