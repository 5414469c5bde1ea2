import { fraction, type Node } from '../../tree.ts';
import { ReadFailure, type Token } from '../tokens/token.ts';
import { takeSeparators } from './list.ts';
import { expectMark, isCommand, isMark, newReader, type Reader, take, takeMark } from './reader.ts';

/** `(…)` and `[…]`: a group where they hold one item, else a point, an interval or a list. */
export function readRound(reader: Reader): Node {
  const open = take(reader).text as '(' | '[';
  const braced = isBraced(reader);
  if (braced) reader.at += 1;
  const { items, close } = bracketed(reader, braced ? ['}'] : [')', ']']);
  if (braced) return { kind: 'tuple', open, close: expectMark(reader, ')', ']') as ')' | ']', items };
  if (items.length === 1 && (open === '(') === (close === ')')) return items[0]!;
  return { kind: 'tuple', open, close: close as ')' | ']', items };
}

/** `\left( {2,3} \right)`: braces around all that the brackets hold. */
function isBraced(reader: Reader): boolean {
  if (!isMark(reader, '{')) return false;
  let depth = 0;
  let separated = false;
  for (let at = reader.at; at < reader.tokens.length; at += 1) {
    const token = reader.tokens[at]!;
    if (isOpening(token)) depth += 1;
    if (isClosing(token)) depth -= 1;
    if (depth === 1 && token.kind === 'mark' && (token.text === ',' || token.text === ';')) separated = true;
    if (depth === 0)
      return separated && isMark(reader, ')', at + 1 - reader.at) !== isMark(reader, ']', at + 1 - reader.at);
  }
  return false;
}

/** `\langle 1, 2 \rangle` is a vector; its command is taken already. */
export function readAngle(reader: Reader): Node {
  const items = [inside(reader)];
  while (takeSeparators(reader)) items.push(inside(reader));
  if (!isCommand(reader, 'rangle')) throw new ReadFailure('\\langle without \\rangle');
  reader.at += 1;
  return { kind: 'tuple', open: '(', close: ')', items };
}

/** `{…}` groups; with separators in it, it is a set written without backslashes. */
export function readGroup(reader: Reader): Node {
  const bar = reader.at === 0 ? barOfBuilder(reader) : null;
  if (bar !== null && bar.end === reader.tokens.length - 1) return readBuilder(reader, bar);
  reader.at += 1;
  if (takeMark(reader, '}')) return emptyBraces(reader);
  const bars = reader.bars;
  reader.bars = 0;
  const content = reader.grammar.answer(reader);
  const stacks = isCommand(reader, 'over') || isCommand(reader, 'choose');
  const whole = stacks ? stacked(reader, content) : content;
  expectMark(reader, '}');
  reader.bars = bars;
  return whole.kind === 'list' ? { kind: 'set', items: whole.items } : whole;
}

/** `{}` alone is the empty set; before something else it is nothing. */
function emptyBraces(reader: Reader): Node {
  if (reader.tokens.length === 2) return { kind: 'set', items: [] };
  return reader.grammar.atom(reader);
}

/** TeX's `{a \over b}` and `{n \choose k}`. */
function stacked(reader: Reader, above: Node): Node {
  const over = take(reader).text === 'over';
  const below = reader.grammar.sum(reader);
  return over ? fraction(above, below) : { kind: 'call', name: 'binom', args: [above, below] };
}

/** `\{1, 2\}` and `\{x \mid x > 3\}`. */
export function readSet(reader: Reader): Node {
  const bar = barOfBuilder(reader);
  if (bar !== null) return readBuilder(reader, bar);
  reader.at += 1;
  if (takeMark(reader, '\\}')) return { kind: 'set', items: [] };
  return { kind: 'set', items: bracketed(reader, ['\\}', '}']).items };
}

function bracketed(reader: Reader, closings: readonly string[]): { items: Node[]; close: string } {
  const bars = reader.bars;
  reader.bars = 0;
  const items = [inside(reader)];
  while (takeSeparators(reader)) items.push(inside(reader));
  const close = expectMark(reader, ...closings);
  reader.bars = bars;
  return { items, close };
}

const inside = (reader: Reader): Node => reader.grammar.item(reader);

interface Builder {
  readonly bar: number;
  readonly end: number;
}

/** Where a set's `|`, `\mid` or `:` stands, if it has one: an odd bar out, outside of inner brackets. */
function barOfBuilder(reader: Reader): Builder | null {
  let depth = 0;
  const bars: number[] = [];
  for (let at = reader.at; at < reader.tokens.length; at += 1) {
    const token = reader.tokens[at]!;
    if (isOpening(token)) depth += 1;
    else if (isClosing(token)) depth -= 1;
    if (depth === 0) return chooseBar(reader.tokens, bars, at);
    if (depth === 1 && isBar(token)) bars.push(at);
  }
  return null;
}

function chooseBar(tokens: readonly Token[], bars: readonly number[], end: number): Builder | null {
  const sure = bars.find((at) => tokens[at]!.kind === 'command' || tokens[at]!.text === ':');
  if (sure !== undefined) return { bar: sure, end };
  return bars.length % 2 === 1 ? { bar: bars[0]!, end } : null;
}

const isOpening = (token: Token): boolean => token.kind === 'mark' && ['(', '[', '{', '\\{'].includes(token.text);
const isClosing = (token: Token): boolean => token.kind === 'mark' && [')', ']', '}', '\\}'].includes(token.text);
const isBar = (token: Token): boolean =>
  (token.kind === 'mark' && (token.text === '|' || token.text === ':')) ||
  (token.kind === 'command' && token.text === 'mid');

function readBuilder(reader: Reader, { bar, end }: Builder): Node {
  const element = part(reader, reader.at + 1, bar, reader.grammar.item);
  const condition = part(reader, bar + 1, end, reader.grammar.answer);
  reader.at = end + 1;
  return { kind: 'setBuilder', element, condition };
}

function part(reader: Reader, from: number, to: number, read: (reader: Reader) => Node): Node {
  const inner = newReader(reader.tokens.slice(from, to), reader.grammar, reader.budget);
  inner.depth = reader.depth + 1;
  const node = read(inner);
  if (inner.at < inner.tokens.length) throw new ReadFailure('a set that cannot be read');
  return node;
}
