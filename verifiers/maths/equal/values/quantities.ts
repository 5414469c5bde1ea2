import { addition, fraction, type Node, numberNode, product } from '../../tree.ts';
import { ONE, type Rational, rational, same } from '../../value/rational.ts';
import { contains, freeSymbols, isConstant } from '../../value/scan.ts';
import type { Unit } from '../../value/units.ts';
import type { Context } from '../context.ts';
import { any, different, type Outcome } from '../outcome.ts';
import { meantBeside } from './ambiguous-units.ts';
import { comparePercentages } from './percentages.ts';
import { type Quantity, sameDimensions, splitLetterUnits, splitUnit } from './split-unit.ts';

/** Compares two expressions, with their units if they have any. */
export function compareQuantities(reference: Node, answer: Node, context: Context): Outcome {
  const left = splitUnit(reference);
  const right = splitUnit(answer);
  if (left.unit === null && right.unit === null) return comparePercentages(left.value, right.value, context);
  if (left.unit === null)
    return oneUnit(right, left.value, (value, bare) => comparePercentages(bare, value, context), context);
  if (right.unit === null)
    return oneUnit(left, right.value, (value, bare) => comparePercentages(value, bare, context), context);
  return compareUnits(left.value, left.unit, right.value, right.unit, context);
}

/** One side has a unit, the other none, or one that is written as letters. */
function oneUnit(
  quantity: Quantity,
  bare: Node,
  compare: (value: Node, bare: Node) => Outcome,
  context: Context,
): Outcome {
  const unit = quantity.unit!;
  if (freeSymbols(bare).size > 0 && unit.dimensions.size > 0 && isConstant(quantity.value)) {
    const lettered = splitLetterUnits(bare);
    if (lettered.unit !== null) return compareUnits(quantity.value, unit, lettered.value, lettered.unit, context);
  }
  if (bare.kind === 'percent' && quantity.value.kind !== 'percent') return different('a percentage against a quantity');
  if (unit.limits) return different('words limit one value');
  if (context.policies.units === 'required' && !isAngle(unit)) return different('a unit is missing');
  const isTurn = isAngle(unit) && unit.factor.d === 1n && holdsPi(quantity.value);
  const readings = isTurn ? [] : [() => compare(quantity.value, bare)];
  if (isAngle(unit)) readings.push(() => compare(inRadians(quantity.value, unit), bare));
  if (isQuarter(unit)) readings.push(() => compare(scaled(quantity.value, unit), bare));
  for (const { factor } of quantity.mixed)
    readings.push(() => compare(fraction(quantity.value, numberNode(factor)), bare));
  return any(readings.map((read) => read()));
}

/** `\frac{\pi}{6}^\circ`: what is so many degrees is not so many radians for leaving them out. */
const holdsPi = (value: Node): boolean => contains(value, (node) => node.kind === 'constant' && node.name === 'pi');

const isAngle = (unit: Unit): boolean => unit.dimensions.size === 1 && unit.dimensions.get('angle') === 1;

/** Quarters are coins, and fourths of anything. */
const isQuarter = ({ dimensions, factor }: Unit): boolean =>
  dimensions.size === 1 && dimensions.get('dollars') === 1 && same(factor, rational(1n, 4n));

/** Degrees and turns are known exactly, a radian is one. */
const inRadians = (value: Node, unit: Unit): Node =>
  unit.factor.d === 1n ? product([value, numberNode(unit.factor), { kind: 'unit', name: 'degree' }]) : value;

function compareUnits(left: Node, one: Unit, right: Node, other: Unit, context: Context): Outcome {
  const [leftUnit, rightUnit] = [meantBeside(one, other), meantBeside(other, one)];
  if ((leftUnit.limits || rightUnit.limits) && !limitAlike(leftUnit, rightUnit))
    return different('words limit one value');
  const bothMeasure = leftUnit.dimensions.size > 0 && rightUnit.dimensions.size > 0;
  if (isTemperature(leftUnit, rightUnit)) return comparePercentages(left, right, context);
  const [warmth, its] = [inKelvin(left, leftUnit), inKelvin(right, rightUnit)];
  if (warmth !== null && its !== null) return comparePercentages(warmth, its, context);
  if (bothMeasure && !sameDimensions(leftUnit, rightUnit)) return different('units of different kinds');
  if (!bothMeasure && !nounsFit(leftUnit, rightUnit)) return different('different things are counted');
  if (bothMeasure && isAngle(leftUnit) && !same(leftUnit.factor, rightUnit.factor))
    return comparePercentages(inRadians(left, leftUnit), inRadians(right, rightUnit), context);
  if (!bothMeasure || same(leftUnit.factor, rightUnit.factor)) return comparePercentages(left, right, context);
  return comparePercentages(scaled(left, leftUnit), scaled(right, rightUnit), context);
}

/** `72^\circ` may be those of a thermometer. */
const isTemperature = (one: Unit, other: Unit): boolean =>
  (isDegree(one) && isOfThermometer(other)) || (isOfThermometer(one) && isDegree(other));

const isDegree = (unit: Unit): boolean => isAngle(unit) && same(unit.factor, ONE);

const isOfThermometer = ({ dimensions }: Unit): boolean =>
  dimensions.size === 1 && (dimensions.get('celsius') === 1 || dimensions.get('fahrenheit') === 1);

/** By scale: what a degree of it is in kelvin, and where its zero lies in its own degrees above absolute zero. */
const SCALES: Readonly<Record<string, readonly [degree: Rational, zero: Rational]>> = {
  kelvin: [ONE, rational(0n, 1n)],
  celsius: [ONE, rational(27_315n, 100n)],
  fahrenheit: [rational(5n, 9n), rational(45_967n, 100n)],
};

/** A temperature in kelvin; null for what is none. */
function inKelvin(value: Node, { dimensions }: Unit): Node | null {
  const [[name, power] = ['', 0], ...others] = dimensions;
  const scale = others.length === 0 && power === 1 ? SCALES[name] : undefined;
  return scale === undefined ? null : product([numberNode(scale[0]), addition([value, numberNode(scale[1])])]);
}

const scaled = (value: Node, unit: Unit): Node => product([numberNode(unit.factor), value]);

const isWithin = (a: Unit, b: Unit): boolean => a.nouns.every((noun) => b.nouns.includes(noun));

const limitAlike = (a: Unit, b: Unit): boolean => a.limits === b.limits && isWithin(a, b) && isWithin(b, a);

/** Nouns fit if one side has none, or the words of one are among the other's; a measure beside a noun does not fit. */
function nounsFit(a: Unit, b: Unit): boolean {
  if (a.dimensions.size > 0) return b.nouns.length === 0;
  if (b.dimensions.size > 0) return a.nouns.length === 0;
  return isWithin(a, b) || isWithin(b, a);
}
