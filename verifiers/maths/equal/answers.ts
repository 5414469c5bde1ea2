import { type Budget, spend } from '../budget.ts';
import type { Policies } from '../policies.ts';
import { integerNode, type Node, numberNode, symbol } from '../tree.ts';
import { freeSymbols, isConstant, isOfKinds } from '../value/scan.ts';
import { assignedValue, isEquation, isName, sharedValue } from './assignments.ts';
import { enumerated } from './collections/builders.ts';
import { compareCollections, compareWithOne, isCollection } from './collections/collections.ts';
import { inComponents, withoutArrows, withPlainBasis } from './collections/components.ts';
import { concluded } from './collections/concluded.ts';
import { compareMatrices } from './collections/matrices.ts';
import { permutationsOf, pointOf } from './collections/points.ts';
import { compareClocks } from './collections/ratios.ts';
import type { Context } from './context.ts';
import { withFactorsOf } from './letter-products.ts';
import { any, anySure, different, equal, type Outcome, unknown } from './outcome.ts';
import { comparePiecewise } from './piecewise.ts';
import { comparePropositions } from './propositions.ts';
import { compareQualified } from './qualified.ts';
import { compareApproximated } from './relations/approximations.ts';
import { inOneNotation } from './relations/derivatives.ts';
import { doesNotHold } from './relations/holding.ts';
import { compareRegions } from './relations/regions.ts';
import { compareRelations } from './relations/relations.ts';
import { compareClasses } from './relations/residue-classes.ts';
import { sameForm } from './same-form.ts';
import { isExpression, simplify } from './simplify.ts';
import { compareTexts } from './texts.ts';
import { compareCongruences, isCongruence } from './values/congruences.ts';
import { withConstants, withoutConstants } from './values/integration.ts';
import { compareNumerals } from './values/numerals.ts';
import { withPeriodOf } from './values/periods.ts';
import { compareQuantities } from './values/quantities.ts';
import { capitalsOf, romanValue } from './values/roman.ts';

/** Steps for looking at two forms, whatever is computed of them then. */
const COMPARISON = 8;

/** Decides whether two answers that were read mean the same. Throws BudgetEnded only. */
export function compareAnswers(reference: Node, answer: Node, policies: Policies, budget: Budget): Outcome {
  const context: Context = {
    budget,
    policies,
    compare: (left, right) => {
      spend(budget, COMPARISON);
      return (
        compareApproximated(left, right, context) ??
        compareForms(simplify(left, budget), simplify(right, budget), context)
      );
    },
  };
  return context.compare(reference, answer);
}

function compareForms(reference: Node, answer: Node, context: Context): Outcome {
  if (sameForm(reference, answer)) return equal('the same form');
  // Most are, and none of what follows says anything of them.
  if (isPlain(reference) && isPlain(answer)) return compareQuantities(reference, answer, context);
  if (reference.kind === 'unreadable' || answer.kind === 'unreadable') return compareUnread(reference, answer);
  if (reference.kind === 'labelled' || answer.kind === 'labelled') return compareLabelled(reference, answer, context);
  const residues = compareClasses(reference, answer, context);
  if (residues !== null) return residues;
  if (reference.kind === 'qualified' || answer.kind === 'qualified')
    return compareQualified(reference, answer, context);
  const denials = [reference, answer].filter(deniesRelation).length;
  if (denials === 2) return context.compare(withinDenial(reference), withinDenial(answer));
  if (denials === 1) return different('one denies a relation');
  const logical = comparePropositions(reference, answer, context.budget);
  if (logical !== null) return logical;
  const [left, right] = inOneNotation(reference, answer);
  if (left !== reference || right !== answer) return compareForms(left, right, context);
  const pieces = comparePiecewise(reference, answer, context);
  if (pieces !== null) return pieces;
  const listed = compareListed(reference, answer, context);
  if (listed !== null) return listed;
  if (isEither('clock', reference, answer) || isEither('ratio', reference, answer))
    return compareClocks(reference, answer, context);
  if (isEither('numeral', reference, answer))
    return compareNumerals(withoutName(reference), withoutName(answer), context);
  const [one, other] = [withRomanAsNumber(reference, answer), withRomanAsNumber(answer, reference)];
  if (one !== reference || other !== answer) return context.compare(one, other);
  if (doesNotHold(reference, context) || doesNotHold(answer, context))
    return different('an equation that does not hold');
  if (reference.kind === 'relation' || answer.kind === 'relation')
    return compareWithRelation(reference, answer, context);
  if (isEither('text', reference, answer)) return compareTexts(reference, answer);
  if (reference.kind === 'symbol' && answer.kind === 'symbol' && context.policies.letters === 'ignore-case')
    return compareLetters(reference.name, answer.name);
  return compareShapes(reference, answer, context);
}

