import type { Value } from '../text/value.ts';
import { has, type Phrase, type Range } from '../words/phrases.ts';
import { dayIn, waysIn } from './adverbial.ts';
import { DETERMINES, isKin } from './clause-kinds.ts';
import { between, type Parsed, phrasesOf, valuesOf } from './parts/clauses.ts';
import { mainLinks } from './parts/links.ts';
import {
  beginningOf,
  type Linked,
  nameBefore,
  objectOf,
  QUANTITY,
  type Statement,
  withoutTail,
  withTail,
  words,
} from './parts/pieces.ts';
import { relatedFrom, relates } from './relative.ts';
import { resultIn } from './results.ts';
import { severalIn } from './several.ts';

/** What one clause says: of a link its object, else the value that it tells; behind a cue also words. */
export function inClause(parsed: Parsed, clause: Range, to: number, cue: boolean): Statement | null {
  const phrases = phrasesOf(parsed, clause);
  const all = valuesOf(parsed, clause);
  const named = all.filter(({ names }) => !names);
  const placed = named.filter(({ end }) => !WHEN.test(parsed.text.slice(end, end + 4)));
  const telling = placed.length > 0 ? placed : named;
  const values = telling.length > 0 ? telling : all;
  const turned =
    turnedRound(values, phrases) ??
    onlyOne(values, phrases) ??
    calledRight(parsed, values, phrases) ??
    inWays(parsed, values);
  if (turned !== null) return withoutTail(parsed, clause, turned, []);
  const links = mainLinks(parsed, phrases, values);
  if (
    all.length > 0 &&
    telling.length === 0 &&
    links[0] !== undefined &&
    all.every(({ end }) => end <= links[0]!.start) &&
    !cue
  ) {
    const predicate = words(parsed, clause, links[0]);
    if (predicate !== null && /\p{L}{3}/u.test(parsed.text.slice(predicate.start, predicate.end))) return predicate;
  }
  if (telling.length === 0 && links[0] !== undefined && UNIVERSAL.test(parsed.text.slice(links[0].end, clause.end)))
    return words(parsed, clause, links[0]);
  const result = cue ? null : resultIn(parsed, clause, { values, phrases, links }, to);
  if (result !== null) return result;
  const chosen = chooseLink(
    links.flatMap((link) => linked(parsed, link, values, phrases, links)),
    parsed,
    phrases,
    cue,
  );
  const subject = values.find(
    (value) =>
      links.length > 0 && value.end <= links[0]!.start && !(chosen !== null && isBehind(parsed, value, phrases)),
  );
  const day = cue || links.length === 0 ? null : dayIn(parsed, links.at(-1)!, clause);
  if (day !== null) return day;
  const ways = cue || phrases.some((phrase) => has(phrase, 'deny')) ? null : waysIn(parsed, clause);
  if (ways !== null) return ways;
  const open = severalIn(parsed, all, links, phrases, cue);
  if (open !== null) return open;
  const related =
    chosen !== null &&
    !cue &&
    !values.some(({ end, names }) => end <= chosen.link.start && !names) &&
    relates(parsed, chosen.link, chosen.value);
  const main = chosen !== null && cue && chosen.indirect ? behindPlace(parsed, chosen, values, phrases) : undefined;
  if (main !== undefined) return withTail(parsed, clause, main, phrases, to);
  if (chosen !== null && (cue || related || !chosen.indirect))
    return objectOf(parsed, clause, chosen, to, cue || related);
  if (subject !== undefined) return withoutTail(parsed, clause, subject, phrases);
  if (values.length > 0) {
    const free = values.filter((value) => !isBehind(parsed, value, phrases));
    const told =
      chosen?.value ??
      free.find((value) => !isDefinite(parsed, value)) ??
      free[0] ??
      values.find((value) => isFreed(parsed, value, values, phrases)) ??
      values[0]!;
    const said = withTail(parsed, clause, told, phrases, to);
    const link = links.findLast(({ end }) => end <= said.start);
    const start =
      link === undefined ? relatedFrom(parsed, beginningOf(parsed, clause), told) : nameBefore(parsed, clause, link);
    return start === null ? said : { ...said, start };
  }
  return cue ? words(parsed, clause, leadingLink(links, phrases)) : null;
}

