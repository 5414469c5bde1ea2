import { attempt } from '../../budget.ts';
import { type Comparison, difference, fraction, type Node, symbol } from '../../tree.ts';
import { approximation, isReal } from '../../value/complex.ts';
import { unitOf } from '../../value/modular/residue.ts';
import { approximate } from '../../value/numeric.ts';
import { rebuild } from '../../value/rebuild.ts';
import { freeSymbols, isConstant } from '../../value/scan.ts';
import { assignedValue, isEquation, isName, type Relation, segmentOf } from '../assignments.ts';
import type { Context } from '../context.ts';
import { withProducts } from '../letter-products.ts';
import { all, any, different, equal, type Outcome, unknown } from '../outcome.ts';
import { sameForm } from '../same-form.ts';
import { withConstantsOf } from '../values/integration.ts';
import { compareEquations, compareProportional } from './equations.ts';
import { compareRegions } from './regions.ts';

const MIRRORED: Readonly<Partial<Record<Comparison, Comparison>>> = {
  '<': '>',
  '>': '<',
  '≤': '≥',
  '≥': '≤',
  '=': '=',
  '≠': '≠',
  '∼': '∼',
  '≅': '≅',
  '∥': '∥',
  '⊥': '⊥',
  '≡': '≡',
};

/** Compares two chains of relations: equations as equations, inequalities as sets or up to a positive factor. */
export function compareRelations(reference: Relation, answer: Relation, context: Context): Outcome {
  if (isEquation(reference) && isEquation(answer)) return compareEquationChains(reference, answer, context);
  const sides = compareSides(reference, answer, context);
  if (sides.result === 'equal') return sides;
  return compareRegions(reference, answer, context) ?? compareInequalities(reference, answer, context) ?? sides;
}

function compareEquationChains(reference: Relation, answer: Relation, context: Context): Outcome {
  const [its, mine] = [withFractions(shortened(reference)), withFractions(shortened(answer))];
  const [left, said] = withProducts(asFunction(its, mine), asFunction(mine, its));
  const right = withArgumentOf(left, said);
  const named = isName(left.sides[0]!) && sameForm(asUnknown(left, right), asUnknown(right, left));
  if (named) {
    const [value, other] = [left.sides[1]!, right.sides[1]!];
    const values = any(withConstantsOf(value, other).map((one) => context.compare(value, one)));
    const solved =
      left.sides[0]!.kind === 'apply' || freeSymbols(left.sides[1]!).isDisjointFrom(freeSymbols(left.sides[0]!));
    if (values.result === 'equal' || solved) return values;
  }
  if (holdsSets(left) || holdsSets(right)) return compareSides(left, right, context);
  if (areOtherFunctions(left.sides[0]!, right.sides[0]!)) return different('another function');
  if ([...left.sides, ...right.sides].every(isAtPlace)) return compareSides(left, right, context);
  if (areAtOtherPlaces(left.sides[0]!, right.sides[0]!, context)) return different('a function at another place');
  const bothPlain = [assignedValue(left), assignedValue(right)];
  if (bothPlain.every((value) => value !== null) && freeSymbols(reference).size === 0 && freeSymbols(answer).size === 0)
    return context.compare(bothPlain[0]!, bothPlain[1]!);
  return compareEquations(
    difference(left.sides[0]!, left.sides[1]!),
    difference(right.sides[0]!, right.sides[1]!),
    context,
  );
}

/** `a_n = 2n - 1` as `a(n) = 2n - 1`, where the other is written so. */
function asFunction(equation: Relation, other: Relation): Relation {
  const index = other.sides[0]!.kind === 'apply' ? indexOf(equation) : null;
  return index === null
    ? equation
    : {
        ...equation,
        sides: [{ kind: 'apply', name: index.of.slice(0, -1), args: [symbol(index.name)] }, ...equation.sides.slice(1)],
      };
}

const isY = (node: Node): boolean => node.kind === 'symbol' && node.name === 'y';

/** `a:b = 2:3` */
const withFractions = (equation: Relation): Relation =>
  equation.sides.some((side) => side.kind === 'ratio' && side.parts.length === 2)
    ? { ...equation, sides: equation.sides.map(asFraction) }
    : equation;

const asFraction = (side: Node): Node =>
  side.kind === 'ratio' && side.parts.length === 2 ? fraction(side.parts[0]!, side.parts[1]!) : side;

/** A function's value may be called y: `f(x) = 2x - 5` is `y = 2x - 5`. */
function asUnknown(equation: Relation, other: Relation): Node {
  const [name, value] = equation.sides as [Node, Node];
  const segment = segmentOf(name);
  if (segment !== null) return segment;
  const called = isY(other.sides[0]!) ? /^(?:[fghy]|[fgh]\^-1)$/ : /^[fy]$/;
  if (name.kind === 'symbol') return symbol(name.name.replace(/^(?:vec|hat|widehat) (?=[a-zA-Z]$)/, ''));
  const [argument, ...others] = name.kind === 'apply' ? name.args : [];
  const isValue = argument?.kind === 'symbol' && others.length === 0 && freeSymbols(value).has(argument.name);
  return isValue && called.test((name as { name: string }).name) ? symbol('y') : name;
}

/** `A \cap B = \emptyset` has no zeros. */
const holdsSets = ({ sides }: Relation): boolean => sides.some(({ kind }) => kind === 'combination');

