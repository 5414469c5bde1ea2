import { isUnitName } from '../../value/units.ts';
import { emit, isLetter, PERCENT, plainUnits, type Scan, skip, type Unspaced } from './scan.ts';
import { isMeasure, splitLetters } from './split-letters.ts';
import { ReadFailure, type Token } from './token.ts';
import { ALIASES, FUNCTIONS, LAYOUT, OPERATORS, TEXTS } from './vocabulary.ts';

/** What begins with a backslash. */
export function command(scan: Scan): void {
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
  const sign = /^\s*(?:([-+=<>])|\\(cdot|times))\s*$/.exec(content);
  const joint = /^[,;]?\s?(?:(and|和)|or|或)$/i.exec(content.trim());
  if (sign !== null)
    emit(scan, 0, sign[1] === undefined ? { kind: 'command', text: sign[2]! } : { kind: 'mark', text: sign[1] });
  else if (/^\s*[,;]\s*$/.test(content)) emit(scan, 0, { kind: 'mark', text: content.trim() });
  else if (joint !== null) emit(scan, 0, { kind: 'mark', text: joint[1] === undefined ? 'or' : 'and' });
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

/** `5 \mathrm{N}` is a force and `\mathrm{m}/\mathrm{s}` after a unit a speed, but `5 \mathrm{d}x` no number of days. */
function isUpright(scan: Scan, name: string): boolean {
  const [before, further] = [scan.tokens.at(-1), scan.tokens.at(-2)];
  const joins = before !== undefined && ['/', '*', 'cdot'].includes(before.text);
  const afterUnit = before?.kind === 'text' || (joins && further?.kind === 'text');
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
