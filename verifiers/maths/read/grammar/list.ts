import type { Node } from '../../tree.ts';
import { isMark, peek, type Reader } from './reader.ts';

const SEPARATORS = [',', ';', 'and', 'or', 'And', 'Or', 'AND', 'OR', '\\\\'];
const MOST_ITEMS = 400;

/** Items separated by commas, semicolons, "and" and "or"; one item alone is itself. */
export function readList(reader: Reader): Node {
  takeSeparators(reader);
  const items = [reader.grammar.item(reader)];
  while (takeSeparators(reader) && !ends(reader) && items.length < MOST_ITEMS) items.push(reader.grammar.item(reader));
  return items.length === 1 ? items[0]! : { kind: 'list', items };
}

function takeSeparators(reader: Reader): boolean {
  const start = reader.at;
  while (SEPARATORS.some((text) => isMark(reader, text))) reader.at += 1;
  return reader.at > start;
}

const ends = (reader: Reader): boolean => peek(reader) === undefined || isMark(reader, '}');
