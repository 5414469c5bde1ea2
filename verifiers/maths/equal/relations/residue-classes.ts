import { attempt, type Budget } from '../../budget.ts';
import { type Node, numberNode } from '../../tree.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import { absolute, divide, integer, multiply, type Rational, same, subtract } from '../../value/rational.ts';
import { rebuild } from '../../value/rebuild.ts';
import { contains, freeSymbols } from '../../value/scan.ts';
import type { Context } from '../context.ts';
import { different, equal, type Outcome } from '../outcome.ts';

/** Whole numbers that leave one remainder: `x \equiv 3 \pmod 8`, `x = 8k + 3` for all whole k. */
interface ResidueClass {
  /** Of which unknown it is said; null where of none. */
  readonly of: string | null;
  readonly remainder: Rational;
  readonly modulus: Rational;
  /** What runs over the whole numbers; null where none is named. */
  readonly parameter: string | null;
  /** Whether both are multiples of π. */
  readonly ofPi: boolean;
  /** Whether it says itself that all whole numbers are meant. */
  readonly whole: boolean;
}

/** Null where one is no class, and where two are written with parameters of which neither says over what it runs. */
export function compareClasses(reference: Node, answer: Node, { budget }: Context): Outcome | null {
  if (!mayBeClass(reference) || !mayBeClass(answer)) return null;
  const left = classOf(reference, budget);
  const right = left === null ? null : classOf(answer, budget);
  if (left === null || right === null || left.ofPi !== right.ofPi) return null;
  if (left.of !== null && right.of !== null && left.of !== right.of) return null;
  if (!left.whole && !right.whole)
    return same(left.remainder, right.remainder) && same(left.modulus, right.modulus) && areCounted(left, right)
      ? equal('the same numbers by another parameter')
      : null;
  const apart = divide(subtract(left.remainder, right.remainder), left.modulus);
  const alike = same(left.modulus, right.modulus) && apart.d === 1n;
  return alike ? equal('the same residue class') : different('different residue classes');
}

/** Letters that count: `n = 4k + 1` and `n = 4m + 1`, while `y = 4t + 1` may be a line. */
const areCounted = ({ of, parameter }: ResidueClass, other: ResidueClass): boolean =>
  of !== 'y' && [parameter, other.parameter].every((name) => name !== null && 'jklmnpqrst'.includes(name));

const mayBeClass = ({ kind }: Node): boolean => kind === 'relation' || kind === 'qualified' || kind === 'setBuilder';

function classOf(node: Node, budget: Budget): ResidueClass | null {
  if (node.kind === 'relation') return ofRelation(node, null, budget);
  if (node.kind === 'setBuilder')
    return classOf({ kind: 'qualified', content: node.element, condition: node.condition }, budget);
  if (node.kind !== 'qualified' || node.condition?.kind !== 'relation') return null;
  const [parameter, among] = node.condition.sides;
  const whole = node.condition.operators.join() === '∈' && among?.kind === 'numberSet' && among.name === 'Z';
  if (!whole || parameter?.kind !== 'symbol') return null;
  return node.content.kind === 'relation'
    ? ofRelation(node.content, parameter.name, budget)
    : ofMultiples(null, node.content, parameter.name, true, budget);
}

function ofRelation(node: Node & { kind: 'relation' }, parameter: string | null, budget: Budget): ResidueClass | null {
  const [name, value, ...others] = node.sides;
  if (name?.kind !== 'symbol' || value === undefined || others.length > 0) return null;
  if (node.operators[0] === '≡') return ofCongruence(name.name, value, budget);
  const [only, ...further] = freeSymbols(value);
  const runs = parameter ?? (further.length === 0 ? only : undefined);
  const isMultiple = node.operators[0] === '=' && runs !== undefined && runs !== name.name;
  return isMultiple ? ofMultiples(name.name, value, runs, parameter !== null, budget) : null;
}

function ofCongruence(of: string, value: Node, budget: Budget): ResidueClass | null {
  if (value.kind !== 'call' || (value.name !== 'congruent' && value.name !== 'modulo')) return null;
  const [remainder, modulus] = value.args.map((arg) => attempt(() => exactValue(arg, NO_BINDINGS, budget)));
  return remainder?.d === 1n && modulus?.d === 1n && modulus.n > 0n
    ? { of, remainder, modulus, parameter: null, ofPi: false, whole: true }
    : null;
}

const PLACES: readonly Rational[] = [0, 1, 2, 7].map(integer);

/** `8k + 3`: linear in its one parameter. */
function ofMultiples(
  of: string | null,
  node: Node,
  parameter: string,
  whole: boolean,
  budget: Budget,
): ResidueClass | null {
  const ofPi = contains(node, isPi);
  const plain = ofPi ? withoutPi(node, budget) : node;
  const values = PLACES.map((place) => attempt(() => exactValue(plain ?? node, new Map([[parameter, place]]), budget)));
  if (values.includes(null)) return null;
  const [first, second, third, last] = values as [Rational, Rational, Rational, Rational];
  const step = subtract(second, first);
  const linear = same(subtract(third, second), step) && same(subtract(last, first), multiply(integer(7), step));
  return linear && step.n !== 0n ? { of, remainder: first, modulus: absolute(step), parameter, ofPi, whole } : null;
}

const isPi = (node: Node): boolean => node.kind === 'constant' && node.name === 'pi';

/** What `\frac{\pi}{6} + 2\pi k` is a multiple of π by; null where a term holds no π, or holds it squared. */
function withoutPi(node: Node, budget: Budget): Node | null {
  const at = (pi: number, parameter: number): Rational | null => {
    const there = rebuild(node, (inner) => (isPi(inner) ? numberNode(integer(pi)) : inner));
    const values = new Map([...freeSymbols(there)].map((name) => [name, integer(parameter)]));
    return attempt(() => exactValue(there, values, budget));
  };
  const proportional = [0, 1].every((place) => {
    const [once, thrice] = [at(1, place), at(3, place)];
    return once !== null && thrice !== null && same(multiply(integer(3), once), thrice);
  });
  return proportional ? rebuild(node, (inner) => (isPi(inner) ? numberNode(integer(1)) : inner)) : null;
}
