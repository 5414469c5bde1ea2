import type { Segment } from '../../text/formulas.ts';
import type { Sentence } from '../../text/sentences.ts';
import type { Value } from '../../text/value.ts';
import { valuesIn } from '../../text/values.ts';
import type { Latin } from '../../words/language.ts';
import { firstFrom, type Phrase, type Range } from '../../words/phrases.ts';
import type { Role } from '../../words/roles.ts';
import { phrasesOfLanguage } from '../../words/vocabulary.ts';

/** A sentence with its phrases, its values and its clauses; positions are those of the whole text. */
export interface Parsed {
  readonly text: string;
  readonly language: Latin;
  readonly sentence: Sentence;
  readonly phrases: readonly Phrase[];
  readonly values: readonly Value[];
  readonly clauses: readonly Range[];
}

export function has(phrase: Phrase | undefined, ...roles: readonly Role[]): boolean {
  if (phrase === undefined || phrase.roles.size === 0) return false;
  for (const role of roles) if (phrase.roles.has(role)) return true;
  return false;
}

/** "not exactly equal to", "can't possibly be": what may stand between a denial and its verb. */
export const isAdverb = (
  { language, text }: Pick<Parsed, 'language' | 'text'>,
  { start, end, roles }: Phrase,
): boolean =>
  roles.size === 0 && language === 'english'
    ? !/^[a-z]/i.test(text[start]!) || ADVERB.test(text.slice(start, end))
    : [...roles].every((role) => ADVERBIAL.has(role));

/** "does not really equal", but not "those that are not ready are" */
const ADVERB = /ly$|^(?:ever|even|quite|always|yet|itself|in|at|all)$/i;

const ADVERBIAL: ReadonlySet<Role> = new Set(['unreal', 'hedge', 'only', 'opine']);

export const phrasesOf = ({ phrases }: Parsed, { start, end }: Range): readonly Phrase[] =>
  startingIn(phrases, start, end).filter((phrase) => phrase.end <= end);

export const valuesOf = ({ values }: Parsed, { start, end }: Range): readonly Value[] => startingIn(values, start, end);

/** Of ranges in order of their beginnings those that begin from `start` on and before `end`: a sentence may have thousands. */
const startingIn = <T extends Range>(ranges: readonly T[], start: number, end: number): readonly T[] =>
  ranges.slice(firstFrom(ranges, start), firstFrom(ranges, end));

export const between = (phrases: readonly Phrase[], from: number, to: number): readonly Phrase[] =>
  phrases.filter(({ start, end }) => start >= from && end <= to);

/** In some languages a denial follows what it denies: "उत्तर 3 नहीं है". `rest` is what follows it in its clause. */
export function isDeniedBehind({ phrases, values }: Parsed, rest: Range): boolean {
  const first = phrases.find(({ start }) => start >= rest.start);
  return (
    first !== undefined &&
    first.end <= rest.end &&
    has(first, 'deny') &&
    !values.some(({ start }) => start >= first.end && start < rest.end)
  );
}

/** Parses one sentence. `hidden` are its boxes and formulas, in order, and `words` the phrases outside of them. */
export function parse(
  {
    text,
    language,
    formulas,
  }: { readonly text: string; readonly language: Latin; readonly formulas: readonly Segment[] },
  sentence: Sentence,
  hidden: readonly Range[],
  words: readonly Phrase[],
): Parsed {
  const found = valuesIn(text, sentence, formulas).filter((value) => !isJoin(text, value, language));
  const spans = found.map(({ from, end }) => ({ start: from, end }));
  const outside = words.filter((phrase) => !insideAny(phrase, spans));
  const phrases = withPlaces(text, withExceptions(text, outside, language, found));
  const values = found.flatMap((value) =>
    isReason(text, sentence, phrases, value) ? partedFrom(text, value) : [value],
  );
  const opaque = values.length > found.length ? values : spans;
  const clauses = clausesOf(text, sentence, phrases, [...opaque, ...hidden]);
  return {
    text,
    language,
    sentence,
    phrases,
    values,
    clauses: values.length > found.length ? splitAt(clauses, values) : clauses,
  };
}

const ROUNDED = /^rounded (?:(?:up|down) )?to$/i;
const NUMBER = /^\s?\$?-?\d/;
const PLACES = /^\s?\$?\d{1,2}\$? (?:decimal|sig|d\.? ?p\b|s\.? ?f\b|places|digits|figures)/i;
const SUBORDINATE: ReadonlySet<Role> = new Set(['subordinate']);

