import type { Sentence } from '../../text/sentences.ts';
import { firstFrom, has, type Phrase, type Range } from '../../words/phrases.ts';

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

/** "Dividing by 2, x = 5", "Subtracting 3 from both sides, x = 5": how it was found. */
export const isParticiple = (text: string, head: Phrase | undefined): boolean =>
  head !== undefined &&
  !has(head, 'link', 'answer') &&
  /^(?!(?:no|some|any|every)thing)\p{L}\p{Ll}{2,12}ing$/iu.test(text.slice(head.start, head.end));

export const insideAny = ({ start, end }: Range, ranges: readonly Range[]): boolean =>
  ranges.some((range) => start >= range.start && end <= range.end);
