import type { Node } from '../tree.ts';

const NONE: readonly Node[] = [];

/** The nodes right below a node. */
export function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'number':
    case 'symbol':
    case 'constant':
    case 'unit':
      return NONE;
    case 'add':
      return node.terms;
    case 'multiply':
      return node.factors;
    case 'divide':
      return [node.numerator, node.denominator];
    case 'negate':
    case 'factorial':
    case 'percent':
    case 'plusMinus':
      return [node.operand];
    case 'power':
      return [node.base, node.exponent];
    case 'root':
      return [node.radicand, node.index];
    case 'call':
    case 'apply':
      return node.args;
    case 'big':
      return [node.lower, node.upper, node.body].filter((part) => part !== null);
    case 'matrix':
      return node.rows.flat();
    default:
      return structureChildren(node);
  }
}

function structureChildren(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'list':
    case 'set':
    case 'tuple':
      return node.items;
    case 'combination':
      return node.operands;
    case 'relation':
      return node.sides;
    case 'ratio':
      return node.parts;
    case 'setBuilder':
      return [node.element, node.condition];
    case 'labelled':
      return [node.content];
    case 'qualified':
      return node.condition === null ? [node.content] : [node.content, node.condition];
    default:
      return NONE;
  }
}

/** Whether any node of the tree satisfies the test. */
export function contains(node: Node, test: (node: Node) => boolean): boolean {
  if (test(node)) return true;
  for (const child of children(node)) if (contains(child, test)) return true;
  return false;
}

/** Whether any node of the tree is of one of some kinds. */
export function containsKind(node: Node, kinds: ReadonlySet<Node['kind']>): boolean {
  if (kinds.has(node.kind)) return true;
  for (const child of children(node)) if (containsKind(child, kinds)) return true;
  return false;
}

/** Whether all nodes of the tree are of some kinds. */
export function isOfKinds(node: Node, kinds: ReadonlySet<Node['kind']>): boolean {
  if (!kinds.has(node.kind)) return false;
  for (const child of children(node)) if (!isOfKinds(child, kinds)) return false;
  return true;
}

/** The names that stand for unknown values; a sum's own index is none. */
export function freeSymbols(node: Node): ReadonlySet<string> {
  const found = new Set<string>();
  collect(node, new Set(), found);
  return found;
}

function collect(node: Node, bound: ReadonlySet<string>, found: Set<string>): void {
  if (node.kind === 'symbol') {
    if (!bound.has(node.name)) found.add(node.name);
  } else if (node.kind === 'big' && node.variable !== null) {
    for (const limit of [node.lower, node.upper]) if (limit !== null) collect(limit, bound, found);
    collect(node.body, new Set([...bound, node.variable]), found);
  } else for (const child of children(node)) collect(child, bound, found);
}

/** Neither symbols nor functions that are only named: its value is one number. */
export const isConstant = (node: Node): boolean =>
  !containsKind(node, APPLIED) && (!containsKind(node, NAMED) || freeSymbols(node).size === 0);

const APPLIED: ReadonlySet<Node['kind']> = new Set(['apply']);
const NAMED: ReadonlySet<Node['kind']> = new Set(['symbol']);
