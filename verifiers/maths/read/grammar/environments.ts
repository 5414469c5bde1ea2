import { integerNode, type Node } from '../../tree.ts';
import { ReadFailure } from '../tokens/token.ts';
import { isMark, type Reader, take, takeMark } from './reader.ts';

const MATRICES: ReadonlySet<string> = new Set([
  'matrix',
  'pmatrix',
  'bmatrix',
  'Bmatrix',
  'vmatrix',
  'Vmatrix',
  'smallmatrix',
  'array',
]);
/** Those that only set lines below each other. */
const ALIGNING: ReadonlySet<string> = new Set([
  'aligned',
  'align',
  'align*',
  'gather',
  'gathered',
  'split',
  'equation',
  'equation*',
]);
const LISTS: ReadonlySet<string> = new Set(['cases', 'dcases', ...ALIGNING]);
const MOST_ENTRIES = 400;

/** `\begin{pmatrix}…\end{pmatrix}` is a matrix, a vector its single column; the lines of `cases` and `aligned` are a list. */
export function readEnvironment(reader: Reader): Node {
  const name = take(reader).text;
  if (!MATRICES.has(name) && !LISTS.has(name)) throw new ReadFailure(`an environment ${name}`);
  const rows = readRows(reader, name);
  const [only, ...others] = rows;
  if (ALIGNING.has(name) && only !== undefined && others.length === 0 && !isSplit(only))
    return only.length === 1 ? only[0]! : { kind: 'list', items: only };
  if (LISTS.has(name) || isSystem(rows))
    return { kind: 'list', items: rows.map((row) => (row.length === 1 ? row[0]! : joined(row))) };
  if (rows.length === 0) throw new ReadFailure('an empty matrix');
  if (rows.some((row) => row.length !== rows[0]!.length)) throw new ReadFailure('rows of different length');
  if ((name === 'array' || name === 'matrix') && rows.length === 1 && rows[0]!.length === 1) return rows[0]![0]!;
  return name === 'vmatrix'
    ? { kind: 'call', name: 'det', args: [{ kind: 'matrix', rows }] }
    : { kind: 'matrix', rows };
}

/** An `array` of equations is no matrix. */
const isSystem = (rows: readonly (readonly Node[])[]): boolean =>
  rows.length > 0 && rows.every((row) => row.at(-1)!.kind === 'relation');

/** What a line without an ampersand holds, it holds as it would outside. */
const isSplit = (row: readonly Node[]): boolean =>
  row.some((part) => part.kind === 'relation' && part.sides[0]!.kind === 'ellipsis');

/** A line of `aligned` is split before its relation: `x &= 3`. */
function joined(row: readonly Node[]): Node {
  const last = row.at(-1)!;
  if (last.kind === 'relation' && last.sides[0]!.kind === 'ellipsis')
    return { ...last, sides: [row[0]!, ...last.sides.slice(1)] };
  return { kind: 'tuple', open: '(', close: ')', items: row };
}

function readRows(reader: Reader, name: string): Node[][] {
  const rows: Node[][] = [[]];
  for (let entries = 0; !ended(reader, name); entries += 1) {
    if (entries > MOST_ENTRIES) throw new ReadFailure('a matrix too large');
    if (takeMark(reader, '\\\\')) rows.push([]);
    else if (!takeMark(reader, '&') && !takeLine(reader) && !takeCondition(reader, name))
      rows.at(-1)!.push(isEmpty(reader) ? integerNode(0) : reader.grammar.item(reader));
  }
  return rows.filter((row) => row.length > 0);
}

function ended(reader: Reader, name: string): boolean {
  const token = reader.tokens[reader.at];
  if (token === undefined) throw new ReadFailure(`\\begin{${name}} without an end`);
  if (token.kind !== 'end') return false;
  if (token.text !== name) throw new ReadFailure(`\\begin{${name}} ended by \\end{${token.text}}`);
  reader.at += 1;
  return true;
}

function takeLine(reader: Reader): boolean {
  const token = reader.tokens[reader.at];
  const isLine = token?.kind === 'command' && token.text === 'hline';
  const isComma = isMark(reader, ',') || isMark(reader, ';') || isStop(reader);
  if (isLine || isComma) reader.at += 1;
  return isLine || isComma;
}

/** A full stop at the end of a line or of all of them. */
function isStop(reader: Reader): boolean {
  const next = reader.tokens[reader.at + 1];
  return isMark(reader, '.') && (next === undefined || next.kind === 'end' || next.text === '\\\\');
}

const CONDITIONS: ReadonlySet<string> = new Set(['if', 'for', 'when', 'where']);

/** `& \text{if } x > 0`: the word before the condition of a case. */
function takeCondition(reader: Reader, name: string): boolean {
  const token = reader.tokens[reader.at];
  const isWord = token?.kind === 'text' || token?.kind === 'word';
  if (!/cases$/.test(name) || !isWord || !CONDITIONS.has(token.text.trim().replace(/^,/, '').trim())) return false;
  reader.at += 1;
  return true;
}

const isEmpty = (reader: Reader): boolean => isMark(reader, '&') || isMark(reader, '\\\\');
