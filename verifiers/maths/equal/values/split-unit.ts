import { attempt, newBudget } from '../../budget.ts';
import { addition, fraction, integerNode, type Node, negation, numberNode, product } from '../../tree.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import { ONE } from '../../value/rational.ts';
import { rebuild } from '../../value/rebuild.ts';
import { containsKind } from '../../value/scan.ts';
import { combine, isUnitName, NO_UNIT, readUnit, type Unit } from '../../value/units.ts';
import { isLabel } from '../../value/word-roles.ts';

/** An expression with its unit taken off; null stands for a factor of one. */
interface Split {
  readonly value: Node | null;
  readonly unit: Unit | null;
  readonly mixed?: readonly Unit[];
}

export interface Quantity {
  readonly value: Node;
  readonly unit: Unit | null;
  /** The units of which `2 h 24 min` is a sum; its value is in base units. */
  readonly mixed: readonly Unit[];
}

const UNIT: ReadonlySet<Node['kind']> = new Set(['unit']);

/** `5 \text{ cm}` is five and a length. An expression without units is its own value. */
export function splitUnit(node: Node): Quantity {
  if (!containsKind(node, UNIT)) return { value: node, unit: null, mixed: [] };
  const { value, unit, mixed = [] } = split(node);
  return { value: value ?? integerNode(1), unit, mixed };
}

/** The same with single letters read as units, which they only are beside a quantity: `10 m/s`. */
export function splitLetterUnits(node: Node): Quantity {
  return splitUnit(
    rebuild(node, (inner) =>
      inner.kind === 'symbol' && isUnitName(inner.name) ? { kind: 'unit', name: inner.name } : inner,
    ),
  );
}

function split(node: Node): Split {
  switch (node.kind) {
    case 'unit':
      return { value: null, unit: readUnit(node.name) };
    case 'multiply':
      return splitProduct(node.factors);
    case 'divide':
      return splitFraction(node.numerator, node.denominator);
    case 'power':
      return splitPower(node);
    case 'negate': {
      const { value, unit } = split(node.operand);
      return { value: negation(value ?? integerNode(1)), unit };
    }
    case 'add':
      return splitSum(node.terms);
    default:
      return { value: node, unit: null };
  }
}

/** Words before the value are its label unless they change it, but a currency is a unit there too. */
function splitProduct(factors: readonly Node[]): Split {
  const parts = factors.map(split);
  const [head] = factors;
  if (head!.kind === 'unit') {
    const { dimensions, nouns } = parts[0]!.unit!;
    const measures = dimensions.size > 0 && nouns.length === 0;
    if (!measures && !isLabel(head!.name)) parts[0] = { value: null, unit: { ...parts[0]!.unit!, limits: true } };
    else if (dimensions.size === 0) parts.shift();
  }
  const values = parts.flatMap((part) => (part.value === null ? [] : [part.value]));
  return { value: values.length === 0 ? null : product(values), unit: unitOfProduct(parts) };
}

function unitOfProduct(parts: readonly Split[]): Unit | null {
  const units = parts.flatMap((part) => (part.unit === null ? [] : [part.unit]));
  return units.length === 0 ? null : units.reduce((a, b) => combine(a, b, 1));
}

function splitFraction(numerator: Node, denominator: Node): Split {
  const above = split(numerator);
  const below = split(denominator);
  const unit = below.unit === null ? above.unit : combine(above.unit ?? NO_UNIT, below.unit, -1);
  if (below.value === null) return { value: above.value, unit };
  return { value: fraction(above.value ?? integerNode(1), below.value), unit };
}

/** `\text{cm}^2` squares the unit; `(5 \text{ cm})^2` stays whole. */
function splitPower(node: Node & { kind: 'power' }): Split {
  const base = split(node.base);
  const phrase = node.base.kind === 'unit' && /[/\s]/.test(node.base.name) ? node.base.name : null;
  const exponent = attempt(() => exactValue(node.exponent, NO_BINDINGS, newBudget(100)));
  const small = exponent !== null && exponent.d === 1n && exponent.n >= -9n && exponent.n <= 9n;
  if (base.unit === null || base.value !== null || !small) return { value: node, unit: null };
  if (phrase !== null) return { value: null, unit: readUnit(`${phrase}^${exponent.n}`) };
  return { value: null, unit: combine(NO_UNIT, base.unit, Number(exponent.n)) };
}

/** `3 ft 6 in` is a sum; in `1 + \sqrt{2} \text{ cm}` the unit is that of the whole. */
function splitSum(terms: readonly Node[]): Split {
  const parts = terms.map(split);
  const values = parts.map((part) => part.value ?? integerNode(1));
  const units = parts.map((part) => part.unit);
  if (units.slice(0, -1).every((unit) => unit === null)) return { value: addition(values), unit: units.at(-1)! };
  if (units.some((unit) => unit === null || !sameDimensions(unit, units[0]!)))
    return { value: addition(terms), unit: null };
  const scaled = values.map((value, index) => product([numberNode(units[index]!.factor), value]));
  return {
    value: addition(scaled),
    unit: { ...units[0]!, factor: ONE, limits: units.some((unit) => unit!.limits) },
    mixed: units as readonly Unit[],
  };
}

export const sameDimensions = (a: Unit, b: Unit): boolean =>
  a.dimensions.size === b.dimensions.size &&
  [...a.dimensions].every(([name, power]) => b.dimensions.get(name) === power);
