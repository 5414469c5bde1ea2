import { difference, integerNode, type Node, symbol } from '../../tree.ts';
import { ReadFailure, type Token } from '../tokens/token.ts';
import { isMark, peek, type Reader, take, takeMark } from './reader.ts';

/** Letters that name a function where a bracket follows; `k(x+1)` is a product. */
const FUNCTION_LETTERS: ReadonlySet<string> = new Set([
  'f',
  'g',
  'h',
  'F',
  'G',
  'H',
  'P',
  'Q',
  'phi',
  'varphi',
  'psi',
  'Phi',
  'Gamma',
  'zeta',
]);

/** What no digit right behind numbers: `i3` is three times i. */
const CONSTANTS: ReadonlySet<string> = new Set(['e', 'i', 'pi']);

/** A letter with its subscript and, for the letters that name functions, its arguments. */
export function readSymbol(reader: Reader, letter: string): Node {
  const name =
    letter +
    (CONSTANTS.has(letter) ? '' : numberOf(reader)) +
    primesOf(reader) +
    subscriptOf(reader) +
    (FUNCTION_LETTERS.has(letter) ? superscriptOf(reader) : '');
  if (FUNCTION_LETTERS.has(letter) && isMark(reader, '(') && (!peek(reader)!.spaced || /['^]/.test(name)))
    return applied(reader, name);
  if (isDefined(reader)) return applied(reader, name);
  if (name === 'e') return { kind: 'constant', name: 'e' };
  if (name === 'i' || (name === 'I' && isPythonFactor(reader))) return { kind: 'constant', name: 'i' };
  return symbol(name);
}

/** The digits of `x1` and `x2`, as they are written where no subscript can be; in `\frac x2` two is an argument. */
function numberOf(reader: Reader): string {
  const [before, next] = [reader.tokens[reader.at - 2], peek(reader)];
  if (
    next?.kind !== 'number' ||
    next.spaced ||
    !/^\d{1,2}$/.test(next.text) ||
    (before !== undefined && before.kind !== 'mark')
  )
    return '';
  reader.at += 1;
  return `_${next.text}`;
}

/** `3 + 4*I` and `1 + I`, as SymPy writes them. */
function isPythonFactor(reader: Reader): boolean {
  const [number, sign] = reader.tokens.slice(Math.max(0, reader.at - 3), reader.at - 1);
  const added = number?.kind === 'number' && (sign?.text === '+' || sign?.text === '-') && reader.at === 3;
  const negated = reader.at === 2 && reader.tokens[0]!.text === '-' && peek(reader) === undefined;
  return negated || sign?.text === '*' || isMark(reader, '*') || (added && peek(reader) === undefined);
}

/** `y(x) = …` and `y(-1) = …` at the beginning say what a function is, whatever its letter. */
function isDefined(reader: Reader): boolean {
  if (reader.at !== 1 || !isMark(reader, '(')) return false;
  const place = isMark(reader, '-', 1) ? 2 : 1;
  const kind = peek(reader, place)?.kind;
  return (
    (kind === 'number' || (kind === 'letter' && place === 1)) &&
    isMark(reader, ')', place + 1) &&
    isMark(reader, '=', place + 2)
  );
}

/** `f'(x)`: the primes belong to the name; `f^{-1}(x)` is read so too. */
function primesOf(reader: Reader): string {
  let primes = '';
  while (isMark(reader, "'") && (isMark(reader, '(', 1) || isMark(reader, "'", 1))) {
    primes += "'";
    reader.at += 1;
  }
  return primes;
}

/** `^{-1}` and `^{\prime}` before a bracket belong to the function's name; any other power is one. */
function superscriptOf(reader: Reader): string {
  const shown = spelled(reader.tokens.slice(reader.at, reader.at + 6)).replace(/ /g, '');
  const match = /^\^(?:\{?(-1|'{1,2})\}?|\((-1)\))(?=\()/.exec(shown);
  if (match === null) return '';
  reader.at += match[2] === undefined ? 1 : 2;
  while (!isMark(reader, '(')) reader.at += 1;
  const raised = (match[1] ?? match[2])!;
  return raised.startsWith("'") ? raised : `^${raised}`;
}

function applied(reader: Reader, name: string): Node {
  const argument = reader.grammar.atom(reader);
  if (name === 'Gamma' && argument.kind !== 'tuple')
    return { kind: 'factorial', operand: difference(argument, integerNode(1)) };
  return { kind: 'apply', name, args: argument.kind === 'tuple' ? argument.items : [argument] };
}

/** The subscript as part of the name, `_1` as `_{1}`; empty without one. */
export function subscriptOf(reader: Reader): string {
  if (!takeMark(reader, '_')) return '';
  if (!isMark(reader, '{')) return `_${take(reader).text}`;
  return `_${spelled(takeBraces(reader)).replaceAll(' ', '')}`;
}

/** The tokens between braces, which are taken. */
export function takeBraces(reader: Reader): Token[] {
  const start = reader.at;
  let depth = 0;
  do {
    const token = take(reader);
    if (token.kind === 'mark' && token.text === '{') depth += 1;
    if (token.kind === 'mark' && token.text === '}') depth -= 1;
  } while (depth > 0 && reader.at < reader.tokens.length);
  if (depth !== 0) throw new ReadFailure('a brace that is not closed');
  return reader.tokens.slice(start + 1, reader.at - 1);
}

export const spelled = (tokens: readonly Token[]): string => tokens.map((token) => token.text).join(' ');
