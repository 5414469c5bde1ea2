import type { Node } from '../../../tree.ts';

/** A numeral that says its base: `1101_2`, `0b1101`, `1101 in binary`. Null for anything else. */
export const readNumeral = (plain: string): Node | null => numeral(plain) ?? numeralInWords(plain);

const NUMERAL = /^\(?([0-9A-Z]{1,400})\)?\s?_\s?\{?\s*(\d{1,2})\s*\}?$/;
/** `2a_{16}` */
const HEXADECIMAL = /^\(?[0-9a-f]{1,400}\)?\s?_\s?\{?\s*16\s*\}?$/;
const BASE_WORDS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twelve: 12,
  sixteen: 16,
  bin: 2,
  oct: 8,
  dec: 10,
  hex: 16,
};

const PREFIXES: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16 };
const BASES: Readonly<Record<string, number>> = { binary: 2, octal: 8, decimal: 10, hexadecimal: 16, hex: 16 };

/** `0b1101`, `1101 (base 2)`, `1101 in binary`. */
function numeralInWords(plain: string): Node | null {
  const prefixed = /^0([box])([0-9a-f]{1,400})$/i.exec(plain);
  if (prefixed !== null) return numeralOf(prefixed[2]!.toUpperCase(), PREFIXES[prefixed[1]!.toLowerCase()]!);
  const based = /^([0-9A-F]{1,400})\s?\(?(?:in )?(?:base[- ]?(\d{1,2}|[a-z]{3,7})|([a-z]{3,11}))\)?$/i.exec(plain);
  if (based === null) return null;
  const base =
    based[3] === undefined ? (BASE_WORDS[based[2]!.toLowerCase()] ?? Number(based[2])) : BASES[based[3].toLowerCase()];
  // Letters alone are digits only where the base has such.
  const isNumeral = base !== undefined && (base > 10 || /\d/.test(based[1]!));
  return isNumeral ? numeralOf(based[1]!.toUpperCase(), base) : null;
}

function numeralOf(digits: string, base: number): Node | null {
  const fits = base >= 2 && base <= 36 && [...digits].every((digit) => Number.parseInt(digit, 36) < base);
  return fits ? { kind: 'numeral', digits, base } : null;
}

/** `\overline{1101}_2`, `{1101}_2`, `\mathtt{FF}_{16}` */
const WRAPPED = /^\\?(?:(?:overline|mathtt|texttt|mathbf)\s?)?\{ ?([0-9A-Za-z]{1,400}) ?\}(?= ?_)/;

function numeral(source: string): Node | null {
  const plain = source.replace(WRAPPED, '$1');
  const upper = HEXADECIMAL.test(plain) ? plain.toUpperCase() : plain;
  const match = NUMERAL.exec(
    upper.replace(/_\{?\s*([a-z]{3,7})\s*\}?$/, (whole, word: string) =>
      BASE_WORDS[word] === undefined ? whole : `_${BASE_WORDS[word]}`,
    ),
  );
  if (match === null) return null;
  const base = Number(match[2]);
  if (!/\d/.test(match[1]!) && (match[1]!.length < 2 || base <= 10)) return null;
  return numeralOf(match[1]!, base);
}
