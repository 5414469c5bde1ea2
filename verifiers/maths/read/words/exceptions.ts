import type { Node } from '../../tree.ts';
import { inPlainText } from './phrases.ts';

const LONGEST = 120;
const MAY_EXCEPT = /except|but|excluding|other than|apart from/i;
const EXCEPTION =
  /^(\S.{0,80}?),? (?:except|but not|but|excluding|other than|apart from)(?: for)?(?: when| at| where| the (?:numbers?|points?|values?))? (\S.{0,60})$/i;

/** What an exception may be made of. */
const WHOLES: ReadonlySet<Node['kind']> = new Set(['numberSet', 'relation', 'tuple', 'combination', 'setBuilder']);

/** `all real numbers except 0 and 1`, `x \ge 2 \text{ except } x = 4`: a set of numbers without some of them; null for others. */
export function readException(source: string, read: (content: string) => Node): Node | null {
  if (source.length > LONGEST || !MAY_EXCEPT.test(source)) return null;
  const plain = inPlainText(source);
  const match = EXCEPTION.exec(plain);
  if (match === null || /^(?:is|are|not|only|if|when|also)\b/i.test(match[2]!)) return null;
  const whole = read(match[1]!);
  const items = itemsOf(read(match[2]!));
  if (!WHOLES.has(whole.kind) || items === null) return null;
  return { kind: 'combination', operator: '∖', operands: [whole, { kind: 'set', items }] };
}

/** `0`, `0 and 1`, `x = 4`: the numbers that are left out; null where it is anything else. */
function itemsOf(node: Node): readonly Node[] | null {
  const items = node.kind === 'list' || node.kind === 'set' ? node.items : [node];
  const values = items.map((item) =>
    item.kind === 'relation' && item.operators.join() === '=' && item.sides.length === 2 ? item.sides[1]! : item,
  );
  return values.every(isNumber) ? values : null;
}

const isNumber = (node: Node): boolean =>
  ['number', 'constant', 'divide', 'root', 'multiply', 'add', 'power'].includes(node.kind) ||
  (node.kind === 'negate' && isNumber(node.operand)) ||
  node.kind === 'plusMinus';
