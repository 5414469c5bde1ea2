import { attempt } from '../../budget.ts';
import type { Node } from '../../tree.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import { same } from '../../value/rational.ts';
import type { Context } from '../context.ts';
import { different, equal, type Outcome } from '../outcome.ts';
import { sameForm } from '../same-form.ts';
import { compareRounded } from './decimals.ts';
import { compareIdentities } from './identity.ts';
import { holdsInfinity, infinity } from './infinite.ts';
import { probe } from './probing.ts';

/**
 * Compares two expressions, the surest way first: the same form, exact rationals, decimals by policy, identity modulo
 * a prime, and values at points.
 */
export function compareValues(reference: Node, answer: Node, context: Context): Outcome {
  if (sameForm(reference, answer)) return equal('the same expression');
  const infinite = compareInfinite(reference, answer, context);
  if (infinite !== null) return infinite;
  const rounded = compareRounded(reference, answer, context);
  if (rounded !== null) return rounded;
  return (
    compareRationals(reference, answer, context) ??
    compareIdentities(reference, answer, context) ??
    probe(reference, answer, context)
  );
}

function compareRationals(reference: Node, answer: Node, context: Context): Outcome | null {
  const left = attempt(() => exactValue(reference, NO_BINDINGS, context.budget));
  const right = left === null ? null : attempt(() => exactValue(answer, NO_BINDINGS, context.budget));
  if (left === null || right === null) return null;
  return same(left, right) ? equal('equal as rationals') : different('different rationals');
}

function compareInfinite(reference: Node, answer: Node, { budget }: Context): Outcome | null {
  if (!holdsInfinity(reference) && !holdsInfinity(answer)) return null;
  const [left, right] = [infinity(reference, budget), infinity(answer, budget)];
  if (left === null || right === null) return different('infinity in a form that has no value');
  return left === right ? equal('both infinite') : different('one is infinite, or their signs differ');
}
