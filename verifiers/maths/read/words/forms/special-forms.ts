import { type Node, symbol } from '../../../tree.ts';
import { readNumeral } from './bases.ts';
import { readCases } from './cases.ts';
import { readClock } from './clock.ts';
import { readLettered, readMeasure } from './measures.ts';
import { readCalculated, readProportion } from './proportions.ts';

const LABELLED = /^(?:\(?\s*([A-J])\s*(?:\)[.:,]?\s*|[.:]\s+)|(?:[Oo]ption|[Cc]hoice) \(?([A-J])\)?[,:] )(\S.*)$/s;

/** Forms that no grammar of formulas has: a time of day, a numeral with its base, a choice with its content. */
export function readSpecial(source: string, readContent: (content: string) => Node): Node | null {
  if (source.length > 600) return null;
  const plain = unwrapped(source);
  return (
    readClock(plain) ??
    readMeasure(plain) ??
    readLettered(plain, readContent) ??
    readNumeral(plain) ??
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

function unwrapped(source: string): string {
  const plain = /[\\~]/.test(source) ? withoutCommands(source) : source;
  return plain.replace(/\s+/g, ' ').trim();
}

const withoutCommands = (source: string): string =>
  source
    .replace(/\\(?:text|mathrm|textbf|mbox|rm)\s*\{([^{}]*)\}/g, '$1')
    .replace(/\\!/g, '')
    .replace(/\s?\\colon(?![a-zA-Z])\s?/g, ':')
    .replace(/\\[,;: ]|~/g, ' ');

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

/** `A)` */
const LETTER = /^([A-J])[).]$/;

function labelled(plain: string, readContent: (content: string) => Node): Node | null {
  const alone = LETTER.exec(plain);
  if (alone !== null) return symbol(alone[1]!);
  const match = LABELLED.exec(plain);
  if (match === null || /^(?:[\^_'=<>+*/,-]|and\b|or\b)/.test(match[3]!)) return null;
  return { kind: 'labelled', letter: (match[1] ?? match[2])!, content: readContent(match[3]!) };
}