/** `a \not\equiv b`: a relation that has no sign for its denial. */
const deniesRelation = (node: Node): node is Node & { kind: 'call' } =>
  node.kind === 'call' &&
  node.name === 'not' &&
  node.args[0]!.kind === 'relation' &&
  node.args[0]!.operators.every((operator) => '≡∣∥≅∼⊂⊥'.includes(operator));

const withinDenial = (node: Node): Node => (deniesRelation(node) ? node.args[0]! : node);

/** Numbers that are calculated with, and their units: without names, words and relations. */
const isPlain = (node: Node): boolean => isOfKinds(node, PLAIN);

const PLAIN: ReadonlySet<Node['kind']> = new Set([
  'number',
  'constant',
  'add',
  'multiply',
  'divide',
  'negate',
  'power',
  'root',
  'factorial',
  'percent',
  'unit',
]);

const compareLetters = (reference: string, answer: string): Outcome =>
  reference.toLowerCase() === answer.toLowerCase() ? equal('the same letter') : different('different letters');

/** `XIV` where it meets a number. */
function withRomanAsNumber(node: Node, other: Node): Node {
  const letters = other.kind === 'number' ? capitalsOf(node) : null;
  const value = letters === null ? null : romanValue(letters);
  return value === null ? node : integerNode(value);
}

const isEither = (kind: Node['kind'], one: Node, other: Node): boolean => one.kind === kind || other.kind === kind;

function withoutName(node: Node): Node {
  return (isEquation(node) ? assignedValue(node) : null) ?? node;
}

function compareUnread(reference: Node, answer: Node): Outcome {
  const unread = reference.kind === 'unreadable' ? reference : (answer as Node & { kind: 'unreadable' });
  const same = reference.kind === answer.kind && bare(reference as typeof unread) === bare(answer as typeof unread);
  if (same) return equal('the same characters');
  return unknown(`${unread === reference ? 'the reference' : 'the answer'} cannot be read: ${unread.why}`);
}

const bare = ({ source }: { source: string }): string => source.replace(/[\s$]|\\(?:left|right|[,;:!])/g, '');

/** `(C) 25` is the choice C and the value 25. */
function compareLabelled(reference: Node, answer: Node, context: Context): Outcome {
  if (reference.kind === 'labelled' && answer.kind === 'labelled')
    return context.compare(letter(reference), letter(answer));
  if (reference.kind === 'labelled')
    return context.compare(answer.kind === 'symbol' ? letter(reference) : reference.content, answer);
  const labelled = answer as Node & { kind: 'labelled' };
  return context.compare(reference, reference.kind === 'symbol' ? letter(labelled) : labelled.content);
}

const letter = ({ letter: name }: { letter: string }): Node => ({ kind: 'symbol', name });

/** `100,200` is compared as a number and as a list; a list against it as a list. */
function compareListed(reference: Node, answer: Node, context: Context): Outcome | null {
  const left = asList(reference);
  const right = asList(answer);
  if (left === null && right === null) return null;
  if (left !== null && isCollection(answer)) return context.compare(left, answer);
  if (right !== null && isCollection(reference)) return context.compare(reference, right);
  return null;
}