/** "all real values of x": a letter within words names what they are of. */
const UNIVERSAL = /^\s*(?:all|any|every)\s(?!of\b)\p{L}/iu;

/** "n=15时取最大值3": in some languages what says when stands behind its value. */
const WHEN = /^\s?(?:时|時|のとき|の時|일 ?때)/;

/** Of "i.e. it is zero" the second: a pronoun between two links only points. */
function leadingLink([first, second]: readonly Phrase[], phrases: readonly Phrase[]): Phrase | undefined {
  if (first === undefined || second === undefined || !has(first, 'restate')) return first;
  const gap = between(phrases, first.end, second.start);
  return gap.length > 0 && gap.every((phrase) => has(phrase, 'pronoun')) ? second : first;
}

/** "24ではなく42": in some languages what denies the first value and leads to the second stands between them. */
function turnedRound(values: readonly Value[], phrases: readonly Phrase[]): Value | null {
  const turn = phrases.find((phrase) => has(phrase, 'deny') && has(phrase, 'but'));
  if (turn === undefined || !values.some(({ end }) => end <= turn.start)) return null;
  return values.find(({ start }) => start >= turn.end) ?? null;
}

/** "We can choose 3 of the 7 members in 35 ways." */
const inWays = ({ text }: Parsed, values: readonly Value[]): Value | null =>
  values.findLast(
    ({ start, end }) =>
      /\bin (?:exactly )?\$?$/.test(text.slice(Math.max(0, start - 12), start)) &&
      /^\$?\s(?:\p{L}{3,12}\s)?ways\b/u.test(text.slice(end, end + 24)),
  ) ?? null;

/** "Among 15 and 16 only 15 works." */
function onlyOne(values: readonly Value[], phrases: readonly Phrase[]): Value | null {
  const at = phrases.findIndex((phrase, index) => has(phrase, 'only') && has(phrases[index + 1], 'right', 'good'));
  if (at < 0) return null;
  const inside = values.filter(({ start, end }) => start >= phrases[at]!.end && end <= phrases[at + 1]!.start);
  return inside.length === 1 ? inside[0]! : null;
}

/** "8 is too low, 9 is just right": of several that are judged the one that holds. */
function calledRight({ text }: Parsed, values: readonly Value[], phrases: readonly Phrase[]): Value | null {
  const judged = values.map((value) => {
    const next = phrases.find(({ start }) => start >= value.end);
    return next !== undefined && text.slice(value.end, next.start).trim() === '' ? next : undefined;
  });
  const right = values.filter((_, index) => has(judged[index], 'right', 'good'));
  return right.length === 1 && judged.some((next) => has(next, 'wrong', 'bad')) ? right[0]! : null;
}

function linked(
  { text }: Parsed,
  link: Phrase,
  values: readonly Value[],
  phrases: readonly Phrase[],
  links: readonly Phrase[],
): Linked[] {
  const value = values.find(({ start }) => start >= link.end);
  if (value === undefined) return [];
  if (links.some((other) => other.start >= link.end && other.end <= value.start)) return [];
  return [
    {
      link,
      value,
      indirect:
        between(phrases, link.end, value.start).some((one) => has(one, 'subordinate', 'modify')) &&
        !QUANTITY.test(text.slice(link.end, value.start)),
    },
  ];
}

/** The first link whose object a subordinate clause follows, else the last; one inside the subject's clause does not count. */
function chooseLink(all: readonly Linked[], { text }: Parsed, phrases: readonly Phrase[], cue: boolean): Linked | null {
  const direct = all.filter(({ indirect }) => !indirect);
  let chosen: Linked | null = null;
  for (const one of direct.length > 0 ? direct : all) {
    if (chosen === null || has(one.link, 'restate')) chosen = one;
    else {
      if (isInBracket(text, chosen.value.end, one.link.start)) continue;
      if (!cue && namesKin(text, between(phrases, chosen.value.end, one.link.start))) continue;
      if (text[one.link.start] === ':' && one.link.start - chosen.value.end <= 1) continue;
      const gap = between(phrases, chosen.value.end, one.link.start);
      const inSubject = phrases.some((phrase) => has(phrase, 'subordinate') && phrase.start < chosen!.link.start);
      // "spent 42 dollars on 3 books and has 8 left"
      const coordinated = !cue && has(gap.at(-1), 'join') && !has(gap.at(-1), 'or');
      const subject = has(gap[0], 'join') ? gap.filter((phrase) => !isOf(text, phrase)) : gap;
      if (
        inSubject ||
        coordinated ||
        !subject.some((phrase) => has(phrase, 'subordinate', 'condition') || (cue && has(phrase, 'join')))
      )
        chosen = one;
    }
  }
  return chosen;
}

