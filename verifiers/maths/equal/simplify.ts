import { type Budget, spend } from '../budget.ts';
import { type Comparison, type Node, symbol } from '../tree.ts';
import { determinant, hasMatrix, matrixValue } from '../value/matrix.ts';
import { contains, containsKind, isConstant } from '../value/scan.ts';
import { isLabel } from '../value/word-roles.ts';
import { assignments } from './assignments.ts';
import { withNamedPoints } from './collections/points.ts';
import { bothSigns, hasPlusMinus } from './plus-minus.ts';

/** Brings an answer to the form in which it is compared: values instead of approximations, lists instead of `\pm`. */
export function simplify(node: Node, budget: Budget): Node {
  spend(budget, 1);
  if (node.kind === 'tuple' && node.items.every(isExpression) && hasPlusMinus(node))
    return { kind: 'list', items: bothSigns(node).map((point) => simplify(point, budget)) };
  const inner = simplifyParts(node, budget);
  if (inner.kind === 'relation') return simplifyRelation(inner);
  if (inner.kind === 'list' || inner.kind === 'set') return { ...inner, items: grouped(flattened(inner.items)) };
  return isExpression(inner) ? simplifyExpression(inner, budget) : inner;
}

/** What makes a list or a matrix of an expression that holds it. */
const SPREADING: ReadonlySet<Node['kind']> = new Set(['plusMinus', 'matrix']);

function simplifyExpression(node: Node, budget: Budget): Node {
  const spreads = containsKind(node, SPREADING);
  if (spreads && hasPlusMinus(node)) return { kind: 'list', items: bothSigns(node) };
  if (node.kind === 'add' && !(spreads && hasMatrix(node))) return withoutReals(node);
  return spreads && node.kind !== 'matrix' && hasMatrix(node) ? simplifyMatrix(node, budget) : node;
}

function simplifyParts(node: Node, budget: Budget): Node {
  const each = (nodes: readonly Node[]): Node[] => nodes.map((part) => simplify(part, budget));
  switch (node.kind) {
    case 'list':
    case 'set':
      return { ...node, items: each(withNamedPoints(withVariable(node.items))) };
    case 'tuple':
      return { ...node, items: each(node.items) };
    case 'combination':
      return { ...node, operands: each(node.operands) };
    case 'relation':
      return { ...node, sides: each(node.sides) };
    default:
      return node;
  }
}

const EXPRESSIONS: ReadonlySet<Node['kind']> = new Set([
  'number',
  'symbol',
  'constant',
  'add',
  'multiply',
  'divide',
  'negate',
  'power',
  'root',
  'factorial',
  'percent',
  'call',
  'apply',
  'big',
  'plusMinus',
  'unit',
  'matrix',
]);

export const isExpression = (node: Node): boolean => EXPRESSIONS.has(node.kind);

/** `x = 1, 2` means both for x. */
function withVariable(items: readonly Node[]): readonly Node[] {
  const [first, ...rest] = items;
  const last = rest.at(-1);
  if (first?.kind === 'relation' && first.operators.join() === '≡' && last?.kind === 'call' && isClass(last))
    return [first.sides[1]!, ...rest].map((value) => inClass(first, value, last.args[1]!));
  const assigned =
    first?.kind === 'relation' &&
    first.operators.length === 1 &&
    /^[=≠]$/.test(first.operators[0]!) &&
    first.sides[0]!.kind === 'symbol';
  if (!assigned || rest.length === 0 || !rest.every(isExpression)) return items;
  return [first, ...rest.map((value): Node => ({ ...first, sides: [first.sides[0]!, value] }))];
}

/** `n \equiv 0, 1 \pmod 4` says the modulus once for all. */
const inClass = (relation: Node & { kind: 'relation' }, value: Node, modulus: Node): Node => {
  const remainder = value.kind === 'call' && isClass(value) ? value.args[0]! : value;
  return {
    ...relation,
    sides: [relation.sides[0]!, { kind: 'call', name: 'congruent', args: [remainder, modulus] }],
  };
};

/** Lists in lists, as `\pm` makes them, are one list. */
const flattened = (items: readonly Node[]): readonly Node[] =>
  items.flatMap((item) => (item.kind === 'list' ? item.items : [item]));

/** `x = 1, y = 2, x = 2, y = 1`, where the names come round again, is a list of points. */
function grouped(items: readonly Node[]): readonly Node[] {
  const assigned = assignments(items);
  const period = assigned?.names.indexOf(assigned.names[0]!, 1) ?? -1;
  if (assigned === null || period < 2 || items.length % period !== 0) return items;
  if (assigned.names.some((name, index) => name !== assigned.names[index % period])) return items;
  return Array.from({ length: items.length / period }, (_, index) => ({
    kind: 'tuple',
    open: '(',
    close: ')',
    items: assigned.values.slice(index * period, (index + 1) * period),
  }));
}