function asList(node: Node): Node | null {
  if (node.kind === 'number' && node.listed !== undefined)
    return { kind: 'list', items: node.listed.map((value) => numberNode(value)) };
  if (node.kind !== 'negate' || node.operand.kind !== 'number' || node.operand.listed === undefined) return null;
  const [first, ...rest] = node.operand.listed;
  return {
    kind: 'list',
    items: [numberNode({ n: -first!.n, d: first!.d }), ...rest.map((value) => numberNode(value))],
  };
}

function compareWithRelation(reference: Node, answer: Node, context: Context): Outcome {
  if (reference.kind === 'relation' && answer.kind === 'relation') return compareRelations(reference, answer, context);
  const [relation, other] =
    reference.kind === 'relation' ? [reference, answer] : [answer as Node & { kind: 'relation' }, reference];
  const compare = (left: Node, right: Node): Outcome =>
    relation === reference ? context.compare(left, right) : context.compare(right, left);
  const shared = isEquation(relation) && other.kind === 'tuple' ? sharedValue(relation, other.items.length) : null;
  if (shared !== null) return compare(shared, other);
  const value = isEquation(relation) ? assignedValue(relation) : null;
  if (value !== null) return compare(value, other);
  const isResidue = relation.operators.join() === '≡' && (isName(relation.sides[0]!) || isConstant(relation.sides[0]!));
  const residue = isResidue ? relation.sides[1]! : null;
  if (residue !== null && isExpression(other)) return compare(residue, other);
  if (isCollection(other) && other.kind !== 'tuple' && other.items.length === 1)
    return compare(relation, other.items[0]!);
  const identical = isExpression(other) && isEquation(relation) ? identity(relation, context) : null;
  if (identical !== null) return compare(identical, other);
  if (isExpression(other) && isEquation(relation)) return different('an equation against a value');
  const region = withUnknown(relation);
  const regions = relation === reference ? [region, answer] : [reference, region];
  return compareRegions(regions[0]!, regions[1]!, context) ?? different('a relation against something else');
}

/** `(x-2)(x-3) = x^2-5x+6` says one expression in two ways; null for an equation that holds for some x only. */
function identity({ sides }: Node & { kind: 'relation' }, context: Context): Node | null {
  const [first, ...others] = sides;
  if (!sides.every(isExpression) || freeSymbols(first!).size === 0) return null;
  return others.every((side) => context.compare(first!, side).result === 'equal') ? others.at(-1)! : null;
}

/** `0 \le f(x) \le 2` is about one unknown, f(x). */
function withUnknown(relation: Node & { kind: 'relation' }): Node {
  const [unknown, ...others] = relation.sides.filter((side) => side.kind === 'apply');
  const bounds = relation.sides.filter((side) => side !== unknown);
  if (unknown === undefined || others.length > 0 || !bounds.every(isConstant)) return relation;
  return { ...relation, sides: relation.sides.map((side) => (side === unknown ? symbol('f') : side)) };
}

function compareShapes(reference: Node, answer: Node, context: Context): Outcome {
  const [one, other] = [withMeaning(reference, answer, context), withMeaning(answer, reference, context)];
  if (one !== reference || other !== answer) return context.compare(one, other);
  const [left, right] = [inComponents(reference, answer), inComponents(answer, reference)];
  if (left !== null) return compareShapes(left, answer, context);
  if (right !== null) return compareShapes(reference, right, context);
  if (reference.kind === 'matrix' || answer.kind === 'matrix') return compareMatrices(reference, answer, context);
  if (isCollection(reference) && isCollection(answer)) return compareGathered(reference, answer, context);
  if (isRegionLike(reference) || isRegionLike(answer)) return compareRegionsOrParts(reference, answer, context);
  if (isCollection(reference))
    return compareWithOne(concluded(reference, context), answer, (item, other) => context.compare(item, other));
  if (isCollection(answer))
    return compareWithOne(concluded(answer, context), reference, (item, other) => context.compare(other, item));
  if (!isExpression(reference) || !isExpression(answer)) return different(`${reference.kind} against ${answer.kind}`);
  if (isCongruence(reference) || isCongruence(answer)) return compareCongruences(reference, answer, context);
  return compareUpToConstants(reference, answer, context);
}

