import { attempt, type Budget } from '../../budget.ts';
import { integerNode, type Node, numberNode, symbol } from '../../tree.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import {
  add,
  divide,
  integer,
  multiply,
  order,
  type Rational,
  rational,
  same,
  subtract,
  ZERO,
} from '../../value/rational.ts';
import { rebuild } from '../../value/rebuild.ts';
import { freeSymbols } from '../../value/scan.ts';

/** Of a geometric progression so many terms are added up; of an arithmetic one any number. */
const MOST_TERMS = 200;

/**
 * `1 + 2 + \dots + 10` as its sum: two terms at least before the dots, and what stands behind them goes on in the same
 * way. Null where the terms are of no progression, or where an arithmetic and a geometric one would fit: `1 + 2 + \dots + 64`.
 */
export function sumOfProgression(terms: readonly Node[]): Node | null {
  const dots = terms.findIndex(({ kind }) => kind === 'ellipsis');
  if (dots < 2 || dots === terms.length - 1) return null;
  const shown = [...terms.slice(0, dots), ...terms.slice(dots + 1)].map(numberOf);
  if (shown.includes(null)) return null;
  const sums = [arithmetic, geometric].map((sum) => sum(shown as Rational[], dots)).filter((sum) => sum !== null);
  return sums.length === 1 ? numberNode(sums[0]!) : null;
}

function numberOf(node: Node): Rational | null {
  if (node.kind === 'number') return node.value;
  if (node.kind === 'negate') {
    const operand = numberOf(node.operand);
    return operand === null ? null : subtract(ZERO, operand);
  }
  if (node.kind !== 'divide') return null;
  const [above, below] = [numberOf(node.numerator), numberOf(node.denominator)];
  return above === null || below === null || below.n === 0n ? null : divide(above, below);
}

/** Whether all neighbours but those on both sides of the dots are joined by a step. */
const stepsAlike = (shown: readonly Rational[], dots: number, next: (term: Rational) => Rational): boolean =>
  shown.slice(1).every((term, index) => index + 1 === dots || same(next(shown[index]!), term));

function arithmetic(shown: readonly Rational[], dots: number): Rational | null {
  const [first, last] = [shown[0]!, shown.at(-1)!];
  const step = subtract(shown[1]!, first);
  if (step.n === 0n || !stepsAlike(shown, dots, (term) => add(term, step))) return null;
  const steps = divide(subtract(last, first), step);
  if (steps.d !== 1n || steps.n < BigInt(shown.length - 1)) return null;
  return multiply(multiply(add(first, last), integer(steps.n + 1n)), rational(1n, 2n));
}

function geometric(shown: readonly Rational[], dots: number): Rational | null {
  const [first, last] = [shown[0]!, shown.at(-1)!];
  if (first.n === 0n) return null;
  const ratio = divide(shown[1]!, first);
  const size = order(multiply(ratio, ratio), integer(1));
  if (ratio.n === 0n || size === 0 || !stepsAlike(shown, dots, (term) => multiply(term, ratio))) return null;
  let [term, sum] = [first, first];
  for (let count = 1; count < MOST_TERMS; count += 1) {
    term = multiply(term, ratio);
    sum = add(sum, term);
    if (same(term, last)) return count >= shown.length - 1 ? sum : null;
    const beyond = order(multiply(term, term), multiply(last, last));
    if (size > 0 ? beyond > 0 : beyond < 0) return null;
  }
  return null;
}

/** What the first term may be numbered by. */
const FIRST = [1, 0, 2];

/**
 * `1^2 + 2^2 + \dots + n^2` as the sum of its last term for all numbers up to the letter in it; null where the terms before
 * the dots do not come of it.
 */
export function sumUpToLetter(terms: readonly Node[], budget: Budget): Node | null {
  const dots = terms.findIndex(({ kind }) => kind === 'ellipsis');
  const last = terms.at(-1)!;
  if (dots < 2 || dots !== terms.length - 2) return null;
  const [name, ...others] = freeSymbols(last);
  if (name === undefined || others.length > 0) return null;
  const at = (place: Node): Node =>
    rebuild(last, (node) => (node.kind === 'symbol' && node.name === name ? place : node));
  const first = FIRST.find((place) =>
    terms.slice(0, dots).every((term, index) => {
      const [shown, found] = [term, at(integerNode(place + index))].map((node) =>
        attempt(() => exactValue(node, NO_BINDINGS, budget)),
      );
      return shown != null && found != null && same(shown, found);
    }),
  );
  if (first === undefined) return null;
  const variable = name === 'j' ? 'k' : 'j';
  return {
    kind: 'big',
    operator: 'sum',
    variable,
    lower: integerNode(first),
    upper: symbol(name),
    body: at(symbol(variable)),
  };
}
