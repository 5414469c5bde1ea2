import type { Node } from '../tree.ts';

/** Whether two trees are the same, node by node. */
export function sameForm(a: Node, b: Node): boolean {
  return a === b || (a.kind === b.kind && spellNode(a) === spellNode(b));
}

const spellNode = (node: Node): string =>
  JSON.stringify(node, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
