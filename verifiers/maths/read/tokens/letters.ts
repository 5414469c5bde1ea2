import { isUnitName } from '../../value/units.ts';
import { isKnownWord } from '../../value/word-roles.ts';
import { emit, isLetter, PERCENT, plainUnits, type Scan } from './scan.ts';
import { splitLetters } from './split-letters.ts';
import { FUNCTIONS, PYTHON_CALLS } from './vocabulary.ts';

/** Letters of the alphabet: a unit, the name of a function, a word, or factors one by one. */
export function letters(scan: Scan): void {
  const run = runAt(scan);
  const called = calledName(scan, run);
  const measure = measureAtEnd(scan);
  const counted = countedAt(scan);
  const whole = scan.source.charCodeAt(scan.at + run.length) > 0x7f ? wordAt(scan) : run;
  if (measure !== null) emit(scan, measure.length, { kind: 'text', text: plainUnits(measure) });
  else if (PERCENT.test(run)) emit(scan, run.length, { kind: 'mark', text: '%' });
  else if (called !== null) emit(scan, called[0].length, { kind: 'command', text: `${called[1]}()` });
  else if (whole.length > run.length) emit(scan, whole.length, { kind: 'word', text: whole });
  else if (isFactors(scan, run)) for (const letter of run) emit(scan, 1, { kind: 'letter', text: letter });
  else if (run === 'E' && scan.source.startsWith('**', scan.at + 1)) emit(scan, 1, { kind: 'letter', text: 'e' });
  else if (isShareOf(scan, run)) emit(scan, run.length, { kind: 'command', text: 'cdot' });
  else if (counted !== null) emit(scan, counted.length, { kind: 'word', text: counted });
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

const COUNTED = /^(?:(?:[a-z]{1,12}-){0,3}[a-z]{2,20}(?<!s)s|[A-Z]{2,4}s)(?![A-Za-z\d\\^_({'’-])/;

/** `20 floors`, `22 push-ups`, `14 CDs`: a plural apart from the number or the word before it, whatever function it begins like. */
function countedAt(scan: Scan): string | null {
  const previous = scan.tokens.at(-1);
  if (!scan.spaced || (previous?.kind !== 'number' && previous?.kind !== 'word')) return null;
  const run = COUNTED.exec(scan.source.slice(scan.at, scan.at + 70))?.[0];
  if (run === undefined || run.length < 3 || isKnownWord(run) || FUNCTIONS.has(run)) return null;
  return /[aeiouyA-Z]/.test(run) || isUnitName(run.slice(0, -1)) ? run : null;
}

/** `25% of 300`, `1/3 of 60` */
function isShareOf(scan: Scan, run: string): boolean {
  if (run !== 'of' || !scan.spaced || !/^ +[\d$]/.test(scan.source.slice(scan.at + 2, scan.at + 6))) return false;
  const [last, before] = [scan.tokens.at(-1), scan.tokens.at(-2)];
  return last?.text === '%' || (last?.kind === 'number' && before?.text === '/');
}

/** `than the van`, `75 new desks`: three letters behind an article, or apart from both neighbours, of a number or a word and a word. */
function isAdjective(scan: Scan, run: string): boolean {
  const previous = scan.tokens.at(-1);
  if (run.length !== 3 || !scan.spaced) return false;
  if (/^(?:the|than)$/i.test(previous?.text ?? '') && /[aeiou]/.test(run) && !FUNCTIONS.has(run)) return true;
  if (previous?.kind !== 'number' && previous?.kind !== 'word') return false;
  if (!/^(?=[b-df-hj-np-tv-z]{0,2}[aeiou])[a-z]{3}$/.test(run)) return false;
  const end = scan.at + run.length;
  const follower = /^ +(?:[a-z]{3} +){0,2}([A-Za-z]{4,20})(?![A-Za-z\\])/.exec(scan.source.slice(end, end + 30))?.[1];
  return follower !== undefined && splitLetters(follower, undefined)[0]!.kind === 'word';
}

/** Of another alphabet. */
export function foreignWord(scan: Scan): void {
  const rest = scan.source.slice(scan.at, scan.at + 200);
  const both = /^(?:且|并且|而且)/u.exec(rest)?.[0];
  const separator =
    /^(?:或者?|和|与|及|と(?=\s?[-\d$\\a-z(])|(?:또는|또|와|과|이고|및|и|или|та|або|و|أو|یا|और|तथा|या|και|ή|ו)(?![\p{L}\p{M}]))/u.exec(
      rest,
    )?.[0];
  const counted = scan.tokens.at(-1)?.kind === 'number' ? /^[十百千万萬亿億]+/u.exec(rest)?.[0] : undefined;
  const run = counted ?? /^(?:(?![A-Za-z])[\p{L}\p{M}]){1,200}/u.exec(rest)?.[0] ?? scan.source[scan.at]!;
  if (both !== undefined) emit(scan, both.length, { kind: 'mark', text: 'and' });
  else if (separator !== undefined) emit(scan, separator.length, { kind: 'mark', text: ',' });
  else emit(scan, run.length, { kind: 'word', text: run });
}
