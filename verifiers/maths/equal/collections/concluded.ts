import { attempt } from '../../budget.ts';
import { type Node, numberNode } from '../../tree.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import { integer } from '../../value/rational.ts';
import { rebuild } from '../../value/rebuild.ts';
import { contains, freeSymbols } from '../../value/scan.ts';
import { assignments, isEquation, isName, type Relation } from '../assignments.ts';
import type { Context } from '../context.ts';
import { sameForm } from '../same-form.ts';
import type { Collection } from './collections.ts';

/**
 * What `m = 3, n = 4, m + n = 7` comes to: the last equation, where its names have got their values before and it holds;
 * so `|z|^2 = 25, |z| = 5`, where the last equation solves those before it.
 */
export function concluded(collection: Collection, context: Context): Collection {
  const last = collection.items.at(-1);
  const before = collection.items.slice(0, -1);
  if (collection.kind !== 'list' || last === undefined || !isEquation(last) || before.length === 0) return collection;
  const value = { ...collection, items: [last.sides.at(-1)!] };
  if (isName(last.sides[0]!)) return solves(last, before, context) ? value : collection;
  const given = assignments(before) ?? inLowestTerms(before, context);
  const names = [...freeSymbols(last.sides[0]!)];
  if (given === null || names.length === 0 || !names.every((name) => given.names.includes(name))) return collection;
  const reached = rebuild(last.sides[0]!, (node) =>
    node.kind === 'symbol' ? (given.values[given.names.indexOf(node.name)] ?? node) : node,
  );
  return context.compare(reached, last.sides.at(-1)!).result === 'equal' ? value : collection;
}

/** `\frac{m}{n} = \frac{3}{8}`: of a fraction in lowest terms both its parts. */
function inLowestTerms([equation, ...others]: readonly Node[], { budget }: Context): ReturnType<typeof assignments> {
  if (equation === undefined || others.length > 0 || !isEquation(equation)) return null;
  const [quotient, value] = [equation.sides[0]!, equation.sides.at(-1)!];
  if (quotient.kind !== 'divide' || quotient.numerator.kind !== 'symbol' || quotient.denominator.kind !== 'symbol')
    return null;
  const exact = attempt(() => exactValue(value, NO_BINDINGS, budget));
  if (exact === null) return null;
  return {
    names: [quotient.numerator.name, quotient.denominator.name],
    values: [numberNode(integer(exact.n)), numberNode(integer(exact.d))],
  };
}

/** Whether equations that are not solved hold for what a later one gives the unknown. */
function solves(equation: Relation, before: readonly Node[], context: Context): boolean {
  const [name] = equation.sides;
  const value = equation.sides.at(-1)!;
  return before.every((one) => {
    if (!isEquation(one) || isName(one.sides[0]!) || !contains(one, (node) => sameForm(node, name!))) return false;
    const [left, ...others] = one.sides.map((side) => rebuild(side, (node) => (sameForm(node, name!) ? value : node)));
    return others.every((side) => context.compare(left!, side).result === 'equal');
  });
}
