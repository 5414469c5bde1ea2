import type { Node } from '../../tree.ts';
import { isCommandOf, isMark, isMarkOf, peek, type Reader } from './reader.ts';

const SEPARATORS: ReadonlySet<string> = new Set([',', ';', 'and', 'or', 'And', 'Or', 'AND', 'OR', '\\\\']);
const LOGICAL: ReadonlySet<string> = new Set(['vee', 'wedge']);
const MOST_ITEMS = 400;

/** Items separated by commas, semicolons, "and" and "or"; one item alone is itself. */
export function readList(reader: Reader): Node {
  const start = reader.at;
  takeSeparators(reader);
  const first = reader.grammar.item(reader);
  if (peek(reader) === undefined) return first;
  const items = [first];
  const joints = new Set<string>();
  while (takeSeparators(reader, joints) && !ends(reader) && items.length < MOST_ITEMS)
    items.push(reader.grammar.item(reader));
  if (items.length === 1) return items[0]!;
  const [joint, ...others] = start === 0 && (items.every(isInequality) || areOfTwo(items)) ? joints : [];
  const counts = joint !== undefined && others.length === 0 && (joint === 'or' || items.every(isInequality));
  return counts ? { kind: 'list', items, joint: joint as 'and' | 'or' } : { kind: 'list', items };
}

/** Takes what separates two items, and notes how a word or a sign joins them. */
export function takeSeparators(reader: Reader, joints?: Set<string>): boolean {
  const start = reader.at;
  while (isMarkOf(reader, SEPARATORS) || isCommandOf(reader, LOGICAL)) {
    const said = JOINTS[reader.tokens[reader.at]!.text.toLowerCase()];
    if (said !== undefined) joints?.add(said);
    reader.at += 1;
  }
  return reader.at > start;
}

const JOINTS: Readonly<Record<string, string>> = { and: 'and', wedge: 'and', or: 'or', vee: 'or' };

const isInequality = (node: Node): boolean =>
  node.kind === 'relation' && node.operators.every((operator) => '<>≤≥≠'.includes(operator));

/** `x = 2 or y = -1`: of one unknown both values may be meant, of two it is not said which holds. */
const areOfTwo = (items: readonly Node[]): boolean => {
  const names = items.map((item) =>
    item.kind === 'relation' && item.operators.join() === '=' && item.sides[0]!.kind === 'symbol'
      ? item.sides[0].name
      : null,
  );
  return items.length === 2 && !names.includes(null) && names[0]!.split('_')[0] !== names[1]!.split('_')[0];
};

const ends = (reader: Reader): boolean => peek(reader) === undefined || isMark(reader, '}');
