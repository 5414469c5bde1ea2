import { type Budget, spend } from '../../budget.ts';
import { isUnitName } from '../../value/units.ts';
import { readBarePoint, readNumeral, readWhole } from './numerals.ts';
import { isMeasure, splitLetters } from './split-letters.ts';
import { ReadFailure, type Token } from './token.ts';
import { ALIASES, FUNCTIONS, LAYOUT, OPERATORS, PYTHON_CALLS, TEXTS } from './vocabulary.ts';

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

const PERCENT = /^(?:percent|per cent|percentage|pct|\\?%)$/i;

interface Scan {
  readonly source: string;
  readonly tokens: Token[];
  at: number;
  depth: number;
  spaced: boolean;
}

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
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** Of a numeral, of an abbreviation (`sq. cm`, `in.`), of three dots, or one by itself. */
function point(scan: Scan): void {
  if (isDigit(scan.source.charCodeAt(scan.at + 1))) numeral(scan);
  else if (scan.tokens.at(-1)?.kind === 'word') skip(scan, 1);
  else if (scan.source.startsWith('...', scan.at)) emit(scan, 3, { kind: 'command', text: 'ldots' });
  else sign(scan, '.');
}

function skip(scan: Scan, length: number): void {
  scan.at += length;
  scan.spaced = true;
}

type Unspaced<T> = T extends unknown ? Omit<T, 'spaced'> : never;

