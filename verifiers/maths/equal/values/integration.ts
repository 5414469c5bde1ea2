import type { Policies } from '../../policies.ts';
import { addition, difference, fraction, type Node, numberNode, symbol } from '../../tree.ts';
import { type Rational, rational } from '../../value/rational.ts';
import { rebuild } from '../../value/rebuild.ts';
import { freeSymbols, isConstant } from '../../value/scan.ts';

/** Names of a constant of integration beside `C`. */
const OTHER_NAMES: readonly string[] = ['c', 'K', 'k', 'C_1', 'c_1'];
/** Names of a constant that multiplies. */
const FACTORS: readonly string[] = ['A', 'C', ...OTHER_NAMES];

/**
 * Both expressions with one name for their constants of integration; a `+ C` that only one of them has is left out
 * where the policy allows.
 */
export function withConstants(reference: Node, answer: Node, policies: Policies): readonly [Node, Node] {
  const [left, right] = [renamed(reference, answer), renamed(answer, reference)];
  if (policies.constantOfIntegration === 'required') return [left, right];
  if (!freeSymbols(right).has('C')) return [stripped(left), right];
  return freeSymbols(left).has('C') ? [left, right] : [left, stripped(right)];
}

/** A lone `+ c` is `+ C` where the other has that, and one variable and no other letter stands beside it. */
function renamed(node: Node, other: Node): Node {
  if (!hasConstant(other, ['C']) || freeSymbols(node).has('C') || !hasConstant(node, OTHER_NAMES)) return node;
  const terms = termsOf(node).map((term) => (isOneOf(term, OTHER_NAMES) ? symbol('C') : term));
  return freeSymbols(node).symmetricDifference(freeSymbols(other)).size === 2 ? addition(terms) : node;
}

function hasConstant(node: Node, names: readonly string[]): boolean {
  const terms = termsOf(node);
  const rest = terms.filter((term) => !isOneOf(term, names));
  if (rest.length !== terms.length - 1) return false;
  const variables = [...freeSymbols({ kind: 'list', items: rest })];
  return variables.length === 1 && /^[a-z]/.test(variables[0]!);
}

/** The terms of a sum, and of one that is divided by a number. */
function termsOf(node: Node): readonly Node[] {
  if (node.kind === 'add') return node.terms;
  return node.kind === 'divide' && isConstant(node.denominator)
    ? termsOf(node.numerator).map((term) => fraction(term, node.denominator))
    : [];
}

/** The constant, or a multiple of it, which is as arbitrary. */
function isOneOf(term: Node, names: readonly string[]): boolean {
  if (term.kind === 'symbol') return names.includes(term.name);
  if (term.kind === 'negate') return isOneOf(term.operand, names);
  if (term.kind === 'divide') return isOneOf(term.numerator, names) && isConstant(term.denominator);
  const [first, second, ...others] = term.kind === 'multiply' ? term.factors : [];
  return (
    second !== undefined &&
    others.length === 0 &&
    first!.kind === 'number' &&
    first!.value.n !== 0n &&
    isOneOf(second, names)
  );
}

function stripped(node: Node): Node {
  const rest = termsOf(node).filter((term) => !isOneOf(term, ['C']));
  return rest.length > 0 && rest.length === termsOf(node).length - 1 ? addition(rest) : node;
}

/** Two places, for what has no value at the first. */
const PLACES = [rational(7n, 5n), rational(3n, 7n)];

/**
 * Both antiderivatives without their constants and each less its own value at one place, so that those that differ by a
 * number are equal; null where one has no constant.
 */
export function withoutConstants(reference: Node, answer: Node): readonly (readonly [Node, Node])[] | null {
  if (!hasConstant(reference, ['C']) || !hasConstant(answer, ['C'])) return null;
  const variables = new Set([...freeSymbols(reference), ...freeSymbols(answer)].filter((name) => name !== 'C'));
  const [variable, ...others] = variables;
  if (variable === undefined || others.length > 0) return null;
  const lessItself = (node: Node, place: Rational): Node => {
    const there = rebuild(stripped(node), (inner) =>
      inner.kind === 'symbol' && inner.name === variable ? numberNode(place) : inner,
    );
    return difference(stripped(node), there);
  };
  return PLACES.map((place) => [lessItself(reference, place), lessItself(answer, place)]);
}

/** Names of constants where there are several. */
const NUMBERED = /^[cCkK]_\{?[12]\}?$/;
const SEVERAL = /^(?:[cCkK]_\{?\d\}?|[A-DK])$/;

/** The answer with its arbitrary constants called as the reference's are, in each order: `A\cos x + B\sin x`. */
export function withConstantsOf(reference: Node, answer: Node): readonly Node[] {
  const mine = [...freeSymbols(answer).difference(freeSymbols(reference))];
  const its = [...freeSymbols(reference).difference(freeSymbols(answer))];
  const [first, second] = its;
  if (its.length === 0 && mine.length === 0) return [answer, ...withConstantsExchanged(answer)];
  if (its.length !== 2 || mine.length !== 2 || ![...mine, ...its].every((name) => SEVERAL.test(name)))
    return [withConstantOf(reference, answer)];
  return [
    [first!, second!],
    [second!, first!],
  ].map((names) =>
    rebuild(answer, (inner) =>
      inner.kind === 'symbol' && mine.includes(inner.name) ? symbol(names[mine.indexOf(inner.name)]!) : inner,
    ),
  );
}

/** `C_1 e^{-x} + C_2 e^x` with its two constants the other way round: which is which means nothing. */
function withConstantsExchanged(answer: Node): readonly Node[] {
  const names = [...freeSymbols(answer)].filter((name) => NUMBERED.test(name));
  if (names.length !== 2) return [];
  const [first, second] = names as [string, string];
  return [
    rebuild(answer, (inner) => {
      if (inner.kind !== 'symbol' || !names.includes(inner.name)) return inner;
      return symbol(inner.name === first ? second : first);
    }),
  ];
}

/** The answer with its one arbitrary constant called as the reference's is: `y = ce^{2x}` for `y = Ce^{2x}`. */
export function withConstantOf(reference: Node, answer: Node): Node {
  const [mine] = freeSymbols(answer).difference(freeSymbols(reference));
  const missing = freeSymbols(reference).difference(freeSymbols(answer));
  const [its] = missing;
  if (mine === undefined || its === undefined || missing.size > 1 || freeSymbols(answer).size < 2) return answer;
  const same = freeSymbols(answer).size === freeSymbols(reference).size;
  if (!same || !FACTORS.includes(mine) || !FACTORS.includes(its)) return answer;
  return rebuild(answer, (inner) => (inner.kind === 'symbol' && inner.name === mine ? symbol(its) : inner));
}
