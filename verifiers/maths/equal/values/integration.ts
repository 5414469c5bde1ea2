import type { Policies } from '../../policies.ts';
import { addition, type Node, symbol } from '../../tree.ts';
import { freeSymbols } from '../../value/scan.ts';

/** Names of a constant of integration beside `C`. */
const OTHER_NAMES: readonly string[] = ['c', 'K', 'k', 'C_1', 'c_1'];

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
  const variables = [...freeSymbols({ kind: 'list', items: rest })];
  return rest.length === terms.length - 1 && variables.length === 1 && /^[a-z]/.test(variables[0]!);
}

const termsOf = (node: Node): readonly Node[] => (node.kind === 'add' ? node.terms : []);

const isOneOf = (term: Node, names: readonly string[]): boolean => term.kind === 'symbol' && names.includes(term.name);

function stripped(node: Node): Node {
  const rest = termsOf(node).filter((term) => !isOneOf(term, ['C']));
  return rest.length > 0 && rest.length === termsOf(node).length - 1 ? addition(rest) : node;
}