function simplifyRelation(node: Node & { kind: 'relation' }): Node {
  const exact = withoutApproximations(node);
  if (exact.kind !== 'relation') return exact;
  const [first, ...rest] = exact.sides;
  if (first!.kind === 'ellipsis' && exact.operators[0] === '=') return relation(exact.operators.slice(1), rest);
  if (
    exact.operators.at(-1) === '∈' &&
    exact.sides.length === 2 &&
    !contains(first!, (inner) => inner.kind === 'number' || (inner.kind === 'unit' && !isLabel(inner.name)))
  )
    return asRegion(exact.sides[1]!);
  if (exact.operators[0] === '≡' && isFunction(first!) && isExpression(exact.sides[1]!) && !isClass(exact.sides[1]!))
    return simplifyRelation({ ...exact, operators: ['='], sides: [ofItsArgument(first!), ...rest] });
  if (exact.sides.length === 2 && exact.operators[0] === '∉')
    return { kind: 'combination', operator: '∖', operands: [{ kind: 'numberSet', name: 'R' }, exact.sides[1]!] };
  if (exact.sides.length === 2 && exact.operators[0] === '=' && namesPoint(exact)) return inOrderOfNames(exact);
  if (exact.sides.length === 2 && /^[=≡]$/.test(exact.operators[0]!) && isList(exact.sides[1]!)) {
    return {
      kind: exact.sides[1]!.kind,
      items: exact.sides[1]!.items.map((value) => ({ ...exact, sides: [first!, value] })),
    };
  }
  if (exact.sides.length === 2 && exact.operators[0] === '≠' && isList(exact.sides[1]!)) return apartFromAll(exact);
  return exact;
}

/** `x \ne \pm 1` leaves both out. */
const apartFromAll = (node: Node & { kind: 'relation' }): Node => {
  const [name, values] = node.sides as [Node, Node & { kind: 'list' }];
  return { kind: 'list', items: values.items.map((value) => ({ ...node, sides: [name, value] })), joint: 'and' };
};

/** What a number lies in is an interval, and no list of two numbers. */
const asRegion = (node: Node): Node =>
  node.kind === 'tuple' && node.items.length === 2 && node.items.every(isConstant)
    ? { kind: 'combination', operator: '∪', operands: [node] }
    : node;

/** `f(x)`, and f alone where it is said what it is everywhere: `f \equiv 0`. */
const isFunction = (node: Node): boolean =>
  node.kind === 'apply' || (node.kind === 'symbol' && /^[fgh]$/.test(node.name));

const ofItsArgument = (node: Node): Node =>
  node.kind === 'symbol' ? { kind: 'apply', name: node.name, args: [symbol('x')] } : node;

/** `f(x) \equiv 0` says of a function what it is everywhere, `f(x) \equiv 0 \pmod 3` does not. */
const isClass = (node: Node): boolean => node.kind === 'call' && node.name === 'congruent';

/** `(y, x) = (2, 1)` */
function namesPoint({ sides: [names, values] }: Node & { kind: 'relation' }): boolean {
  return (
    names?.kind === 'tuple' &&
    values?.kind === 'tuple' &&
    names.items.length === values.items.length &&
    names.items.every((item) => item.kind === 'symbol') &&
    new Set(names.items.map((item) => (item as { name: string }).name)).size === names.items.length
  );
}

/** The same with its names in alphabetical order, in which points are written where they are not named. */
function inOrderOfNames(node: Node & { kind: 'relation' }): Node {
  const [names, values] = node.sides as [Node & { kind: 'tuple' }, Node & { kind: 'tuple' }];
  const order = names.items
    .map((item, index) => [(item as { name: string }).name, index] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, index]) => index);
  const sorted = (tuple: typeof names): Node => ({ ...tuple, items: order.map((index) => tuple.items[index]!) });
  return relation(node.operators, [sorted(names), sorted(values)]);
}

const isList = (node: Node): node is Node & { kind: 'list' } => node.kind === 'list';

/** What stands after `\approx` is not the answer, unless only a name stands before it. */
function withoutApproximations(node: Node & { kind: 'relation' }): Node {
  const at = node.operators.indexOf('≈');
  if (at < 0) return node;
  const named =
    at === 0 &&
    (node.sides[0]!.kind === 'symbol' || node.sides[0]!.kind === 'apply' || node.sides[0]!.kind === 'ellipsis');
  if (named) return node.sides.length === 2 ? node.sides[1]! : relation(node.operators.slice(1), node.sides.slice(1));
  return relation(node.operators.slice(0, at), node.sides.slice(0, at + 1));
}

const relation = (operators: readonly Comparison[], sides: readonly Node[]): Node =>
  operators.length === 0 ? sides[0]! : { kind: 'relation', operators, sides };

/** `\mathbb{R} - \{0\}` is written with a minus by some, and `ℝ − {0}` in braces that only group elsewhere. */
function withoutReals(node: Node & { kind: 'add' }): Node {
  const [first, second] = node.terms;
  const minus =
    node.terms.length === 2 &&
    (first!.kind === 'numberSet' || (first!.kind === 'tuple' && first!.items.length === 2)) &&
    second!.kind === 'negate' &&
    (second.operand.kind === 'set' || second.operand.kind === 'number');
  if (!minus) return node;
  const without = second.operand;
  return {
    kind: 'combination',
    operator: '∖',
    operands: [first!, without.kind === 'set' ? without : { kind: 'set', items: [without] }],
  };
}

function simplifyMatrix(node: Node, budget: Budget): Node {
  if (node.kind === 'call' && node.name === 'det' && node.args[0]!.kind === 'matrix')
    return determinant(node.args[0]!.rows) ?? node;
  const rows = matrixValue(node, budget);
  return rows === null ? node : { kind: 'matrix', rows };
}
