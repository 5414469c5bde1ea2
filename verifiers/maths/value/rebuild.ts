import type { Node } from '../tree.ts';

/** The tree with `change` applied to every node, children first. */
export function rebuild(node: Node, change: (node: Node) => Node): Node {
  return change(withChildren(node, (child) => rebuild(child, change)));
}

function withChildren(node: Node, change: (node: Node) => Node): Node {
  switch (node.kind) {
    case 'add':
      return { ...node, terms: node.terms.map(change) };
    case 'multiply':
      return { ...node, factors: node.factors.map(change) };
    case 'divide':
      return { ...node, numerator: change(node.numerator), denominator: change(node.denominator) };
    case 'negate':
    case 'factorial':
    case 'percent':
    case 'plusMinus':
      return { ...node, operand: change(node.operand) };
    case 'power':
      return { ...node, base: change(node.base), exponent: change(node.exponent) };
    case 'root':
      return { ...node, radicand: change(node.radicand), index: change(node.index) };
    case 'call':
    case 'apply':
      return { ...node, args: node.args.map(change) };
    case 'big':
      return {
        ...node,
        lower: node.lower && change(node.lower),
        upper: node.upper && change(node.upper),
        body: change(node.body),
      };
    case 'matrix':
      return { ...node, rows: node.rows.map((row) => row.map(change)) };
    default:
      return withStructureChildren(node, change);
  }
}

function withStructureChildren(node: Node, change: (node: Node) => Node): Node {
  switch (node.kind) {
    case 'list':
    case 'set':
    case 'tuple':
      return { ...node, items: node.items.map(change) };
    case 'combination':
      return { ...node, operands: node.operands.map(change) };
    case 'relation':
      return { ...node, sides: node.sides.map(change) };
    case 'ratio':
      return { ...node, parts: node.parts.map(change) };
    default:
      return node;
  }
}
