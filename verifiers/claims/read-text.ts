import { type Parsed, parse } from './sentence/parts/clauses.ts';
import { type Box, boxesOf } from './text/boxes.ts';
import { joinsValues, withCommas, withGroups, withPoints } from './text/cleaning/clean.ts';
import { mathsSegments } from './text/formulas.ts';
import { paragraphAt, type Sentence, sentencesOf } from './text/sentences.ts';
import { type Tagged, tagsOf, withoutTags } from './text/tags.ts';
import { within } from './text/values.ts';
import { groupsByPoints, type Latin, languageOf, writesCommas } from './words/language.ts';
import { anyIn, has, phrasesIn, type Range } from './words/phrases.ts';
import type { Role } from './words/roles.ts';
import { unitsOf } from './words/units.ts';
import { type Branch, phrasesThat } from './words/vocabulary.ts';

/** A text in sentences, with what it marks as an answer. */
export interface Text {
  readonly text: string;
  readonly tags: readonly Tagged[];
  readonly boxes: readonly Box[];
  readonly sentences: () => readonly Sentence[];
  /** The sentences from the paragraph on that a place stands in. */
  readonly sentencesAround: (place: number) => readonly Sentence[];
  readonly parseOne: ParseOne;
  /** Whether a sentence holds a phrase, outside of its boxes and formulas, that does something of a kind. */
  readonly holds: (sentence: Sentence, kind: Kind) => boolean;
}

export type ParseOne = (sentence: Sentence) => Parsed;

/** A text with what it marks as an answer, before it is parted. */
export interface Marked {
  /** Without answer tags, and with points in its decimals. */
  readonly text: string;
  readonly tags: readonly Tagged[];
  readonly boxes: readonly Box[];
  readonly language: () => Latin;
}

/** The marks of a text of which nothing is left to clean. */
export function markedIn(tagged: string): Marked {
  const tags = tagsOf(tagged);
  const untagged = tags.length === 0 ? tagged : withoutTags(tagged);
  const language = once(() => languageOf(untagged));
  const mayDiffer =
    !untagged.includes(' the ') && (SEPARATED.test(untagged) || joinsValues(untagged)) && WORDED.test(untagged);
  const text = mayDiffer ? inPlainForm(untagged, language()) : untagged;
  return { text, tags, boxes: boxesOf(text), language };
}

/** Parts a text. A sentence is parsed when it is asked for, and once. */
export function readText({ text, tags, boxes, language }: Marked): Text {
  const formulas = once(() => mathsSegments(text));
  const opaque = once(() => (boxes.length === 0 ? formulas() : disjoint(formulas(), boxes)));
  const hiddenIn = ({ start, end }: Sentence): Range[] => within(opaque(), start, end);
  const unitsIn = byKey((sentence: Sentence) => unitsOf(text, sentence, hiddenIn(sentence)));
  const wordsOf = byKey((sentence: Sentence) => phrasesIn(unitsIn(sentence), language()));
  const parseOne = byKey((sentence: Sentence) =>
    parse({ text, language: language(), formulas: formulas() }, sentence, hiddenIn(sentence), wordsOf(sentence)),
  );
  return {
    text,
    tags,
    boxes,
    sentences: once(() => sentencesOf(text, opaque())),
    sentencesAround: (place) => sentencesOf(text, opaque(), paragraphAt(text, opaque(), place)),
    parseOne,
    holds: (sentence, { roles, phrases }) =>
      anyIn(unitsIn(sentence), phrases) && wordsOf(sentence).some((phrase) => has(phrase, ...roles)),
  };
}

/** What phrases may do, with those of all languages that do it: a look for them spares most sentences the language. */
export interface Kind {
  readonly roles: readonly Role[];
  readonly phrases: Branch;
}

export const kindOf = (...roles: readonly Role[]): Kind => ({ roles, phrases: phrasesThat(...roles) });

/** A number that a language may write otherwise than English: "3,5", "1.250". */
const SEPARATED = /\d[.,]\d/;

/** A word that is no command of a formula: a text without one is in no language. */
const WORDED = /(?:^|[^\\a-zA-Z])[a-zA-Z\u0080-\uffff]{2}/;

/** With the numbers and the lists of its language as English has them. */
function inPlainForm(text: string, language: Latin): string {
  const grouped = groupsByPoints(language) ? withGroups(text) : text;
  return withCommas(writesCommas(text, language) ? withPoints(grouped) : grouped, language);
}

export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

function byKey<Key, T>(make: (key: Key) => T): (key: Key) => T {
  const made = new Map<Key, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

/** Boxes stand in formulas, and formulas in boxes: the outer one hides the inner. */
function disjoint(formulas: readonly Range[], boxes: readonly Range[]): Range[] {
  const result: Range[] = [];
  let covered = -1;
  const take = (range: Range): void => {
    if (range.end <= covered) return;
    result.push(range.start < covered ? { start: covered, end: range.end } : range);
    covered = range.end;
  };
  let next = 0;
  for (const box of boxes) {
    for (; next < formulas.length && isOuter(formulas[next]!, box); next += 1) take(formulas[next]!);
    take(box);
  }
  for (; next < formulas.length; next += 1) take(formulas[next]!);
  return result;
}

/** Whether a range begins first, or with another and reaches as far. */
const isOuter = (one: Range, other: Range): boolean =>
  one.start < other.start || (one.start === other.start && one.end >= other.end);
