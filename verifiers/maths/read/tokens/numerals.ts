import { type NumberNode, numberNode } from '../../tree.ts';
import { type Rational, rational } from '../../value/rational.ts';
import { ReadFailure } from './token.ts';

export interface Numeral {
  readonly number: NumberNode;
  /** Where the numeral ends in the source. */
  readonly end: number;
}

const MOST_DIGITS = 5000;
/** What may stand between groups of three digits. */
const GROUPED =
  /^(\d{1,3})((?:,\\!\s?|,|\s?\{,\s?\}\s?|\\[,!:;]\s?|\\ |~| |'|_)\d{3})(?:(?:,\\!\s?|,|\s?\{,\s?\}\s?|\\[,!:;]\s?|\\ |~| |'|_)\d{3}){0,300}(?!\d)/;
const EUROPEAN =
  /^(?:\d{1,3}(?:\.\d{3}){2,100}(?!\d)(?:,\d{1,100})?|\d{1,3}(?:\.\d{3}){1,100},\d{1,100}|[1-9]\d{0,2}(?: \d{3}){1,100},\d{1,2})(?![\d,])/;
const PLAIN = /^(?:\d{1,5000}(?:\.\d{1,5000})?|\.\d{1,5000})(?!\d)/;
/** Indian: groups of two before the last of three. */
const INDIAN = /^[1-9]\d?(?:,\d\d){1,6},\d{3}(?![\d,])/;
const REPEATING = /^(?:\\(?:overline|bar|dot)\s?\{?\s?(\d{1,60})\s?\}?|\(\s?(\d{1,60})\s?\))/;
/** `0.1(6)` and nothing else: the digits in brackets come round again, where in a longer formula they multiply. */
const BRACKETED_PERIOD = /^(\d{1,40}\.\d{1,40})\((\d{1,40})\)$/;
const ALONE = /(?:^|[=≈]) ?-? ?$/;
const TWO_DOTS = /^\\dot\s*\{?(\d)\}?(\d{0,40})\\dot\s*\{?(\d)\}?/;
const DOTS = /^\s?(?:\\(?:ldots|dots|cdots)\s?|\.\.\.)(?![\d,])/;
const EXPONENT = /^[eE]([-+]?\d{1,4})(?![\d.a-zA-Z])/;

