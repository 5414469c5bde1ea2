import { attempt } from '../../budget.ts';
import type { Node } from '../../tree.ts';
import { approximate } from '../../value/numeric.ts';
import { same } from '../../value/rational.ts';
import type { Context } from '../context.ts';
import { different, type Outcome } from '../outcome.ts';
import { sameForm } from '../same-form.ts';
import { isExpression } from '../simplify.ts';
import { compareValues } from '../values/values.ts';

/**
 * What is false in itself equals nothing. A value given exactly and as a decimal, `4\sqrt{5} \approx 8.94`, equals that decimal too if it rounds so; null
 * where anything else is compared, and the exact value alone counts.
 */
export function compareApproximated(reference: Node, answer: Node, context: Context): Outcome | null {
  if (sameForm(reference, answer)) return null;
  if (isFalse(reference, context) || isFalse(answer, context)) return different('an approximation that does not hold');
  const outcome = withDecimal(reference, answer, context) ?? withDecimal(answer, reference, context);
  return outcome?.result === 'equal' ? outcome : null;
}

/** Who writes two decimals and more has not guessed. */
const roughness = (decimals: number): number => (decimals > 1 ? 0.01 : 0.05);

/** `6 \approx 7`, `2\sqrt 3 \approx 3.64`: whatever a bare logarithm's base is. */
function isFalse(node: Node, context: Context): boolean {
  if (node.kind !== 'relation' || node.operators.at(-1) !== '≈') return false;
  const [exact, shown] = node.sides.slice(-2) as [Node, Node];
  return isExpression(exact) && isExpression(shown) && BASES.every((base) => areFarApart(exact, shown, base, context));
}

const BASES = ['e', '10'] as const;

/** Further than a digit may be rounded, and than a rough guess is off. */
function areFarApart(exact: Node, shown: Node, logarithm: (typeof BASES)[number], { budget }: Context): boolean {
  const [value, said] = [exact, shown].map((side) =>
    attempt(() => approximate(side, { values: new Map(), realOnly: true, logarithm, seed: 'about', budget })),
  );
  if (!value || !said) return false;
  const apart = Math.abs(value.re - said.re);
  const decimals = shown.kind === 'number' ? (shown.decimals ?? 0) : 0;
  const digit = shown.kind === 'number' ? 10 ** -decimals : 0;
  return apart >= digit && apart > roughness(decimals) * Math.abs(value.re);
}

function withDecimal(node: Node, decimal: Node, context: Context): Outcome | null {
  if (node.kind !== 'relation' || node.operators.at(-1) !== '≈') return null;
  const [exact, shown] = node.sides.slice(-2) as [Node, Node];
  if (decimal.kind !== 'number' || decimal.decimals === null || shown.kind !== 'number') return null;
  if (!same(decimal.value, shown.value)) return null;
  return compareValues(decimal, exact, { ...context, policies: { ...context.policies, decimals: 'rounded' } });
}
