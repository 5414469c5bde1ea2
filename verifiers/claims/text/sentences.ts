import { firstFrom, type Range } from '../words/phrases.ts';
import { isFactorialOf } from './factorial.ts';

/** A sentence, a heading or a line, without the mark that ends it. */
export interface Sentence extends Range {
  /** The mark that ends it; empty where a line or the text ends first. */
  readonly mark: string;
  /** How many blank lines stand before it in the text. */
  readonly paragraph: number;
}

/** A longer sentence is read in pieces, so that no text costs more than its length. */
const LONGEST = 800;

const ABBREVIATION =
  /(?:^|[\s(])(?:i\.e|e\.g|cf|vs|sq|cu|approx|resp|fig|eq|etc|rs|z\.\s?b|d\.\s?h|т\.\s?е|т\.\s?к|ebd)$/iu;
/** "at 3 p.m. on Monday" */
const HALF = /\d\s?[ap]\.m$/i;
/** `\text{Mar. 14}` */
const WORDS_OPEN = /\\(?:text[a-z]{0,6}|mathrm|mbox)\s?\{[^{}]*$/;
/** "d. h.", "z. B.", "т. е.": the first of its letters. */
const SPACED_ABBREVIATION = /(?:^|[\s(])[dzuтi]$/i;
/** "Nov. 11th" */
const MONTH = /(?:^|[\s(])(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$/;
/** "Answer: C. 12" is an option with its content. */
const LETTERED = /[:：]\s{0,3}[A-J]$/;
/** What counts a list, unless words follow it: those of a list are blank. */
const LIST_NUMBER = /(?:^|\n)[ \t]{0,8}\(?\d{1,2}$/;
/** A line goes on in the next where that begins in the middle of a sentence. */
const GOES_ON = /^[ \t]{0,8}(?:\p{Ll}|\$(?!\$))/u;

/**
 * The sentences of a text in order, from the beginning of a paragraph on; what stands in an opaque range (a formula, a
 * box) ends none. Paragraphs are counted from there.
 */
export function sentencesOf(text: string, opaque: readonly Range[], from = 0): Sentence[] {
  const sentences: Sentence[] = [];
  let start = from;
  let paragraph = 0;
  let next = from === 0 ? 0 : firstFrom(opaque, from);
  const end = (at: number, mark: string): void => {
    if (text.slice(start, at).trim() !== '') sentences.push({ start, end: at, mark, paragraph });
    start = at + mark.length;
  };
  const stops = finder(STOP, text);
  const spaces = finder(SPACE, text);
  for (let at = from; at < text.length; ) {
    const range = opaque[next];
    if (range !== undefined && at >= range.start) {
      next += 1;
      at = Math.max(at + 1, range.end);
      if (isStopped(text, range)) end(range.end, '');
      continue;
    }
    const to = range?.start ?? text.length;
    const stop = Math.min(stops(at), to);
    const space = stop - start > LONGEST ? spaces(Math.max(at, start + LONGEST)) : stop;
    if (space < stop) {
      end(space, '');
      at = space + 1;
      continue;
    }
    at = stop < to ? stop + 1 : to;
    if (stop === to) continue;
    const char = text[stop]!;
    if (char === '\n') {
      const blank = /^\n[ \t]*(?:\n|$)/.test(text.slice(stop, stop + 40));
      if (blank || !goesOn(text, start, stop)) end(stop, '');
      if (blank) paragraph += 1;
    } else if (isStop(text, start, stop, char)) end(stop, char);
  }
  end(text.length, '');
  return sentences;
}

/** Where the paragraph begins that a place stands in: behind a blank line that is in no opaque range. */
export function paragraphAt(text: string, opaque: readonly Range[], place: number): number {
  for (let at = text.lastIndexOf('\n\n', place); at > 0; at = text.lastIndexOf('\n\n', at - 1))
    if ((opaque[firstFrom(opaque, at + 1) - 1]?.end ?? 0) <= at) return at + 1;
  return 0;
}

/** `$$x = 2.$$ Therefore`: the full stop stands in the formula. */
const isStopped = (text: string, { start, end }: Range): boolean =>
  end - start > 4 &&
  /[.!?]\s?(?:\$\$|\\\])$/.test(text.slice(end - 4, end)) &&
  /^\s{1,3}\p{Lu}/u.test(text.slice(end, end + 5));

/** Line breaks and the marks that may end a sentence. */
const STOP = /[\n.!?。؟।]/g;
const SPACE = /\s/g;

/** The place of the next sign of a kind, from places that only grow: each sign is looked at once. */
function finder(sign: RegExp, text: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found >= from) return found;
    sign.lastIndex = from;
    found = sign.test(text) ? sign.lastIndex - 1 : text.length;
    return found;
  };
}

function isStop(text: string, start: number, at: number, char: string): boolean {
  if (char !== '.' && char !== '!') return true;
  const after = text[at + 1];
  const before = text.slice(Math.max(start, at - 12), at);
  if (char === '!' && (after === '=' || text[at - 1] === '\\' || isFactorialOf(before))) return false;
  if (char === '!')
    return !(
      /[\d)$}a-z]$/.test(before) &&
      after !== undefined &&
      /^\s{0,3}[-+*/=^<>)}\d,.。，]/.test(text.slice(at + 1, at + 6))
    );
  if (/[+*·×,]\s?\.\.$/.test(before) && /^\s?[+*·×,]/.test(text.slice(at + 1, at + 3))) return false;
  if (after === '.' || text[at - 1] === '.')
    return (
      after !== '.' && !(after === undefined && /\d\.\d{2,40}\.\.$/.test(text.slice(Math.max(start, at - 46), at)))
    );
  if (after !== undefined && !/[\s"'”’)\]*»<\p{Script=Han}]/u.test(after)) return false;
  if (LETTERED.test(before) && /^\s[-\d$\\]/.test(text.slice(at + 1, at + 3))) return false;
  if (ABBREVIATION.test(before) || (HALF.test(before) && /^\s\p{Ll}/u.test(text.slice(at + 1, at + 3)))) return false;
  if (char === '.' && text.lastIndexOf('{', at) > at - 30 && WORDS_OPEN.test(text.slice(Math.max(start, at - 30), at)))
    return false;
  if (SPACED_ABBREVIATION.test(before) && /^ \p{L}\./u.test(text.slice(at + 1, at + 4))) return false;
  if (MONTH.test(before) && /^\s\d/.test(text.slice(at + 1, at + 3))) return false;
  return !LIST_NUMBER.test(text.slice(Math.max(0, at - 14), at)) || /^\s\p{L}/u.test(text.slice(at + 1, at + 3));
}

function goesOn(text: string, start: number, at: number): boolean {
  if (/[:：]\s*$/.test(text.slice(Math.max(start, at - 4), at))) return false;
  if (worksOut(text, start, at)) return false;
  return GOES_ON.test(text.slice(at + 1, at + 12)) && text.slice(Math.max(start, at - 80), at).trim() !== '';
}

const SOLVED_NEXT = /^[ \t]{0,8}([a-zA-Z])\s?=/;
/** "x = 7" with another root of x below it is a list. */
const SOLVED = /^\s*[a-zA-Z]\s?=\s?-?[\d./]+\s*$/;

/** "2x = 14" above "x = 7": the next line goes on with the same unknown. */
function worksOut(text: string, start: number, at: number): boolean {
  const name = SOLVED_NEXT.exec(text.slice(at + 1, at + 16))?.[1];
  if (name === undefined) return false;
  const line = text.slice(Math.max(start, at - 80), at);
  const own = line.slice(line.lastIndexOf('\n') + 1);
  return own.includes('=') && !SOLVED.test(own) && own.split(/[^a-zA-Z]+/).includes(name);
}