/** "Anna is 40 and her daughter is 12": of somebody else, who is named by the one that was spoken of. */
const namesKin = (text: string, [join, owner, noun]: readonly Phrase[]): boolean =>
  has(join, 'join') && isKin(text, owner, noun);

/** "… and the largest of these is 19" */
const isOf = (text: string, { start, end }: Range): boolean => /^(?:of|among)$/i.test(text.slice(start, end));

/** "17 (confidence: 95%)": what a bracket behind a value says is a remark on it. */
export function isInBracket(text: string, from: number, place: number): boolean {
  const gap = text.slice(from, place);
  return gap.lastIndexOf('(') > gap.lastIndexOf(')');
}

const isBehind = ({ text }: Parsed, value: Value, phrases: readonly Phrase[]): boolean =>
  phrases.some(
    (phrase, index) =>
      phrase.end <= value.start && isPreposition(text, phrase) && !isPointer(text, phrases[index + 1], value),
  );

/** "Among them 8 are even": the preposition has its object. */
const isPointer = (text: string, next: Phrase | undefined, { start }: Range): boolean =>
  next !== undefined &&
  next.end <= start &&
  /^(?:them|these|those|it|us|me|him)$/i.test(text.slice(next.start, next.end));

const isPreposition = (text: string, phrase: Phrase): boolean =>
  has(phrase, 'subordinate') &&
  !isThat(phrase) &&
  !isOfTotal(text, phrase) &&
  !DETERMINES.test(text.slice(phrase.start, phrase.end));

/** "she read a total of 28 pages", "the maximum of 25 is reached at 5": what the total is of is the total. */
const isOfTotal = (text: string, { start, end }: Range): boolean =>
  /\b(?:a total|(?:maximum|minimum|maximal|minimal|greatest|largest|least|smallest)(?: value)?) of$/i.test(
    text.slice(Math.max(0, start - 16), end),
  );

/** "Answer: among the 12 numbers, 5 are prime": of a sentence that says first of what, what it says then. */
function behindPlace(
  parsed: Parsed,
  { link, value }: Linked,
  values: readonly Value[],
  phrases: readonly Phrase[],
): Value | undefined {
  const [head, next] = between(phrases, link.end, value.start);
  const first = has(head, 'pronoun') ? next : head;
  if (first === undefined || !isPreposition(parsed.text, first)) return undefined;
  return values.find(
    (other) =>
      other.start >= value.end &&
      /^\$? \p{Ll}{2}/u.test(parsed.text.slice(other.end, other.end + 4)) &&
      isFreed(parsed, other, values, phrases),
  );
}

/** "In 3 days she climbs 24 steps": the preposition has its object already. */
function isFreed({ text }: Parsed, value: Value, values: readonly Value[], phrases: readonly Phrase[]): boolean {
  const before = phrases.filter(({ end }) => end <= value.start);
  const preposition = before.findLast((phrase) => isPreposition(text, phrase));
  return (
    preposition !== undefined &&
    (!has(before.at(-1), 'join', 'modify') || isOfTotal(text, before.at(-1)!)) &&
    values.filter(({ start, end }) => start >= preposition.end && end <= value.start).length >
      (has(preposition, 'bounds') ? 1 : 0)
  );
}

/** "We find that 12 are left": what it begins is a sentence of its own. */
const isThat = (phrase: Phrase): boolean => has(phrase, 'pronoun');

const DEFINITE = /(?:^|[\s(])(?:the|these|those|both|los|las|les|ces|die|diese)\s{1,2}$/i;

/** "The 4 people together earn 15 dollars": what is spoken of is known already. */
const isDefinite = ({ text }: Parsed, { start, end }: Value): boolean =>
  DEFINITE.test(text.slice(Math.max(0, start - 9), start)) && /^ \p{Ll}{2}/u.test(text.slice(end, end + 3));