/** "37 rounded up to 40" says its value anew, "4.63 rounded up to 2 decimal places" how exact it is. */
const withPlaces = (text: string, phrases: readonly Phrase[]): readonly Phrase[] =>
  phrases.map((phrase) =>
    has(phrase, 'restate') &&
    ROUNDED.test(text.slice(phrase.start, phrase.end)) &&
    (PLACES.test(text.slice(phrase.end, phrase.end + 24)) || !NUMBER.test(text.slice(phrase.end, phrase.end + 4)))
      ? { ...phrase, roles: SUBORDINATE }
      : phrase,
  );

const UNIVERSAL = /^(?:all|any|every|each)$/i;
const EXCEPTION: ReadonlySet<Role> = new Set(['modify', 'except']);
/** More words than these behind "every" and a "but" belongs to another clause. */
const MOST_EXCEPTED = 3;

/** "every number but 8": behind a word for all of them "but" leaves something out, and turns nothing round. */
function withExceptions(
  text: string,
  phrases: readonly Phrase[],
  language: Latin,
  values: readonly Range[],
): readonly Phrase[] {
  if (language !== 'english' || !phrases.some((phrase) => has(phrase, 'but'))) return phrases;
  return phrases.map((phrase, index) => {
    if (!has(phrase, 'but') || !/^but$/i.test(text.slice(phrase.start, phrase.end))) return phrase;
    const lead = phrases.slice(Math.max(0, index - MOST_EXCEPTED), index);
    const from = lead.findLastIndex(({ start, end }) => UNIVERSAL.test(text.slice(start, end)));
    if (from < 0 || lead.slice(from + 1).some((one) => has(one, 'link', 'pronoun'))) return phrase;
    if (has(phrases[index + 1], 'link', 'good', 'right', 'wrong')) return phrase;
    if (values.some(({ start, end }) => start >= lead[from]!.end && end <= phrase.start)) return phrase;
    return /[,;:]/.test(text.slice(lead[from]!.end, phrase.start)) ? phrase : { ...phrase, roles: EXCEPTION };
  });
}

/** Behind what begins a subordinate clause, at the beginning of the sentence or of a part of it. */
function isReason(text: string, sentence: Range, phrases: readonly Phrase[], value: Range): boolean {
  if (has(phrases[0], 'subordinate', 'suppose')) return true;
  const head = phrases[firstFrom(phrases, value.start) - 1];
  if (
    isParticiple(
      text,
      phrases.find((phrase) => !has(phrase, 'conclude')),
    )
  )
    return has(head, 'subordinate') && value.start - head!.end <= 2;
  return (
    has(head, 'subordinate', 'suppose') &&
    /[;；؛]\s{0,2}$/.test(text.slice(Math.max(sentence.start, head!.start - 3), head!.start))
  );
}

/** "Dividing by 2, x = 5", "Subtracting 3 from both sides, x = 5": how it was found. */
const isParticiple = (text: string, head: Phrase | undefined): boolean =>
  head !== undefined &&
  !has(head, 'link', 'answer') &&
  /^(?!(?:no|some|any|every)thing)\p{L}\p{Ll}{2,12}ing$/iu.test(text.slice(head.start, head.end));

/** Two equations, or a number and an equation. */
const PARTED =
  /^(?:[A-Za-z][^\s,=<>≤≥]{0,12} ?[=<>≤≥] ?[^,=]{1,40}|-?\d[\d.]{0,20})(,\s)[A-Za-z](?:[^,=()]{0,12}|\w{0,6}\([^()=]{1,30}\)) ?= ?[^,=]{1,80}$/;

/** The same as formulas: `$x > 0$, $x = 4$`. */
const PARTED_FORMULAS =
  /^(\$|\\\()[^$,;=]{1,50}(?:=[^$,;=]{1,40})?(?:\$|\\\))(,\s)\1[A-Za-z][^$,=]{0,20} ?= ?[^$,]{1,80}(?:\$|\\\))$/;

/** "Since y = 5, x = 12": what follows the comma is the main clause. */
function partedFrom(text: string, value: Value): Value[] {
  const { start, end } = value;
  const said = text.slice(start, Math.min(end, start + 160));
  const comma = PARTED.exec(said)?.[1] ?? PARTED_FORMULAS.exec(said)?.[2];
  if (comma === undefined) return [value];
  const at = text.indexOf(comma, start);
  return [
    { ...value, end: at },
    { ...value, start: at + comma.length, from: at + comma.length },
  ];
}

const splitAt = (clauses: readonly Range[], values: readonly Value[]): Range[] =>
  clauses.flatMap((clause) => {
    const inside = values.filter(({ start, end }) => start >= clause.start && end <= clause.end);
    if (inside.length !== 2) return [clause];
    return [
      { start: clause.start, end: inside[0]!.end },
      { start: inside[1]!.start, end: clause.end },
    ];
  });

