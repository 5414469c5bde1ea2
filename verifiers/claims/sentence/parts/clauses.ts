import type { Segment } from '../../text/formulas.ts';
import type { Sentence } from '../../text/sentences.ts';
import type { Value } from '../../text/value.ts';
import { valuesIn } from '../../text/values.ts';
import type { Latin } from '../../words/language.ts';
import { firstFrom, has, type Phrase, type Range } from '../../words/phrases.ts';
import type { Role } from '../../words/roles.ts';
import { phrasesOfLanguage } from '../../words/vocabulary.ts';
import { clausesOf, insideAny, isParticiple } from './clause-ends.ts';

/** A sentence with its phrases, its values and its clauses; positions are those of the whole text. */
export interface Parsed {
  readonly text: string;
  readonly language: Latin;
  readonly sentence: Sentence;
  readonly phrases: readonly Phrase[];
  readonly values: readonly Value[];
  readonly clauses: readonly Range[];
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
