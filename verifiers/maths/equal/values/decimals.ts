import { attempt, type Budget } from '../../budget.ts';
import type { Node } from '../../tree.ts';
import { isReal } from '../../value/complex.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import { approximate } from '../../value/numeric.ts';
import { isApart } from '../../value/precise/ball.ts';
import { PRECISE_BITS, precise } from '../../value/precise/evaluate.ts';
import { absolute, add, order, type Rational, rational, subtract } from '../../value/rational.ts';
import { contains, isConstant } from '../../value/scan.ts';
import type { Context } from '../context.ts';
import { equal, type Outcome } from '../outcome.ts';
import { logarithmsIn } from './identity.ts';

interface Decimal {
  readonly value: Rational;
  readonly decimals: number;
  /** Whether it was cut off there, not rounded. */
  readonly cut: boolean;
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
  if (node.kind === 'number')
    return node.decimals === null ? null : { value: node.value, decimals: node.decimals, cut: node.cut === true };
  if (node.kind === 'negate') {
    const inner = decimalOf(node.operand);
    return inner && { ...inner, value: { n: -inner.value.n, d: inner.value.d } };
  }
  if (node.kind !== 'percent') return null;
  const inner = decimalOf(node.operand);
  return inner && { ...inner, value: { n: inner.value.n, d: inner.value.d * 100n }, decimals: inner.decimals + 2 };
}

const isPrecise = ({ value, decimals }: Decimal): boolean =>
  decimals >= PRECISE_DECIMALS &&
  absolute(value).n * 10n ** BigInt(decimals) >= 10n ** BigInt(PRECISE_DIGITS - 1) * value.d;

/** Rounded to the decimals shown, half a unit of the last one either way, or cut off behind them, less than one. */
function isNear(shown: Decimal, other: Node, { budget }: Context): boolean {
  if (!isConstant(other)) return false;
  const exact = attempt(() => exactValue(other, NO_BINDINGS, budget));
  if (exact !== null) return isRounded(shown, exact, { n: 0n, d: 1n });
  if (contains(other, isLimiting)) return isNearLimit(shown, other, budget);
  const bits = PRECISE_BITS + 4 * Math.min(shown.decimals, 2000);
  const readings = logarithmsIn(other).map((logarithm) => attempt(() => precise(other, budget, logarithm, bits)));
  return readings.some((value) => {
    if (value === null || isApart(value.im)) return false;
    const unit = 1n << BigInt(bits);
    return isRounded(shown, { n: value.re.mid, d: unit }, { n: value.re.rad, d: unit });
  });
}

const isLimiting = (node: Node): boolean => node.kind === 'big';

/** Integrals, limits and endless sums are known to a double, with a bound of its error. */
function isNearLimit(shown: Decimal, other: Node, budget: Budget): boolean {
  const place = { values: new Map(), realOnly: true, logarithm: 'e' as const, seed: 'limit', budget };
  const value = attempt(() => approximate(other, place));
  return value !== null && isReal(value) && isRounded(shown, ofDouble(value.re), ofDouble(value.error));
}

const SCALE = 2 ** 60;
const ofDouble = (value: number): Rational => rational(BigInt(Math.round(value * SCALE)), BigInt(SCALE));

function isRounded(shown: Decimal, value: Rational, error: Rational): boolean {
  const gap = absolute(subtract(value, shown.value));
  const mayBeCut = shown.cut && order(absolute(shown.value), absolute(value)) <= 0;
  const furthest = { n: 1n, d: (mayBeCut ? 1n : 2n) * 10n ** BigInt(shown.decimals) };
  return order(gap, add(furthest, error)) <= 0;
}