/** In Spanish "o" and "y" are words. */
const isJoin = (text: string, { start, end }: Value, language: Latin): boolean =>
  end - start === 1 && phrasesOfLanguage(language).next.get(text[start]!.toLowerCase())?.roles?.has('join') === true;

const insideAny = ({ start, end }: Range, ranges: readonly Range[]): boolean =>
  ranges.some((range) => start >= range.start && end <= range.end);

/** A comma before a value goes on with a list; before a word it ends a clause. */
export function clausesOf(
  text: string,
  sentence: Sentence,
  phrases: readonly Phrase[],
  opaque: readonly Range[],
): Range[] {
  const ends = new Set<number>();
  const denied = new Set(phrases.filter((phrase) => has(phrase, 'deny')).map(({ end }) => end));
  for (const { index } of text.slice(sentence.start, sentence.end).matchAll(/[,،、;；؛]|\s[-–—]{1,2}\s|—|\.{3}|…/g)) {
    const at = sentence.start + index;
    if (insideAny({ start: at, end: at + 1 }, opaque)) continue;
    // "14 नहीं, 15": what stands before the comma was denied by what ends there.
    const listed = denied.has(at)
      ? false
      : /[;；؛]/.test(text[at]!)
        ? isListed(text, at, opaque)
        : !isIntroduction(text, sentence.start, at, phrases, opaque);
    if (!listed || !goesOn(text, at + 1, phrases, opaque)) ends.add(at);
  }
  for (const [index, phrase] of phrases.entries())
    if (index > 0 && has(phrase, 'conclude', 'but') && !has(phrase, 'deny')) ends.add(phrase.start);
  const clauses: Range[] = [];
  let start = sentence.start;
  for (const end of [...[...ends].sort((one, other) => one - other), sentence.end]) {
    if (text.slice(start, end).trim() !== '') clauses.push({ start, end });
    start = /[,،、;；؛\s–—…-]/.test(text[end] ?? '') ? end + 1 : end;
  }
  return clauses;
}

/** "1; 3; 5": a value on both sides of the semicolon, and nothing said of the second. */
function isListed(text: string, at: number, opaque: readonly Range[]): boolean {
  const next = opaque.find(({ start }) => start > at);
  return (
    next !== undefined &&
    opaque.some(({ end }) => end === at) &&
    text.slice(at + 1, next.start).trim() === '' &&
    /^[\s$]{0,3}(?:[;,.]|and\b|$)/.test(text.slice(next.end, next.end + 8))
  );
}

/** "Out of the 20 students, 15 passed": what begins with a preposition and ends in a word is no list's beginning. */
function isIntroduction(
  text: string,
  from: number,
  comma: number,
  phrases: readonly Phrase[],
  opaque: readonly Range[],
): boolean {
  const head = phrases.find(({ start, roles }) => start >= from && !roles.has('conclude'));
  const last = opaque.findLast(({ end }) => end <= comma);
  const begins =
    (has(head, 'subordinate', 'suppose') || isParticiple(text, head)) &&
    text.slice(from, head!.start).trim().length <= 6 &&
    !opaque.some(({ start, end }) => start >= from && end <= head!.start);
  const next = opaque.find(({ start }) => start > comma);
  if (!begins) return false;
  if (last === undefined) return next !== undefined && isEquation(text, next);
  if (/\p{L}{3}/u.test(text.slice(last.end, comma))) return true;
  if (next !== undefined && !text.slice(last.start, last.end).includes('=') && isEquation(text, next)) return true;
  const follows = next !== undefined && /^\s(?!and\b|or\b)\p{Ll}{2}/u.test(text.slice(next.end, next.end + 5));
  return follows && !text.slice(last.start, last.end).includes('=');
}

const isEquation = (text: string, { start, end }: Range): boolean =>
  text.slice(start, Math.min(end, start + 40)).includes('=');

function goesOn(text: string, at: number, phrases: readonly Phrase[], opaque: readonly Range[]): boolean {
  const value = opaque.find(({ start }) => start >= at);
  if (value === undefined) return false;
  const between = phrases.filter(({ start }) => start >= at && start < value.start);
  const next = phrases[firstFrom(phrases, value.end)];
  // "31 coins, 7 of which are silver"
  if (has(next, 'partitive') && text.slice(value.end, next!.start).trim() === '') return false;
  return (
    between.every((phrase) => has(phrase, 'join', 'hedge')) &&
    value.start - at <= 16 &&
    text.slice(at, value.start).trim().length <= 12
  );
}
