import { attempt, type Budget, spend } from '../../budget.ts';
import type { Node } from '../../tree.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import { order, type Rational, same } from '../../value/rational.ts';
import type { Context } from '../context.ts';
import { different, equal, type Outcome, type Result, unknown } from '../outcome.ts';

const MOST_ITEMS = 60;

/** Compares two collections without regard to order; in sets, and in lists of points, items that repeat count once. */
export function compareUnordered(
  reference: readonly Node[],
  answer: readonly Node[],
  context: Context,
  asSets = false,
): Outcome {
  const points = [...reference, ...answer].every(({ kind }) => kind === 'tuple');
  if (points && !asSets) return compareUnordered(reference, answer, context, true);
  const rationals = compareSorted(reference, answer, asSets, context.budget);
  if (rationals !== null) return rationals;
  if (reference.length > MOST_ITEMS || answer.length > MOST_ITEMS) return unknown('too many items');
  if (reference.length !== answer.length && !asSets) return different('different numbers of items');
  if (reference.length !== answer.length) return compareDistinct(reference, answer, context);
  const compare = (left: Node, right: Node): Result =>
    asSets && isSet(left) !== isSet(right) ? 'different' : context.compare(left, right).result;
  const results = reference.map((left) => answer.map((right) => compare(left, right)));
  if (hasMatching(results, (result) => result === 'equal')) return equal('the same items');
  return hasMatching(results, (result) => result !== 'different')
    ? unknown('items that cannot be compared')
    : different('different items');
}

/** A set is no member of a set that holds its only member: `{{1}}` is not `{1}`. */
const isSet = ({ kind }: Node): boolean => kind === 'set';

/** Rational numbers are sorted instead, so that long lists cost little. */
function compareSorted(
  reference: readonly Node[],
  answer: readonly Node[],
  asSets: boolean,
  budget: Budget,
): Outcome | null {
  const left = sortedValues(reference, budget);
  const right = left === null ? null : sortedValues(answer, budget);
  if (left === null || right === null) return null;
  const [a, b] = asSets ? [distinct(left), distinct(right)] : [left, right];
  if (a.length === b.length && a.every((value, index) => same(value, b[index]!))) return equal('the same numbers');
  return hasDecimals(reference) || hasDecimals(answer) ? null : different('different numbers');
}

const hasDecimals = (nodes: readonly Node[]): boolean =>
  nodes.some((node) => !(node.kind === 'number' && node.decimals === null));

function sortedValues(nodes: readonly Node[], budget: Budget): readonly Rational[] | null {
  const values: Rational[] = [];
  for (const node of nodes) {
    const value = node.kind === 'percent' ? null : attempt(() => exactValue(node, NO_BINDINGS, budget));
    if (value === null) return null;
    values.push(value);
  }
  spend(budget, nodes.length);
  return values.sort(order);
}

const distinct = (values: readonly Rational[]): readonly Rational[] =>
  values.filter((value, index) => index === 0 || !same(value, values[index - 1]!));

function compareDistinct(reference: readonly Node[], answer: readonly Node[], context: Context): Outcome {
  const left = withoutRepeats(reference, context);
  const right = withoutRepeats(answer, context);
  const shrunk = left.length < reference.length || right.length < answer.length;
  return shrunk && left.length === right.length
    ? compareUnordered(left, right, context)
    : different('different numbers of items');
}

function withoutRepeats(nodes: readonly Node[], context: Context): readonly Node[] {
  const kept: Node[] = [];
  for (const node of nodes) if (!kept.some((other) => context.compare(other, node).result === 'equal')) kept.push(node);
  return kept;
}

/** Whether every left item can have a right one of its own (Kuhn's augmenting paths). */
function hasMatching(results: readonly (readonly Result[])[], fits: (result: Result) => boolean): boolean {
  const owner: (number | undefined)[] = [];
  const place = (left: number, seen: Set<number>): boolean => {
    for (let right = 0; right < results.length; right += 1) {
      if (seen.has(right) || !fits(results[left]![right]!)) continue;
      seen.add(right);
      const before = owner[right];
      if (before === undefined || place(before, seen)) {
        owner[right] = left;
        return true;
      }
    }
    return false;
  };
  return results.every((_, left) => place(left, new Set()));
}
