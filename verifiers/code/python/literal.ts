import { calculate, negate } from './arithmetic.ts';
import type { TokenReader } from './token-reader.ts';
import type { PythonValue } from './value.ts';

const MAX_DEPTH = 100;
const CONSTANTS = new Map<string, PythonValue>([
  ['None', null],
  ['True', true],
  ['False', false],
]);

/**
 * Reads one expression made of literals and arithmetic on them: what `ast.literal_eval` takes, and `3 * 19`.
 *
 * Nothing is evaluated but that arithmetic. Null when the expression is anything else, or nested over 100 deep; the
 * reader stands somewhere inside it then.
 */
export function readLiteral(reader: TokenReader, depth = 0): PythonValue | undefined {
  return readBinary(reader, 0, depth);
}

const PRECEDENCE = [
  ['+', '-'],
  ['*', '/', '//', '%'],
];

function readBinary(reader: TokenReader, level: number, depth: number): PythonValue | undefined {
  if (level === PRECEDENCE.length) return readUnary(reader, depth);
  let left = readBinary(reader, level + 1, depth);
  while (left !== undefined) {
    const operator = reader.takeAny(PRECEDENCE[level]!);
    if (operator === null) return left;
    const right = readBinary(reader, level + 1, depth);
    if (right === undefined) return undefined;
    left = calculate(operator, left, right);
  }
  return undefined;
}

function readUnary(reader: TokenReader, depth: number): PythonValue | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const sign = reader.takeAny(['-', '+']);
  if (sign !== null) {
    const value = readUnary(reader, depth + 1);
    return value === undefined ? undefined : sign === '-' ? negate(value) : calculate('+', 0n, value);
  }
  const base = readAtom(reader, depth);
  if (base === undefined || !reader.take('**')) return base;
  const exponent = readUnary(reader, depth + 1);
  return exponent === undefined ? undefined : calculate('**', base, exponent);
}

function readAtom(reader: TokenReader, depth: number): PythonValue | undefined {
  const token = reader.next();
  if (token.type === 'number') return readNumber(token.text);
  if (token.type === 'string') return readText(reader, token.value);
  if (token.type === 'bytes') return { kind: 'bytes', hex: Buffer.from(token.value, 'latin1').toString('hex') };
  if (token.type === 'name') {
    if (CONSTANTS.has(token.text)) return CONSTANTS.get(token.text);
    if (token.text === 'set' && reader.take('(') && reader.take(')')) return { kind: 'set', items: [] };
    return undefined;
  }
  if (token.type !== 'operator') return undefined;
  if (token.text === '[') return readItems(reader, 'list', ']', depth);
  if (token.text === '(') return readItems(reader, 'tuple', ')', depth);
  if (token.text === '{') return readBraces(reader, depth);
  return undefined;
}

/** Neighbouring strings are one. */
function readText(reader: TokenReader, first: string): string {
  let text = first;
  for (let token = reader.peek(); token.type === 'string'; token = reader.peek()) {
    text += token.value;
    reader.next();
  }
  return text;
}

/** Python itself refuses longer integers (sys.set_int_max_str_digits). */
const MAX_DIGITS = 4300;

function readNumber(text: string): PythonValue | undefined {
  if (text.length > MAX_DIGITS) return undefined;
  const digits = text.replaceAll('_', '');
  if (/[jJ]$/.test(digits)) return { kind: 'complex', real: 0, imaginary: Number(digits.slice(0, -1)) };
  if (/^0[xXoObB]/.test(digits)) return BigInt(digits);
  if (/[.eE]/.test(digits)) return Number(digits);
  return /^0+[1-9]/.test(digits) ? undefined : BigInt(digits);
}

function readItems(
  reader: TokenReader,
  kind: 'list' | 'tuple' | 'set',
  close: string,
  depth: number,
  items: PythonValue[] = [],
): PythonValue | undefined {
  let comma = items.length > 0 && reader.take(',');
  while (!reader.take(close)) {
    if (items.length > 0 && !comma) return undefined;
    const item = readLiteral(reader, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
    comma = reader.take(',');
  }
  const parenthesised = kind === 'tuple' && items.length === 1 && !comma;
  return parenthesised ? items[0] : { kind, items };
}

function readBraces(reader: TokenReader, depth: number): PythonValue | undefined {
  const entries: [PythonValue, PythonValue][] = [];
  let comma = true;
  while (!reader.take('}')) {
    const key = comma ? readLiteral(reader, depth + 1) : undefined;
    if (key === undefined) return undefined;
    if (entries.length === 0 && !reader.is(':')) return readItems(reader, 'set', '}', depth, [key]);
    const value = reader.take(':') ? readLiteral(reader, depth + 1) : undefined;
    if (value === undefined) return undefined;
    entries.push([key, value]);
    comma = reader.take(',');
  }
  return { kind: 'dict', entries };
}