/** What a name means beside what it meets: a point by its coordinates, a set of numbers by its letter or its members. */
const withMeaning = (node: Node, other: Node, context: Context): Node =>
  enumerated(node, context.budget) ??
  pointOf(node, other) ??
  permutationsOf(node, other) ??
  numberSetOf(node, other) ??
  node;

/** `Z` and `\mathbf{Z}` where they meet `\mathbb{Z}`. */
const numberSetOf = (node: Node, other: Node): Node | null =>
  other.kind === 'numberSet' && node.kind === 'symbol' && /^[RZQNC]$/.test(node.name)
    ? { kind: 'numberSet', name: node.name }
    : null;

function compareUpToConstants(reference: Node, answer: Node, context: Context): Outcome {
  const [left, right] = withConstants(
    withPlainBasis(withoutArrows(withFactorsOf(reference, answer), answer)),
    withPeriodOf(reference, withPlainBasis(withoutArrows(withFactorsOf(answer, reference), reference))),
    context.policies,
  );
  const outcome = compareQuantities(left, right, context);
  if (outcome.result === 'equal') return outcome;
  const shifted = withoutConstants(left, right);
  return shifted === null ? outcome : anySure(shifted.map(([a, b]) => compareQuantities(a, b, context)));
}

function compareGathered(reference: Node, answer: Node, context: Context): Outcome {
  if (!isCollection(reference) || !isCollection(answer)) return unknown('no collections');
  const items = compareCollections(reference, answer, context);
  const holdRelations = [reference, answer].some((node) =>
    node.items.some((item) => item.kind === 'relation' && !isEquation(item)),
  );
  if (!holdRelations)
    return items.result === 'equal' && (jointOf(reference) === 'or') !== (jointOf(answer) === 'or')
      ? different('either of them against all of them')
      : items;
  if (jointOf(reference) !== jointOf(answer) && items.result === 'equal')
    return compareJoined(reference, answer, context);
  return items.result === 'equal' ? items : any([items, compareRegions(reference, answer, context) ?? items]);
}

const jointOf = (node: Node): 'and' | 'or' | undefined => (node.kind === 'list' ? node.joint : undefined);

/** The same inequalities, joined by other words: `x < 1 and x > 2` is nothing, `x < 1 or x > 2` is something. */
function compareJoined(reference: Node, answer: Node, context: Context): Outcome {
  const regions = compareRegions(reference, answer, context);
  if (regions !== null) return regions;
  const opposed = jointOf(reference) !== undefined && jointOf(answer) !== undefined;
  return opposed ? different('and against or') : equal('the same items');
}

const isRegionLike = (node: Node): boolean =>
  node.kind === 'combination' || node.kind === 'numberSet' || node.kind === 'setBuilder';

function compareRegionsOrParts(reference: Node, answer: Node, context: Context): Outcome {
  const regions = compareRegions(reference, answer, context);
  if (regions !== null) return regions;
  if (reference.kind === 'numberSet' && answer.kind === 'numberSet') return different('different sets of numbers');
  if (reference.kind === 'combination' && answer.kind === 'combination' && reference.operator === answer.operator) {
    const set = (node: Node & { kind: 'combination' }): Node => ({ kind: 'list', items: node.operands });
    if (reference.operator !== '∖') return context.compare(set(reference), set(answer));
  }
  return reference.kind === answer.kind
    ? unknown('sets that cannot be compared')
    : different(`${reference.kind} against ${answer.kind}`);
}
