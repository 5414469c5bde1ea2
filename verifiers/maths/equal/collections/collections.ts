import { attempt } from '../../budget.ts';
import { type Node, negation } from '../../tree.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import { order } from '../../value/rational.ts';
import { assignments, ofOneUnknown } from '../assignments.ts';
import type { Context } from '../context.ts';
import { all, any, different, type Outcome } from '../outcome.ts';
import { sameForm } from '../same-form.ts';
import { isExpression } from '../simplify.ts';
import { splitUnit } from '../values/split-unit.ts';
import { compareUnordered } from './matching.ts';
import { compareOrdered, compareSequences, hasEllipsis } from './sequences.ts';

export type Collection = Node & { kind: 'list' | 'set' | 'tuple' };

export const isCollection = (node: Node): node is Collection =>
  node.kind === 'list' || node.kind === 'set' || node.kind === 'tuple';

const isSet = (node: Collection): boolean => node.kind === 'set';

/** Compares lists, sets and tuples with each other. Lists and sets have no order, tuples have. */
export function compareCollections(reference: Collection, answer: Collection, context: Context): Outcome {
  const tuples = [reference, answer].filter((node) => node.kind === 'tuple').length;
  if (tuples === 2)
    return compareTuples(reference as Node & { kind: 'tuple' }, answer as Node & { kind: 'tuple' }, context);
  if (tuples === 1) return compareTupleWithList(reference, answer, context);
  if (hasEllipsis(reference.items) || hasEllipsis(answer.items))
    return compareSequences(reference.items, answer.items, context);
  return (
    compareAssigned(reference.items, answer.items, context) ??
    compareUnordered(reference.items, answer.items, context, isSet(reference) || isSet(answer))
  );
}

function compareTuples(
  reference: Node & { kind: 'tuple' },
  answer: Node & { kind: 'tuple' },
  context: Context,
): Outcome {
  const brackets = reference.open === answer.open && reference.close === answer.close;
  const vectors = reference.items.length > 2 && isMatched(reference) && isMatched(answer);
  if (!brackets && !vectors) return different('different brackets');
  return compareOrdered(reference.items, answer.items, context);
}

const isMatched = (node: Node & { kind: 'tuple' }): boolean => (node.open === '(') === (node.close === ')');

function compareTupleWithList(reference: Collection, answer: Collection, context: Context): Outcome {
  const [tuple, other] =
    reference.kind === 'tuple' ? [reference, answer] : [answer as Node & { kind: 'tuple' }, reference];
  if (other.kind === 'set') {
    const [only, ...more] = other.items;
    if (only?.kind !== 'tuple' || more.length > 0) return different('a tuple against a set');
    return reference === tuple ? context.compare(tuple, only) : context.compare(only, tuple);
  }
  if (context.policies.tuples === 'strict' || !isMatched(tuple)) return different('a tuple against a list');
  const assigned = assignments(other.items);
  const items = assigned === null ? other.items : inOrderOfNames(assigned).values;
  const areRoots =
    tuple.open === '[' &&
    (assigned === null ? tuple === answer && isOpposed(items, context) : ofOneUnknown(assigned.names));
  if (areRoots && reference === tuple && isRising(tuple.items, context))
    return different('an interval against its ends');
  if (areRoots)
    return compareUnordered(
      reference.kind === 'tuple' ? tuple.items : items,
      reference.kind === 'tuple' ? items : tuple.items,
      context,
    );
  return reference.kind === 'tuple'
    ? compareOrdered(tuple.items, items, context)
    : compareOrdered(items, tuple.items, context);
}

/** Whether a reference in square brackets may be an interval: `[-1,1]`. */
function isRising(ends: readonly Node[], { budget }: Context): boolean {
  const [low, high, ...more] = ends.map((end) => attempt(() => exactValue(end, NO_BINDINGS, budget)));
  return low != null && high != null && more.length === 0 && order(low, high) < 0;
}

/** `-a` and `a` are the values of `\pm a`, in whichever order a list of Python has them. */
const isOpposed = ([one, other, ...more]: readonly Node[], context: Context): boolean =>
  one !== undefined &&
  other !== undefined &&
  more.length === 0 &&
  isExpression(one) &&
  isExpression(other) &&
  context.compare(one, negation(other)).result === 'equal';

/** `a = 1, b = 2` against `1, 2`: the names fix the order, unless they name the roots of one unknown. */
function compareAssigned(reference: readonly Node[], answer: readonly Node[], context: Context): Outcome | null {
  const left = assignments(reference);
  const right = assignments(answer);
  if ((left === null) === (right === null))
    return left === null || right === null ? null : compareNamed(left, right, context);
  const { names, values } = (left ?? right)!;
  if ((left === null ? reference : answer).some((item) => item.kind === 'relation')) return null;
  const compare = ofOneUnknown(names) ? compareUnordered : compareOrdered;
  return left === null ? compare(reference, values, context) : compare(values, answer, context);
}

type Assigned = NonNullable<ReturnType<typeof assignments>>;

/** `y = -2, x = 3` is the point `(3, -2)`: in a point letters stand in their order, longer names as they are said. */
function inOrderOfNames({ names, values }: Assigned): Assigned {
  if (new Set(names).size < names.length || !names.every((name) => /^[a-z]$/.test(name))) return { names, values };
  const order = names.map((_, index) => index).sort((one, other) => (names[one]! < names[other]! ? -1 : 1));
  return { names: order.map((index) => names[index]!), values: order.map((index) => values[index]!) };
}

/** `length`, which another may call `l` or `the longer side`. */
const isWording = (name: string): boolean => /[a-z]{2}/.test(name);

/** Names matched with names; roots of one unknown by value only, whatever the unknown is called. */
function compareNamed(left: Assigned, right: Assigned, context: Context): Outcome | null {
  if (left.names.length !== right.names.length) return null;
  if (ofOneUnknown(left.names) && ofOneUnknown(right.names))
    return compareUnordered(left.values, right.values, context);
  const order = left.names.map((name) => right.names.indexOf(name));
  if (order.some((index) => index < 0) || new Set(order).size !== order.length)
    return [...left.names, ...right.names].some(isWording) ? null : different('different unknowns');
  return compareOrdered(
    left.values,
    order.map((index) => right.values[index]!),
    context,
  );
}

function* lazily(items: readonly Node[], compare: (item: Node) => Outcome): Generator<Outcome> {
  for (const item of items) yield compare(item);
}

/** One item against a collection that comes to one item: `5` and `{5}`, or one value in two forms. */
export function compareWithOne(
  collection: Collection,
  other: Node,
  compare: (item: Node, other: Node) => Outcome,
): Outcome {
  const items = collection.items;
  if (items.length === 0 || collection.kind === 'tuple') return different('a collection against one');
  if (collection.kind === 'list' && items.length > 1 && sameForm(items[0]!, items[1]!))
    return different('one value twice against one');
  const outcomes = lazily(items, (item) => compare(item, other));
  return isRestated(items, compare) ? any(outcomes) : all(outcomes, 'every item is equal to the one');
}

/** `90 minutes, or 1.5 hours`: one quantity in two units, of which either may be asked for. */
function isRestated(items: readonly Node[], compare: (item: Node, other: Node) => Outcome): boolean {
  const [one, another, ...more] = items;
  if (one === undefined || another === undefined || more.length > 0) return false;
  const units = items.map((item) => splitUnit(item).unit);
  return units.every((unit) => unit !== null && unit.dimensions.size > 0) && compare(one, another).result === 'equal';
}