function emit(scan: Scan, length: number, token: Unspaced<Token>): void {
  scan.tokens.push({ ...token, spaced: scan.spaced } as Token);
  scan.at += length;
  scan.spaced = false;
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

function letters(scan: Scan): void {
  const run = runAt(scan);
  const called = calledName(scan, run);
  const measure = measureAtEnd(scan);
  const whole = scan.source.charCodeAt(scan.at + run.length) > 0x7f ? wordAt(scan) : run;
  if (measure !== null) emit(scan, measure.length, { kind: 'text', text: plainUnits(measure) });
  else if (PERCENT.test(run)) emit(scan, run.length, { kind: 'mark', text: '%' });
  else if (called !== null) emit(scan, called[0].length, { kind: 'command', text: `${called[1]}()` });
  else if (whole.length > run.length) emit(scan, whole.length, { kind: 'word', text: whole });
  else if (isFactors(scan, run)) for (const letter of run) emit(scan, 1, { kind: 'letter', text: letter });
  else if (run === 'E' && scan.source.startsWith('**', scan.at + 1)) emit(scan, 1, { kind: 'letter', text: 'e' });
  else if (isShareOf(scan, run)) emit(scan, run.length, { kind: 'command', text: 'cdot' });
  else if (isLittleWord(scan, run)) emit(scan, run.length, { kind: 'word', text: run });
  else for (const part of splitLetters(run, scan.tokens.at(-1))) emit(scan, part.text.length, part);
}

/** `Bxe^x` is no word. */
const isFactors = (scan: Scan, run: string): boolean =>
  scan.source[scan.at + run.length] === '^' && /^[A-Za-z]{1,3}e$/.test(run) && !isUnitName(run);

const UNIT = '[a-zA-Z]{1,4}(?: ?\\^ ?\\{? ?-?\\d ?\\}?)?';
const COMPOUND = new RegExp(
  `^${UNIT}(?: ?(?:\\/ ?\\(?|\\*|\\\\cdot(?![a-zA-Z])) ?${UNIT}| (?=[a-zA-Z]{1,4} ?[\\/^])${UNIT}){1,4}\\)?(?=\\s*$)`,
);
/** Letters, with what an apostrophe joins to them. */
const RUN = /^[A-Za-z]+(?:['’][a-z]+(?![a-z(]))?/;

/** Most letters stand alone. */
function runAt({ source, at }: Scan): string {
  const after = source.charCodeAt(at + 1);
  if (!isLetter(after) && after !== APOSTROPHE && after !== CLOSING_QUOTE) return source[at]!;
  return RUN.exec(source.slice(at, at + 300))![0];
}

const APOSTROPHE = 0x27;
const CLOSING_QUOTE = 0x2019;

/** What parts or raises units, or squares them in words. */
const MAY_MEASURE = /[/*^\\]|^sq/;
const POWER = /^(?:sq\.? ?(?:[ckd]?m|mm|in|ft|yd)(?=\s*$)|(?:[ckd]?m|mm|in|ft|yd) ?\^ ?\{? ?[23] ?\}?(?=\s*$))/;

/** `5 m^2`, `9.8 m/s^2`, `20 kg·m/s^2`: letters apart from the number before them that are a measure and all that follows. */
function measureAtEnd(scan: Scan): string | null {
  if (!scan.spaced || scan.tokens.at(-1)?.kind !== 'number') return null;
  const rest = scan.source.slice(scan.at, scan.at + 60);
  if (!MAY_MEASURE.test(rest)) return null;
  const compound = COMPOUND.exec(rest)?.[0];
  if (
    compound
      ?.replace(/\\cdot/g, ' ')
      .match(/[a-zA-Z]+/g)
      ?.every(isUnitName)
  )
    return compound;
  return POWER.exec(rest)?.[0] ?? null;
}

const wordAt = (scan: Scan): string => /^[\p{L}\p{M}]{1,60}/u.exec(scan.source.slice(scan.at, scan.at + 60))?.[0] ?? '';

/** `Rational(5, 6)`: the name of a constructor or function of Python, with its module, where a bracket follows. */
function calledName(scan: Scan, run: string): RegExpExecArray | null {
  if (!/[(.\s\d]/.test(scan.source[scan.at + run.length] ?? '')) return null;
  const rest = scan.source.slice(scan.at, scan.at + 40);
  const name = /^(?:(?:math|np|numpy|sp|sympy)\.)?([A-Za-z]+(?:\d{1,2}|\.[A-Za-z]+)?)(?=\s?\()/.exec(rest);
  return name !== null && PYTHON_CALLS.has(name[1]!) ? name : null;
}

const LITTLE_WORDS: ReadonlySet<string> = new Set(
  'of de is are in at to by on it an as be if we so do no my than out up off was has'.split(' '),
);
const VERBS: ReadonlySet<string> = new Set(['is', 'are']);

/** `of`, `to` and `a` are words beside words, and products of letters elsewhere. */
function isLittleWord(scan: Scan, run: string): boolean {
  const lower = run.toLowerCase();
  if (isAdjective(scan, run)) return true;
  if (lower !== 'a' && !LITTLE_WORDS.has(lower)) return false;
  const end = scan.at + run.length;
  const apart = (scan.tokens.length === 0 || scan.spaced) && /[\s,.]/.test(scan.source[end] ?? ' ');
  if (!apart) return false;
  if (VERBS.has(lower)) return true;
  const previous = scan.tokens.at(-1);
  const follower = /^\s+([A-Za-z]{2,20})/.exec(scan.source.slice(end, end + 30))?.[1];
  const before = previous?.kind === 'word' || (previous?.kind === 'text' && /[a-z]{2}/.test(previous.text));
  const after =
    follower !== undefined && (LITTLE_WORDS.has(follower) || splitLetters(follower, undefined)[0]!.kind === 'word');
  return lower === 'a' ? after && (before || previous === undefined) : before || after;
}

/** `25% of 300`, `1/3 of 60` */
function isShareOf(scan: Scan, run: string): boolean {
  if (run !== 'of' || !scan.spaced || !/^ +[\d$]/.test(scan.source.slice(scan.at + 2, scan.at + 6))) return false;
  const [last, before] = [scan.tokens.at(-1), scan.tokens.at(-2)];
  return last?.text === '%' || (last?.kind === 'number' && before?.text === '/');
}

/** `75 new desks`: three letters apart from both neighbours, of a number or a word and a word. */
function isAdjective(scan: Scan, run: string): boolean {
  const previous = scan.tokens.at(-1);
  if (run.length !== 3 || !scan.spaced) return false;
  if (previous?.kind !== 'number' && previous?.kind !== 'word') return false;
  if (!/^(?=[b-df-hj-np-tv-z]{0,2}[aeiou])[a-z]{3}$/.test(run)) return false;
  const end = scan.at + run.length;
  const follower = /^ +(?:[a-z]{3} +){0,2}([A-Za-z]{4,20})(?![A-Za-z\\])/.exec(scan.source.slice(end, end + 30))?.[1];
  return follower !== undefined && splitLetters(follower, undefined)[0]!.kind === 'word';
}

function foreignWord(scan: Scan): void {
  const rest = scan.source.slice(scan.at, scan.at + 200);
  const separator =
    /^(?:或者?|和|与|及|と(?=\s?[-\d$\\a-z(])|(?:또는|또|와|과|이고|및|и|или|та|або|و|أو|یا|और|तथा|या|και|ή|ו)(?![\p{L}\p{M}]))/u.exec(
      rest,
    )?.[0];
  const counted = scan.tokens.at(-1)?.kind === 'number' ? /^[十百千万萬亿億]+/u.exec(rest)?.[0] : undefined;
  const run = counted ?? /^(?:(?![A-Za-z])[\p{L}\p{M}]){1,200}/u.exec(rest)?.[0] ?? scan.source[scan.at]!;
  if (separator !== undefined) emit(scan, separator.length, { kind: 'mark', text: ',' });
  else emit(scan, run.length, { kind: 'word', text: run });
}

function command(scan: Scan): void {
  const name = /^[a-zA-Z]+/.exec(scan.source.slice(scan.at + 1, scan.at + 60))?.[0];
  if (name === undefined) escaped(scan);
  else named(scan, name, name.length + 1);
}

function named(scan: Scan, name: string, length: number): void {
  const known = ALIASES[name] ?? name;
  if (TEXTS.has(name)) text(scan, length, name);
  else if (name.endsWith('quad') && separates(scan, length)) emit(scan, length, { kind: 'mark', text: ',' });
  else if (LAYOUT.has(name)) skip(scan, length + argumentsLength(scan.source, scan.at + length, LAYOUT.get(name)!));
  else if (name === 'begin' || name === 'end') environment(scan, length, name);
  else if (/^q?quad[a-zA-Z]$/.test(name)) named(scan, name.slice(0, -1), length - 1);
  else if (isLetter(known.charCodeAt(0))) emit(scan, length, { kind: 'command', text: known });
  else emit(scan, length, { kind: 'mark', text: known });
}

/** `x_1 = 1 \quad x_2 = 3`: wide space before the next assignment parts two answers. */
function separates(scan: Scan, length: number): boolean {
  const before = scan.tokens.at(-1);
  const isValue =
    before !== undefined &&
    (before.kind === 'number' || before.kind === 'letter' || [')', '}', ']'].includes(before.text));
  return (
    isValue && /^\s*[a-zA-Z](?:_\{?\w{1,5}\}?)?\s*=/.test(scan.source.slice(scan.at + length, scan.at + length + 30))
  );
}

const ESCAPED: Readonly<Record<string, Unspaced<Token>>> = {
  '{': { kind: 'mark', text: '\\{' },
  '}': { kind: 'mark', text: '\\}' },
  '\\': { kind: 'mark', text: '\\\\' },
  '|': { kind: 'mark', text: '|' },
  $: { kind: 'text', text: 'dollar' },
  '%': { kind: 'mark', text: '%' },
  '#': { kind: 'mark', text: '#' },
  '&': { kind: 'mark', text: '&' },
  _: { kind: 'mark', text: '_' },
};

/** `\{` and `\}` are brackets, `\\` breaks a row, `\$` and `\%` are signs, the rest is space. */
function escaped(scan: Scan): void {
  const token = ESCAPED[scan.source[scan.at + 1] ?? ''];
  if (token === undefined) skip(scan, 2);
  if (token?.text === '\\{') scan.depth += 1;
  if (token?.text === '\\}') scan.depth = Math.max(0, scan.depth - 1);
  if (token !== undefined) emit(scan, 2, token);
}

function text(scan: Scan, length: number, name: string): void {
  const open = scan.source.slice(scan.at + length).search(/\S/) + scan.at + length;
  if (scan.source[open] !== '{' || isFormula(scan.source.slice(open + 1, closingBrace(scan.source, open))))
    skip(scan, length);
  else braced(scan, open, name);
}

function braced(scan: Scan, open: number, name: string): void {
  const close = closingBrace(scan.source, open);
  const content = scan.source.slice(open + 1, close);
  const upright = name === 'mathrm' || name === 'operatorname' || name === 'mathop';
  scan.at = close + 1;
  const joint = /^[,;]?\s?(?:(and|和)|or|或)$/i.exec(content.trim());
  if (joint !== null) emit(scan, 0, { kind: 'mark', text: joint[1] === undefined ? 'or' : 'and' });
  else if (PERCENT.test(content.trim())) emit(scan, 0, { kind: 'mark', text: '%' });
  else if (content.trim() === '') scan.spaced = true;
  else if (content.trim() === '\\$') emit(scan, 0, { kind: 'text', text: 'dollar' });
  else if (upright && OPERATORS.has(content.trim())) emit(scan, 0, { kind: 'command', text: content.trim() });
  else if (
    (FUNCTIONS.has(content.trim()) && !isMeasure(content.trim(), scan.tokens.at(-1))) ||
    (upright && /^\s*[a-zA-Z]+\s*$/.test(content))
  )
    uprightName(scan, content.trim());
  else emit(scan, 0, { kind: 'text', text: plainUnits(content) });
}

/** `\mathrm{\frac{1}{2}}` and `\text{ out of 4}` hold more than words; `\mathrm{km\,h^{-1}}` is a unit. */
function isFormula(content: string): boolean {
  const bare = content.replace(/\\(?:cdot|times|text|circ)(?![a-zA-Z])/g, ' ');
  return /\\[a-zA-Z]{2}/.test(bare) || (/(?:^|\s)\d/.test(content) && /[a-zA-Z]{2}\s/.test(content));
}

/** `\mathrm{d}` and `\operatorname{lcm}` name letters and functions, `\mathrm{cm}` a unit. */
function uprightName(scan: Scan, name: string): void {
  const parts = splitLetters(name, scan.tokens.at(-1));
  if (parts.length > 1 || isUpright(scan, name)) emit(scan, 0, { kind: 'text', text: name });
  else emit(scan, 0, parts[0]!);
}

/** `km\,h^{-1}` as plain text. */
const plainUnits = (content: string): string =>
  content.replace(/\\(?:[,;:! ]|cdot(?![a-zA-Z]))/g, ' ').replace(/\s?\^\s?\{?\s?(-?\d)\s?\}?/g, '^$1');

/** `5 \mathrm{N}` is a force and `\mathrm{m}/\mathrm{s}` after a unit a speed, but `5 \mathrm{d}x` no number of days. */
function isUpright(scan: Scan, name: string): boolean {
  const [before, further] = [scan.tokens.at(-1), scan.tokens.at(-2)];
  const afterUnit = before?.kind === 'text' || (before?.text === '/' && further?.kind === 'text');
  return name !== 'd' && isUnitName(name) && (before?.kind === 'number' || before?.text === '}' || afterUnit);
}

function closingBrace(source: string, open: number): number {
  let depth = 0;
  for (let at = open; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '{') depth += 1;
    else if (source[at] === '}' && --depth === 0) return at;
  }
  return source.length;
}

/** `\hspace*{1em}` and `\textcolor[rgb]{1,0,0}{5}` take arguments that are no content. */
function argumentsLength(source: string, from: number, count: number): number {
  if (count === 0) return 0;
  let at = from + /^\*?(?:\[[^[\]{}]{0,40}\])?/.exec(source.slice(from, from + 44))![0].length;
  for (let index = 0; index < count && source[at] === '{'; index += 1) at = closingBrace(source, at) + 1;
  return at - from;
}

function environment(scan: Scan, length: number, name: 'begin' | 'end'): void {
  const braces = /^\s*\{([a-zA-Z]+\*?)\}(\s*(?:\{[lcr|\s]*\}|\[[a-z]\]))?/.exec(
    scan.source.slice(scan.at + length, scan.at + length + 80),
  );
  if (braces === null) throw new ReadFailure(`\\${name} without a name`);
  scan.depth += name === 'begin' ? 1 : -1;
  emit(scan, length + braces[0].length, { kind: name, text: braces[1]! });
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

/** `4!=24` is an equation, `x != 3` none. */
function isFactorialBefore(scan: Scan): boolean {
  const previous = scan.tokens.at(-1);
  const isValue = previous?.kind === 'number' || previous?.text === ')' || previous?.text === '}';
  return scan.source.startsWith('!=', scan.at) && scan.source[scan.at + 2] !== '=' && isValue && !scan.spaced;
}
