import type { Policies } from '../policies.ts';
import { addition, type Node } from '../tree.ts';
import { freeSymbols } from '../value/scan.ts';

/** Both expressions, a `+ C` that only one of them has left out where the policy allows. */
export function withoutConstant(reference: Node, answer: Node, policies: Policies): readonly [Node, Node] {
  if (policies.constantOfIntegration === 'required') return [reference, answer];
  if (!freeSymbols(answer).has('C')) return [stripped(reference), answer];
  return freeSymbols(reference).has('C') ? [reference, answer] : [reference, stripped(answer)];
}

function stripped(node: Node): Node {
  if (node.kind !== 'add') return node;
  const rest = node.terms.filter((term) => !(term.kind === 'symbol' && term.name === 'C'));
  return rest.length === node.terms.length - 1 ? addition(rest) : node;
}
