import { integerNode, type Node } from '../../tree.ts';

const CLOCK = /^(\d{1,2}):([0-5]\d)(?::[0-5]\d)?\s*(?:([ap])\.?\s?m\.?)?$/i;
const NUMERAL = /^\(?([0-9A-Z]{1,400})\)?_\s?\{?\s*(\d{1,2})\s*\}?$/;
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
  return clock(plain) ?? numeral(plain) ?? ratio(plain) ?? labelled(plain, readContent);
}

const unwrapped = (source: string): string =>
  source
    .replace(/\\(?:text|mathrm|textbf|mbox|rm)\s*\{([^{}]*)\}/g, '$1')
    .replace(/\\!/g, '')
    .replace(/\\[,;: ]|~/g, ' ')
    .trim();

function clock(plain: string): Node | null {
  const match = CLOCK.exec(plain);
  if (match === null || Number(match[1]) > 24) return null;
  const half = match[3] === undefined ? null : match[3].toLowerCase() === 'a' ? 'am' : 'pm';
  return { kind: 'clock', minutes: Number(match[1]) * 60 + Number(match[2]), half };
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
  const fits = base >= 2 && base <= 36 && [...match[1]!].every((digit) => Number.parseInt(digit, 36) < base);
  return fits ? { kind: 'numeral', digits: match[1]!, base } : null;
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
