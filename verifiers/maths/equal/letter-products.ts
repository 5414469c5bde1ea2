import { type Node, product, symbol } from '../tree.ts';
import { rebuild } from '../value/rebuild.ts';
import { freeSymbols } from '../value/scan.ts';

/** A run of capitals is read as one name: of a segment, or of the product that it is in `PV = nRT`. */
const NAME = /^[A-Z]{2,5}$/;

const isNameOfSeveral = (name: string): boolean => NAME.test(name);

/** Two equations, the names of capitals in both as products where not both have the same ones: `V = IR` and `I = V/R`. */
export function withProducts<T extends Node>(one: T, other: T): readonly [T, T] {
  const [its, mine] = [namesIn(one), namesIn(other)];
  if (its.size + mine.size === 0 || its.symmetricDifference(mine).size === 0) return [one, other];
  const all = freeSymbols(one).union(freeSymbols(other));
  const isFormula = [...all].some((name) => /^[a-zA-Z]$/.test(name));
  return isFormula ? [inFactors(one, its), inFactors(other, mine)] : [one, other];
}

/** An expression with the names as products of which the other has each letter by itself: `RT` beside `R` and `T`. */
export function withFactorsOf(node: Node, other: Node): Node {
  const alone = freeSymbols(other);
  const names = [...namesIn(node)].filter((name) => !alone.has(name) && [...name].every((letter) => alone.has(letter)));
  return names.length === 0 ? node : inFactors(node, new Set(names));
}

const namesIn = (node: Node): Set<string> => new Set([...freeSymbols(node)].filter(isNameOfSeveral));

const inFactors = <T extends Node>(node: T, names: ReadonlySet<string>): T =>
  rebuild(node, (inner) =>
    inner.kind === 'symbol' && names.has(inner.name) ? product([...inner.name].map(symbol)) : inner,
  ) as T;
