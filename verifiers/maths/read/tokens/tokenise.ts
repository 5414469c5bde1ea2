import { type Budget, spend } from '../../budget.ts';
import { command } from './commands.ts';
import { foreignWord, letters } from './letters.ts';
import { readBarePoint, readNumeral, readWhole } from './numerals.ts';
import { emit, isLetter, type Scan, skip } from './scan.ts';
import { ReadFailure, type Token } from './token.ts';

const MOST_TOKENS = 3000;
const OPENING = '([';
const CLOSING = ')]';
const TWO_CHARACTERS: Readonly<Record<string, string>> = {
  '<>': 'ne',
  '<=': 'le',
  '>=': 'ge',
  '!=': 'ne',
  '->': 'to',
  '=>': 'implies',
  '**': '^',
  '==': '=',
  ':=': '=',
};

/** What any of them begins with. */
const PAIRING = '<>!-=*:';

/** Splits a tidied answer into tokens; throws ReadFailure beyond MOST_TOKENS. */
export function tokenise(source: string, budget: Budget): Token[] {
  const scan: Scan = { source, tokens: [], at: 0, depth: 0, spaced: false };
  while (scan.at < source.length) {
    if (scan.tokens.length > MOST_TOKENS) throw new ReadFailure('too many tokens');
    spend(budget, 1);
    next(scan);
  }
  if (!/[Uu]/.test(source)) return scan.tokens;
  return scan.tokens.map((token, index) =>
    isUnion(scan.tokens, index) ? { ...token, kind: 'command', text: 'cup' } : token,
  ) as Token[];
}

/** `(1,2) U (3,4)`: the letter is a union there. */
function isUnion(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]!;
  if (token.kind !== 'letter' || (token.text !== 'U' && token.text !== 'u')) return false;
  return (
    [')', ']', '\\}'].includes(tokens[index - 1]?.text ?? '') &&
    ['(', '[', '\\{'].includes(tokens[index + 1]?.text ?? '')
  );
}

function next(scan: Scan): void {
  const { source, at } = scan;
  const char = source[at]!;
  const code = source.charCodeAt(at);
  if (isDigit(code)) numeral(scan);
  else if (isLetter(code)) letters(scan);
  else if (char === '\\') command(scan);
  else if (char === ' ' || char === '~' || /\s/.test(char)) skip(scan, 1);
  else if (char === '.') point(scan);
  else if (code > 0x7f && /\p{L}/u.test(char)) foreignWord(scan);
  else sign(scan, char);
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Of a numeral, of an abbreviation (`sq. cm`, `in.`), of three dots, or one by itself. */
function point(scan: Scan): void {
  if (isDigit(scan.source.charCodeAt(scan.at + 1))) numeral(scan);
  else if (scan.tokens.at(-1)?.kind === 'word') skip(scan, 1);
  else if (scan.source.startsWith('...', scan.at)) emit(scan, 3, { kind: 'command', text: 'ldots' });
  else sign(scan, '.');
}

function numeral(scan: Scan): void {
  const { source, at } = scan;
  const { number, end } =
    readWhole(source, at) ?? readBarePoint(source, at) ?? readNumeral(source, at, commasGroup(scan));
  emit(scan, end - at, { kind: 'number', text: source.slice(at, end), number });
}

function commasGroup({ tokens, depth, spaced }: Scan): boolean {
  const previous = tokens.at(-1)?.text;
  return depth === 0 && !(previous === ',' && !spaced) && previous !== 'equiv';
}

function sign(scan: Scan, char: string): void {
  const mayPair = PAIRING.includes(char) && !isFactorialBefore(scan);
  const pair = mayPair ? TWO_CHARACTERS[scan.source.slice(scan.at, scan.at + 2)] : undefined;
  const thousands = char === '{' ? /^\{\s*,\s*\}/.exec(scan.source.slice(scan.at, scan.at + 12)) : null;
  if (OPENING.includes(char)) scan.depth += 1;
  if (CLOSING.includes(char)) scan.depth = Math.max(0, scan.depth - 1);
  if (pair !== undefined)
    emit(scan, 2, /[a-z]/.test(pair) ? { kind: 'command', text: pair } : { kind: 'mark', text: pair });
  else if (thousands !== null) emit(scan, thousands[0].length, { kind: 'mark', text: ',' });
  else emit(scan, 1, { kind: 'mark', text: char === '`' ? "'" : char });
}

/** `4!=24` and `5!!=15` are equations, `x != 3` is none. */
function isFactorialBefore(scan: Scan): boolean {
  const previous = scan.tokens.at(-1);
  const isValue = previous?.kind === 'number' || [')', '}', '!'].includes(previous?.text ?? '');
  return scan.source.startsWith('!=', scan.at) && scan.source[scan.at + 2] !== '=' && isValue && !scan.spaced;
}
