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
  const [joint, ...others] = start === 0 && items.every(isInequality) ? joints : [];
  return joint === undefined || others.length > 0
    ? { kind: 'list', items }
    : { kind: 'list', items, joint: joint as 'and' | 'or' };
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

const ends = (reader: Reader): boolean => peek(reader) === undefined || isMark(reader, '}');
