import { attempt } from '../../attempt.ts';
import type { Node } from '../../tree.ts';
import { isReal } from '../../value/complex.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import { approximate } from '../../value/numeric.ts';
import { absolute, order, type Rational, subtract, toNumber } from '../../value/rational.ts';
import { isConstant } from '../../value/scan.ts';
import type { Context } from '../context.ts';
import { equal, type Outcome } from '../outcome.ts';

interface Decimal {
  readonly value: Rational;
  readonly decimals: number;
}

/** As many decimals, not all of them zeros after the point, make a decimal an approximation by itself. */
const PRECISE_DECIMALS = 6;
const PRECISE_DIGITS = 4;

/**
 * Equal where one side is a decimal that rounds the other, as far as the policy allows; null where it does not, and
 * the exact comparison decides.
 */
export function compareRounded(reference: Node, answer: Node, context: Context): Outcome | null {
  const { decimals: policy } = context.policies;
  if (policy === 'exact') return null;
  const shown = decimalOf(reference);
  if (shown !== null && (policy === 'rounded' || isPrecise(shown)) && isNear(shown, answer, context))
    return equal('equal to the decimals shown');
  const given = decimalOf(answer);
  if (given !== null && isPrecise(given) && isNear(given, reference, context))
    return equal('equal to the decimals given');
  return null;
}

function decimalOf(node: Node): Decimal | null {
  if (node.kind === 'number') return node.decimals === null ? null : { value: node.value, decimals: node.decimals };
  if (node.kind === 'negate') {
    const inner = decimalOf(node.operand);
    return inner && { value: { n: -inner.value.n, d: inner.value.d }, decimals: inner.decimals };
  }
  if (node.kind !== 'percent') return null;
  const inner = decimalOf(node.operand);
  return inner && { value: { n: inner.value.n, d: inner.value.d * 100n }, decimals: inner.decimals + 2 };
}

const isPrecise = ({ value, decimals }: Decimal): boolean =>
  decimals >= PRECISE_DECIMALS &&
  absolute(value).n * 10n ** BigInt(decimals) >= 10n ** BigInt(PRECISE_DIGITS - 1) * value.d;

/** Rounded to the decimals shown; where many are shown, cut off after them too. */
function isNear(shown: Decimal, other: Node, context: Context): boolean {
  if (!isConstant(other)) return false;
  const exact = attempt(() => exactValue(other, NO_BINDINGS, context.budget));
  if (exact !== null) return isNearExact(shown, exact);
  const place = {
    values: new Map(),
    realOnly: true,
    logarithm: 'e' as const,
    seed: 'decimals',
    budget: context.budget,
  };
  const value = attempt(() => approximate(other, place));
  if (value === null || !isReal(value)) return false;
  const gap = Math.sign(value.re) * (value.re - toNumber(shown.value));
  const unit = 10 ** -shown.decimals;
  return gap >= -unit / 2 - 8 * value.error && gap <= (isPrecise(shown) ? unit : unit / 2) + 8 * value.error;
}

function isNearExact(shown: Decimal, value: Rational): boolean {
  const unit = 10n ** BigInt(shown.decimals);
  const gap = subtract(value, shown.value);
  const beyond = value.n < 0n ? { n: -gap.n, d: gap.d } : gap;
  if (order(beyond, { n: -1n, d: 2n * unit }) < 0) return false;
  return isPrecise(shown) ? order(beyond, { n: 1n, d: unit }) < 0 : order(beyond, { n: 1n, d: 2n * unit }) <= 0;
}
