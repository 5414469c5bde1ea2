import { addition, integerNode, type Node, product } from '../../tree.ts';

const CLOCK = /^(\d{1,2}):([0-5]\d)(?::[0-5]\d)?\s*(?:([ap])\.?\s?m\.?)?$/i;
const NUMERAL = /^\(?([0-9A-Z]{1,400})\)?\s?_\s?\{?\s*(\d{1,2})\s*\}?$/;
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
};
const RATIO = /^([1-9]\d{0,8}) to ([1-9]\d{0,8})$/;
const LABELLED = /^\(?\s*([A-J])\s*(?:\)[.:]?\s*|[.:]\s+)(\S.*)$/s;

/** Forms that no grammar of formulas has: a time of day, a numeral with its base, a choice with its content. */
export function readSpecial(source: string, readContent: (content: string) => Node): Node | null {
  if (source.length > 600) return null;
  const plain = unwrapped(source);
  return (
    clock(plain) ??
    feet(plain) ??
    numeral(plain) ??
    numeralInWords(plain) ??
    ratio(plain) ??
    labelled(plain, readContent)
  );
}

const unwrapped = (source: string): string =>
  source
    .replace(/\\(?:text|mathrm|textbf|mbox|rm)\s*\{([^{}]*)\}/g, '$1')
    .replace(/\\!/g, '')
    .replace(/\\[,;: ]|~/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function clock(plain: string): Node | null {
  const twelve = /^(?:12(?::00)?\s?)?(noon|midnight)$/i.exec(plain);
  if (twelve !== null) return { kind: 'clock', minutes: 720, half: twelve[1]!.toLowerCase() === 'noon' ? 'pm' : 'am' };
  const match = CLOCK.exec(plain);
  if (match === null || Number(match[1]) > 24) return null;
  const half = match[3] === undefined ? null : match[3].toLowerCase() === 'a' ? 'am' : 'pm';
  return { kind: 'clock', minutes: Number(match[1]) * 60 + Number(match[2]), half };
}

/** `6'2''` is six feet and two inches. */
function feet(plain: string): Node | null {
  const match = /^(\d{1,3})\s?'\s?(\d{1,2})\s?(?:''|")$/.exec(plain);
  const part = (digits: string, name: string): Node => product([integerNode(Number(digits)), { kind: 'unit', name }]);
  return match && addition([part(match[1]!, 'ft'), part(match[2]!, 'in')]);
}

const PREFIXES: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16 };
const BASES: Readonly<Record<string, number>> = { binary: 2, octal: 8, decimal: 10, hexadecimal: 16, hex: 16 };

/** `0b1101`, `1101 (base 2)`, `1101 in binary`. */
function numeralInWords(plain: string): Node | null {
  const prefixed = /^0([box])([0-9a-f]{1,400})$/i.exec(plain);
  if (prefixed !== null) return numeralOf(prefixed[2]!.toUpperCase(), PREFIXES[prefixed[1]!.toLowerCase()]!);
  const based = /^([0-9A-F]{1,400})\s?\(?(?:in )?(?:base[- ]?(\d{1,2}|[a-z]{3,7})|([a-z]{3,11}))\)?$/i.exec(plain);
  if (based === null || !/\d/.test(based[1]!)) return null;
  const base =
    based[3] === undefined ? (BASE_WORDS[based[2]!.toLowerCase()] ?? Number(based[2])) : BASES[based[3].toLowerCase()];
  return base === undefined ? null : numeralOf(based[1]!.toUpperCase(), base);
}

function numeralOf(digits: string, base: number): Node | null {
  const fits = base >= 2 && base <= 36 && [...digits].every((digit) => Number.parseInt(digit, 36) < base);
  return fits ? { kind: 'numeral', digits, base } : null;
}

function numeral(plain: string): Node | null {
  const match = NUMERAL.exec(
    plain.replace(
      /_\{?\s*(two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen)\s*\}?$/,
      (_, word: string) => `_${BASE_WORDS[word]}`,
    ),
  );
  if (match === null) return null;
  const base = Number(match[2]);
  if (!/\d/.test(match[1]!) && (match[1]!.length < 2 || base <= 10)) return null;
  return numeralOf(match[1]!, base);
}

/** `3 to 4` is a ratio. */
function ratio(plain: string): Node | null {
  const match = RATIO.exec(plain.replace(/ +/g, ' '));
  return match && { kind: 'ratio', parts: [integerNode(Number(match[1])), integerNode(Number(match[2]))] };
}

function labelled(plain: string, readContent: (content: string) => Node): Node | null {
  const match = LABELLED.exec(plain);
  if (match === null || /^(?:[\^_'=<>+*/,-]|and\b|or\b)/.test(match[2]!)) return null;
  return { kind: 'labelled', letter: match[1]!, content: readContent(match[2]!) };
}