/** `f(x) = …` and `g(x) = …`, or `f'(x) = …`. */
const areOtherFunctions = (a: Node, b: Node): boolean =>
  a.kind === 'apply' &&
  b.kind === 'apply' &&
  a.name !== b.name &&
  !(/^[fy]$/.test(a.name) && /^[fy]$/.test(b.name)) &&
  a.args.length === 1 &&
  sameForm(a.args[0]!, b.args[0]!);

/** `f(3)` */
const isAtPlace = (side: Node): boolean => side.kind === 'apply' && side.args.every(isConstant);

/** `f(3) = 10` and `f(4) = 10` */
const areAtOtherPlaces = (a: Node, b: Node, context: Context): boolean =>
  a.kind === 'apply' &&
  b.kind === 'apply' &&
  isAtPlace(a) &&
  isAtPlace(b) &&
  (a.args.length !== b.args.length ||
    a.args.some((place, index) => context.compare(place, b.args[index]!).result === 'different'));

/** `f(t) = t^2` is `f(x) = x^2`: what a function's argument is called makes no other function of it. */
function withArgumentOf(reference: Relation, answer: Relation): Relation {
  const [its, mine] = [argumentOf(reference) ?? indexOf(reference), argumentOf(answer) ?? indexOf(answer)];
  if (its === null || mine === null || its.of !== mine.of || freeSymbols(answer.sides[1]!).has(its.name)) return answer;
  const rename = (node: Node): Node =>
    rebuild(node, (inner) => {
      if (inner.kind !== 'symbol') return inner;
      if (inner.name === mine.name) return symbol(its.name);
      return inner.name === `${mine.of}${mine.name}` ? symbol(`${its.of}${its.name}`) : inner;
    });
  return { ...answer, sides: answer.sides.map(rename) };
}

/** The one index of the sequence that an equation defines: of `a_n = 2n - 1` it is n. */
function indexOf({ sides: [name, value] }: Relation): { readonly of: string; readonly name: string } | null {
  const match = name?.kind === 'symbol' ? /^([a-zA-Z]_)([a-z])$/.exec(name.name) : null;
  return match !== null && freeSymbols(value!).has(match[2]!) ? { of: match[1]!, name: match[2]! } : null;
}

/** The one argument of the function that an equation defines. */
function argumentOf({ sides: [name] }: Relation): { readonly of: string; readonly name: string } | null {
  const [argument, ...others] = name?.kind === 'apply' ? name.args : [];
  return name?.kind === 'apply' && name.name !== "'" && argument?.kind === 'symbol' && others.length === 0
    ? { of: name.name, name: argument.name }
    : null;
}

/** `x = 2 + 3 = 5` says `x = 5`. */
const shortened = (relation: Relation): Relation =>
  relation.sides.length <= 2
    ? relation
    : { ...relation, operators: ['='], sides: [relation.sides[0]!, relation.sides.at(-1)!] };

/** Side by side, as written, and mirrored where every relation of the chain can be. */
function compareSides(reference: Relation, answer: Relation, context: Context): Outcome {
  const operators = answer.operators.map((operator) => MIRRORED[operator]).reverse();
  const mirrored = operators.every((operator) => operator !== undefined)
    ? [{ operators, sides: [...answer.sides].reverse() }]
    : [];
  const readings = [answer, ...mirrored].filter((reading) => reading.operators.join() === reference.operators.join());
  if (readings.length === 0) return different('different relations');
  return any(readings.map(({ sides }) => compareEach(reference.sides, sides, context)));
}

const compareEach = (reference: readonly Node[], answer: readonly Node[], context: Context): Outcome =>
  all(
    answer.map((side, index) => context.compare(reference[index]!, side)),
    'the same relation side by side',
  );

/** `2x + 2y < 4` and `x + y < 2`: proportional differences of sides, and the factor's sign fits the direction. */
function compareInequalities(reference: Relation, answer: Relation, context: Context): Outcome | null {
  if (reference.operators.length !== 1 || answer.operators.length !== 1) return null;
  const [one, other] = [reference.operators[0]!, answer.operators[0]!];
  if (!isOrder(one) || !isOrder(other)) return null;
  const direction = directionOf(one) * directionOf(other);
  if (isStrict(one) !== isStrict(other) || (direction === 0 && one !== other)) return different('different relations');
  const f = difference(reference.sides[0]!, reference.sides[1]!);
  const g = difference(answer.sides[0]!, answer.sides[1]!);
  if (compareProportional(f, g, context) === null) return different('no constant ratio between the relations');
  if (direction === 0) return equal('relations with a constant ratio');
  const sign = signOfRatio(f, g, context);
  if (sign === null) return unknown('the ratio has no sign');
  return sign === direction
    ? equal('relations with a constant ratio')
    : different('the relations point in opposite directions');
}

const directionOf = (operator: Comparison): number =>
  operator === '<' || operator === '≤' ? 1 : operator === '>' || operator === '≥' ? -1 : 0;
const isOrder = (operator: Comparison): boolean => '<>≤≥≠'.includes(operator);
const isStrict = (operator: Comparison): boolean => operator === '<' || operator === '>';

function signOfRatio(f: Node, g: Node, context: Context): number | null {
  const names = freeSymbols(difference(f, g));
  for (let round = 1; round <= 8; round += 1) {
    const values = new Map([...names].map((name) => [name, approximation(3 * unitOf(`${name} sign ${round}`))]));
    const at = (node: Node) =>
      attempt(() =>
        approximate(node, { values, realOnly: true, logarithm: 'e', seed: 'sign', budget: context.budget }),
      );
    const [a, b] = [at(f), at(g)];
    if (a !== null && b !== null && isReal(a) && isReal(b) && a.re * b.re !== 0) return Math.sign(a.re * b.re);
  }
  return null;
}
