import { attempt, type Budget, spend } from '../../budget.ts';
import { type Node, numberNode } from '../../tree.ts';
import { exactValue } from '../../value/exact.ts';
import { integer, order, type Rational } from '../../value/rational.ts';
import { rebuild } from '../../value/rebuild.ts';
import { contains, freeSymbols, isConstant } from '../../value/scan.ts';

/** Whole numbers up to this size are tried as members. */
const FURTHEST = 200;
const MOST_MEMBERS = 60;

/**
 * The members of a finite set of whole numbers, or of what whole numbers make: `\{x \in \mathbb{Z} : 1 \le x \le 3\}`,
 * `\{2k : 1 \le k \le 4\}`. Null for any other node, and where its members are not all near zero.
 */
export function enumerated(node: Node, budget: Budget): Node | null {
  if (node.kind !== 'setBuilder') return null;
  const [element, own] = withDomain(node.element);
  const parts = node.condition.kind === 'list' ? node.condition.items : [node.condition];
  const [domains, conditions] = [parts.filter(isDomain), parts.filter((part) => !isDomain(part))];
  const domain = [own, ...domains.map((part) => withDomain(part)[1])].find((name) => name !== null) ?? null;
  const [name, ...others] = freeSymbols({ kind: 'list', items: [element, ...conditions] });
  const listed = name === undefined || others.length > 0 ? null : listedFor(name, conditions);
  if (listed !== null) return { kind: 'set', items: listed.map((value) => withValue(element, name!, value)) };
  if (name === undefined || others.length > 0 || !runsOverWholeNumbers(domain, element)) return null;
  const found = membersOf(name, conditions, budget);
  if (found === null || (domain === 'N' && found.includes(0))) return null;
  const members = found.filter((member) => domain !== 'N' || member > 0);
  return { kind: 'set', items: members.map((member) => withValue(element, name, numberNode(integer(member)))) };
}

const withValue = (element: Node, name: string, value: Node): Node =>
  rebuild(element, (inner) => (inner.kind === 'symbol' && inner.name === name ? value : inner));

/** The values of `n` in `n = 1, 2, 3` and in `n \in \{1, 2, 3\}`; null where a condition says anything else. */
function listedFor(name: string, [first, ...rest]: readonly Node[]): readonly Node[] | null {
  if (first?.kind !== 'relation' || first.sides.length !== 2 || !isSymbol(first.sides[0]!, name)) return null;
  const [operator] = first.operators;
  const among = first.sides[1]!;
  if (operator === '∈' && among.kind === 'set' && rest.length === 0) return among.items;
  const values = [among, ...rest];
  return operator === '=' && rest.length > 0 && values.every(isConstant) ? values : null;
}

const isSymbol = (node: Node, name: string): boolean => node.kind === 'symbol' && node.name === name;

const isDomain = (node: Node): boolean => withDomain(node)[1] !== null;

/** `x \in \mathbb{Z}` as its element and the name of its numbers. */
function withDomain(node: Node): readonly [element: Node, domain: string | null] {
  const [element, among, ...others] = node.kind === 'relation' && node.operators[0] === '∈' ? node.sides : [];
  return element !== undefined && among?.kind === 'numberSet' && others.length === 0
    ? [element, among.name]
    : [node, null];
}

/** Where it is not said, `2k` is meant of whole numbers and `x` of reals. */
const runsOverWholeNumbers = (domain: string | null, element: Node): boolean =>
  domain === null ? element.kind !== 'symbol' : domain === 'Z' || domain === 'N' || domain === 'Z+';

function membersOf(name: string, conditions: readonly Node[], budget: Budget): readonly number[] | null {
  if (conditions.length === 0 || !conditions.every(isOrdered)) return null;
  spend(budget, 2 * FURTHEST);
  const found: number[] = [];
  for (let member = -FURTHEST; member <= FURTHEST; member += 1) {
    const holds = conditions.map((condition) => holdsAt(condition as Relation, name, integer(member), budget));
    if (holds.includes(null)) return null;
    if (holds.every((one) => one === true)) found.push(member);
    if (found.length > MOST_MEMBERS) return null;
  }
  return found.includes(-FURTHEST) || found.includes(FURTHEST) ? null : found;
}

type Relation = Node & { kind: 'relation' };

const ORDERS: Readonly<Record<string, (sign: number) => boolean>> = {
  '<': (sign) => sign < 0,
  '>': (sign) => sign > 0,
  '≤': (sign) => sign <= 0,
  '≥': (sign) => sign >= 0,
  '≠': (sign) => sign !== 0,
  '=': (sign) => sign === 0,
};

const isOrdered = (node: Node): boolean =>
  node.kind === 'relation' &&
  node.operators.every((operator) => ORDERS[operator] !== undefined) &&
  !contains(node, (inner) => inner.kind === 'unit' || inner.kind === 'apply');

/** Null where a side has no exact value. */
function holdsAt({ sides, operators }: Relation, name: string, member: Rational, budget: Budget): boolean | null {
  const values = sides.map((side) => attempt(() => exactValue(side, new Map([[name, member]]), budget)));
  if (values.includes(null)) return null;
  return operators.every((operator, index) => ORDERS[operator]!(order(values[index]!, values[index + 1]!)));
}
