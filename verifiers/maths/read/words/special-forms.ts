import type { Node } from '../../tree.ts';
import { readLettered, readMeasure } from './measures.ts';
import { readCalculated, readProportion } from './proportions.ts';

const CLOCK = /^(\d{1,2})(?::([0-5]\d)(?::[0-5]\d)?|(?=\s*[ap]\.?\s?m))\s*(?:([ap])\.?\s?m\.?)?$/i;
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
};
const LABELLED = /^(?:\(?\s*([A-J])\s*(?:\)[.:,]?\s*|[.:]\s+)|(?:[Oo]ption|[Cc]hoice) \(?([A-J])\)?[,:] )(\S.*)$/s;

/** Forms that no grammar of formulas has: a time of day, a numeral with its base, a choice with its content. */
export function readSpecial(source: string, readContent: (content: string) => Node): Node | null {
  if (source.length > 600) return null;
  const plain = unwrapped(source);
  return (
    clock(plain) ??
    readMeasure(plain) ??
    readLettered(plain, readContent) ??
    numeral(plain) ??
    numeralInWords(plain) ??
    readProportion(plain) ??
    readCalculated(plain, readContent) ??
    cycles(plain) ??
    readCases(plain, readContent) ??
    readRows(plain, readContent) ??
    imaginary(plain, readContent) ??
    mapping(plain, readContent) ??
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

const HOURS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const SPOKEN = new RegExp(
  `^(?:at |an? ){0,2}(half|quarter) (past|to) (\\d{1,2}|${HOURS.join('|')})(?= in the | [ap]\\.?m|$)`,
  'i',
);

/** `half past two` as `2:30`, `a quarter to seven` as `6:45`. */
const inDigits = (plain: string): string =>
  plain.replace(SPOKEN, (whole, part: string, side: string, said: string) => {
    const hour = HOURS.indexOf(said.toLowerCase()) + 1 || Number(said);
    if (/half/i.test(part)) return /past/i.test(side) ? `${hour}:30` : whole;
    return /past/i.test(side) ? `${hour}:15` : `${hour === 1 ? 12 : hour - 1}:45`;
  });

function clock(plain: string): Node | null {
  const twelve = /^(?:at )?(?:12(?::00)?\s?)?(noon|midnight)$/i.exec(plain);
  if (twelve !== null) return { kind: 'clock', minutes: 720, half: twelve[1]!.toLowerCase() === 'noon' ? 'pm' : 'am' };
  const match = CLOCK.exec(
    inDigits(plain)
      .replace(/^(\d{1,2}) o['’]clock/, '$1:00')
      .replace(/^(\d{1,2})\.([0-5]\d)(?=\s?[ap]\.?\s?m)/i, '$1:$2')
      .replace(/ in the (?:(morning)|afternoon|evening)$/i, (_, morning) => (morning ? ' am' : ' pm')),
  );
  if (match === null || Number(match[1]) > 24) return null;
  // `08:30` counts hours up to 24.
  const early = match[1]!.startsWith('0') && match[2] !== undefined ? 'am' : null;
  const half = match[3] === undefined ? early : match[3].toLowerCase() === 'a' ? 'am' : 'pm';
  return { kind: 'clock', minutes: Number(match[1]) * 60 + Number(match[2] ?? 0), half };
}

const ROW = /^[^\s,;()[\]{}]{1,40}(?:[\s,]+[^\s,;()[\]{}]{1,40}){0,11}$/;

/** `[1 2; 3 4]`: rows as MATLAB writes them; `[1 2 3]` is one. */
function readRows(plain: string, read: (content: string) => Node): Node | null {
  const inside = /^\[([^[\]]{3,300})\]$/.exec(plain);
  const rows = inside === null ? [] : inside[1]!.split(';').map((row) => row.trim());
  if (rows.length === 0 || !rows.every((row) => ROW.test(row) && /\s/.test(row))) return null;
  if (rows.length === 1 && !/^-?\d[\d.]*(?: -?(?:\d\.[\d]+|[1-9]\d*|0)){1,11}$/.test(rows[0]!)) return null;
  const entries = rows.map((row) => row.split(/[\s,]+/).map(read));
  const length = entries[0]!.length;
  return entries.every((row) => row.length === length && row.every((entry) => entry.kind !== 'unreadable'))
    ? { kind: 'matrix', rows: entries }
    : null;
}

const IMAGINARY = /^([-+]?\d[\d.]{0,30})?\s?([-+])?\s?(\d[\d.]{0,30})\s?j$/;

/** `3+4j` as Python writes it. */
function imaginary(plain: string, read: (content: string) => Node): Node | null {
  const match = IMAGINARY.exec(plain.replace(/^\( ?(.{1,80}?) ?\)$/, '$1'));
  if (match === null || (match[1] === undefined) !== (match[2] === undefined)) return null;
  return read(`${match[1] ?? ''}${match[2] ?? ''}${match[3]}i`);
}

const MAPPING = /^(?:([a-zA-Z]) ?: ?)?([a-zA-Z]) ?(?:\\mapsto|↦) ?(\S.{0,300})$/;

/** `f: x \mapsto 2x + 3` is `f(x) = 2x + 3`. */
function mapping(plain: string, read: (content: string) => Node): Node | null {
  const match = MAPPING.exec(plain);
  return match === null ? null : read(`${match[1] ?? 'f'}(${match[2]}) = ${match[3]}`);
}

const CYCLES = /^(?:\( ?[1-9]\d?(?: [1-9]\d?){1,20} ?\) ?){1,10}$/;

/** A permutation by its cycles, `(1 3 2)(4 5)`, from the least of each and in the order of these. */
function cycles(plain: string): Node | null {
  if (!CYCLES.test(plain)) return null;
  const all = plain.match(/\([^()]+\)/g)!.map((cycle) => cycle.match(/\d+/g)!.map(Number));
  if (new Set(all.flat()).size !== all.flat().length) return null;
  const turned = all.map((cycle) => {
    const least = cycle.indexOf(Math.min(...cycle));
    return [...cycle.slice(least), ...cycle.slice(0, least)];
  });
  const written = turned.sort(([a], [b]) => a! - b!).map((cycle) => `(${cycle.join(' ')})`);
  return { kind: 'text', words: `permutation ${written.join('')}` };
}

const CASE = /^(?:and |or )?(\S.{0,80}?),? (?:(?:if|when|for|where) (\S.{0,80})|(otherwise|else|elsewhere))$/;
const DEFINED = /^[a-zA-Z]\([a-zA-Z]\) ?= ?/;

/** `1 if x > 0, and 0 otherwise` as the lines of `cases` are read. */
function readCases(plain: string, read: (content: string) => Node): Node | null {
  if (plain.length > 300 || !/ (?:if|when|for) /.test(plain)) return null;
  const name = DEFINED.exec(plain)?.[0] ?? '';
  const parts = plain
    .slice(name.length)
    .split(/[,;] (?!(?:if|when|for|where|otherwise|else) )| (?=and [^,;]{1,60} (?:if|when|for|otherwise)\b)/)
    .map((part) => CASE.exec(withoutName(part, name)));
  if (parts.length < 2 || parts.includes(null)) return null;
  const items = parts.map((part): Node => {
    const condition: Node =
      part![3] === undefined ? readCondition(part![2]!, read) : { kind: 'text', words: 'otherwise' };
    return { kind: 'tuple', open: '(', close: ')', items: [read(part![1]!), condition] };
  });
  const known = items.every(
    (item) =>
      item.kind === 'tuple' &&
      item.items[0]!.kind !== 'unreadable' &&
      (item.items[1]!.kind === 'relation' || item.items[1]!.kind === 'text'),
  );
  return known ? { kind: 'list', items } : null;
}

/** `f(x) = ` once more in front of a further case. */
const withoutName = (part: string, name: string): string => {
  const said = part.replace(/^and /, '');
  return name !== '' && said.startsWith(name) ? said.slice(name.length) : part;
};

/** `x > 0`, or `n is odd` in these words. */
function readCondition(said: string, read: (content: string) => Node): Node {
  const parity = /^([a-z]) (?:is )?(odd|even)$/.exec(said);
  if (parity !== null) return { kind: 'text', words: `${parity[1]} is ${parity[2]}` };
  return read(said);
}

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

function numeral(plain: string): Node | null {
  const upper = HEXADECIMAL.test(plain) ? plain.toUpperCase() : plain;
  const match = NUMERAL.exec(
    upper.replace(
      /_\{?\s*(two|three|four|five|six|seven|eight|nine|ten|twelve|sixteen)\s*\}?$/,
      (_, word: string) => `_${BASE_WORDS[word]}`,
    ),
  );
  if (match === null) return null;
  const base = Number(match[2]);
  if (!/\d/.test(match[1]!) && (match[1]!.length < 2 || base <= 10)) return null;
  return numeralOf(match[1]!, base);
}

function labelled(plain: string, readContent: (content: string) => Node): Node | null {
  const match = LABELLED.exec(plain);
  if (match === null || /^(?:[\^_'=<>+*/,-]|and\b|or\b)/.test(match[3]!)) return null;
  return { kind: 'labelled', letter: (match[1] ?? match[2])!, content: readContent(match[3]!) };
}