/** What most numerals are: digits, and nothing behind them that could belong to them. */
const WHOLE = /\d{1,15}(?!\s?[\d.,eE{\\~'_])/y;

export function readWhole(source: string, at: number): Numeral | null {
  WHOLE.lastIndex = at;
  if (!WHOLE.test(source)) return null;
  const end = WHOLE.lastIndex;
  return { number: numberNode({ n: BigInt(source.slice(at, end)), d: 1n }), end };
}

/**
 * Reads the numeral at `at`: plain, with separators of thousands (`1,234`, `1{,}234`, `11\,111`, `10 000`), European
 * (`1.234,56`), repeating (`0.\overline{3}`, `0.333…`), scientific (`1.5e-3`). Within brackets a bare comma separates
 * items, so it groups only where `commasGroup`.
 */
export function readNumeral(source: string, at: number, commasGroup: boolean): Numeral {
  const rest = source.slice(at, at + 2 * MOST_DIGITS + 2);
  const european = commasGroup ? EUROPEAN.exec(rest) : null;
  if (european !== null)
    return exactDecimal(european[0].replace(/[. ]/g, '').replace(',', '.'), at + european[0].length);
  const indian = commasGroup ? INDIAN.exec(rest) : null;
  if (indian !== null) return groupedNumeral(rest, indian[0], at);
  const grouped = GROUPED.exec(rest);
  if (grouped !== null && mayGroup(grouped[0], grouped[2]!, commasGroup)) return groupedNumeral(rest, grouped[0], at);
  const plain = PLAIN.exec(rest);
  if (plain === null) throw new ReadFailure('a numeral too long to be read');
  const periodic = BRACKETED_PERIOD.exec(rest);
  if (periodic !== null && ALONE.test(source.slice(Math.max(0, at - 6), at)))
    return repeated(periodic[1]!, periodic[2]!, at + periodic[0].length);
  return plain[0].includes('.') ? decimalNumeral(rest, plain[0], at) : integerNumeral(rest, plain[0], at, commasGroup);
}

function mayGroup(text: string, first: string, commasGroup: boolean): boolean {
  if (text.startsWith('0')) return false;
  const bareComma = /^,\d/.test(first);
  if (bareComma && !commasGroup) return false;
  const separators = new Set(
    text
      .split(/\d{1,3}/)
      .filter((part) => part !== '')
      .map((part) => part.trim() || part),
  );
  return separators.size === 1;
}

function groupedNumeral(rest: string, text: string, at: number): Numeral {
  const decimals = /^\.\d{1,5000}(?!\d)/.exec(rest.slice(text.length))?.[0] ?? '';
  const digits = text.replace(/\D/g, '') + decimals;
  const { number, end } = exactDecimal(digits, at + text.length + decimals.length);
  const isList = /^\d{1,3}(?:,[1-9]\d\d)+$/.test(text) && decimals === '';
  const listed = isList ? text.split(',').map((part) => parseDecimal(part)) : undefined;
  return { number: listed === undefined ? number : { ...number, listed }, end };
}

function integerNumeral(rest: string, text: string, at: number, commasGroup: boolean): Numeral {
  const end = at + text.length;
  const scientific = EXPONENT.exec(rest.slice(text.length, text.length + 8));
  if (scientific !== null) return scaled(text, scientific, end);
  const braced = BRACED_COMMA.exec(rest.slice(text.length, text.length + 60));
  if (braced !== null) return exactDecimal(`${text}.${braced[1]}`, end + braced[0].length);
  const comma = commasGroup ? /^,(\d{1,40})(?![\d,.])/.exec(rest.slice(text.length)) : null;
  const measured = comma !== null && MEASURED.test(rest.slice(text.length + comma[0].length, text.length + 60));
  if (comma !== null && (isDecimalComma(text, comma[1]!) || measured)) {
    const { number } = exactDecimal(`${text}.${comma[1]}`, end);
    const isList = !/^0\d/.test(comma[1]!);
    const listed = isList ? { listed: [parseDecimal(text), parseDecimal(comma[1]!)] } : {};
    return { number: { ...number, ...listed }, end: end + comma[0].length };
  }
  return exactDecimal(text, end);
}

/** `2{,}5`: a comma that is set as a sign of the number, and groups no three digits. */
const BRACED_COMMA = /^\s?\{,\s?\}\s?(\d{1,2}|\d{4,40})(?![\d.,{])/;

/** `3,5 kg` is one measure. */
const MEASURED = /^\s?(?:\\(?:text|mathrm)\s?\{\s?)?(?:kg|km|cm|mm|m|g|l|L|h|€|\\?\$|\\?%)(?![a-zA-Z])/;

/** `0,5` and `3,14` are decimals to half of the world; `1,2` is a list to all of it. */
function isDecimalComma(whole: string, decimals: string): boolean {
  if (whole === '0') return true;
  if (decimals.length < 2 || decimals.length === 3 || whole.length > 6) return false;
  // Four digits that no sign groups before two more: a list of years would have a space.
  if (whole.length === 4 && decimals.length === 2) return true;
  return decimals.startsWith('0') || decimals.length > whole.length;
}

function decimalNumeral(rest: string, text: string, at: number): Numeral {
  const after = rest.slice(text.length, text.length + 90);
  const end = at + text.length;
  const repeating = REPEATING.exec(after);
  if (repeating !== null && repeating[1] !== undefined) return repeated(text, repeating[1], end + repeating[0].length);
  const scientific = EXPONENT.exec(after);
  if (scientific !== null) return scaled(text, scientific, end);
  const dots = DOTS.exec(after);
  const period = dots === null ? null : periodOf(text.split('.')[1]!);
  if (dots !== null && period !== null) return repeated(text, period, end + dots[0].length);
  if (dots === null) return exactDecimal(text, end);
  const { number } = exactDecimal(text, end);
  return { number: { ...number, cut: true }, end: end + dots[0].length };
}

/** `0.\overline{3}` and `0.(3)`: the numeral before the bar ends in a point. */
export function readBarePoint(source: string, at: number): Numeral | null {
  const head = /^(\d{0,400})\./.exec(source.slice(at, at + 402));
  if (head === null) return null;
  const after = source.slice(at + head[0].length, at + head[0].length + 90);
  const dotted = TWO_DOTS.exec(after);
  if (dotted !== null)
    return repeated(`${head[1] || '0'}.`, dotted.slice(1).join(''), at + head[0].length + dotted[0].length);
  const repeating = REPEATING.exec(after);
  return (
    repeating &&
    repeated(`${head[1] || '0'}.`, (repeating[1] ?? repeating[2])!, at + head[0].length + repeating[0].length)
  );
}

/** The shortest block that the shown digits end in at least twice (`333`, `142857142857`), or null. */
function periodOf(digits: string): string | null {
  for (let length = 1; length <= digits.length / 2; length += 1) {
    const block = digits.slice(-length);
    // Two digits alike may be chance where many are shown.
    const times = length === 1 && digits.length >= 6 ? 3 : 2;
    if (digits.endsWith(block.repeat(times))) return block;
  }
  return null;
}

function repeated(text: string, period: string, end: number): Numeral {
  const [whole, fixed = ''] = text.split('.') as [string, string?];
  const scale = 10n ** BigInt(fixed.length);
  const nines = 10n ** BigInt(period.length) - 1n;
  const value = BigInt((whole || '0') + fixed) * nines + BigInt(period);
  return { number: numberNode(rational(value, scale * nines)), end };
}

function scaled(text: string, exponent: RegExpExecArray, end: number): Numeral {
  const power = BigInt(exponent[1]!);
  const factor = 10n ** (power < 0n ? -power : power);
  const base = parseDecimal(text);
  const value = power < 0n ? rational(base.n, base.d * factor) : rational(base.n * factor, base.d);
  return { number: numberNode(value), end: end + exponent[0].length };
}

function exactDecimal(text: string, end: number): Numeral {
  const point = text.indexOf('.');
  return { number: numberNode(parseDecimal(text), point < 0 ? null : text.length - point - 1), end };
}

function parseDecimal(text: string): Rational {
  const [whole, decimals = ''] = text.split('.') as [string, string?];
  return rational(BigInt((whole || '0') + decimals), 10n ** BigInt(decimals.length));
}
