import type { Range } from '../words/phrases.ts';

/** A boxed stretch; joined neighbours are one, with their contents parted by commas. */
export interface Box extends Range {
  readonly contents: readonly string[];
}

const BOX = /\\?\b(?:boxed|fbox|framebox|bbox|oxed)(?:\[[^[\]\n]{0,80}\])?\s{0,3}|<[|｜]begin_of_box[|｜]>/g;
const BARE_CONTENT = /^-?[0-9A-Za-z.]{1,40}/;
/** A gap as wide as this may still join two boxes when it holds a joining word. */
const WIDEST_GAP = 70;
const NAME = /\\?[A-Za-z]\w{0,3}(?:_\{\w{1,4}\})?\s{0,3}=/g;
const CONCLUDES =
  /\b(?:no|not|wait|actually|but|instead|rather|so|thus|hence|therefore|then|gives?|giving|yields?|makes?|answer|finally|total|if|because|since|wrong|incorrect|correct|right|true|false|is|was|sorry|should|oops|correction)\b|[—–]|\s-\s/i;

/**
 * The boxes of a text in order. A box that was never closed reaches to the end of its line; one that the text breaks off
 * in is none. Neighbours (`\boxed{1} and \boxed{2}`) are one box.
 */
export function boxesOf(text: string): Box[] {
  const joined: Box[] = [];
  for (const box of findBoxes(text)) {
    const previous = joined.at(-1);
    const gap =
      previous === undefined ? null : text.slice(previous.end, Math.min(box.start, previous.end + WIDEST_GAP + 1));
    const operation = previous === undefined ? null : operationOn(text, previous, box, gap!);
    if (operation !== null) joined[joined.length - 1] = operation;
    else if (previous !== undefined && joins(gap!, previous.contents.at(-1) === box.contents[0]))
      joined[joined.length - 1] = merge(previous, box);
    else joined.push(box);
  }
  return joined;
}

/** What the last box of a text holds; null where it has none. */
export const lastBoxed = (text: string): string | null => boxesOf(text).at(-1)?.contents.join(' , ') ?? null;

const merge = (one: Box, other: Box): Box => ({
  start: one.start,
  end: other.end,
  contents: one.contents.includes(other.contents[0]!) ? one.contents : [...one.contents, ...other.contents],
});

const FRACTION = /\\[dt]?frac\s?\{\s?$/;

/** `\boxed{3}:\boxed{4}`, `\frac{\boxed{3}}{\boxed{4}}`: one value with two of its parts in boxes; null for others. */
function operationOn(text: string, one: Box, other: Box, gap: string): Box | null {
  const [above, below] = [one.contents.at(-1)!, other.contents[0]!];
  if (one.contents.length > 1) return null;
  const sign = /^\s?([:/])\s?$/.exec(gap)?.[1];
  if (sign !== undefined) return { start: one.start, end: other.end, contents: [`${above}${sign}${below}`] };
  const fraction = FRACTION.exec(text.slice(Math.max(0, one.start - LONGEST_LEAD), one.start))?.[0];
  if (fraction === undefined || !/^\s?\}\s?\{\s?$/.test(gap)) return null;
  const end = other.end + (/^\s?\}/.exec(text.slice(other.end, other.end + 2))?.[0].length ?? 0);
  return { start: one.start - fraction.length, end, contents: [`\\frac{${above}}{${below}}`] };
}

/** More characters than stand before `box` in what begins one. */
const LONGEST_LEAD = 12;

function findBoxes(text: string): Box[] {
  if (!text.includes('box')) return [];
  BOX.lastIndex = Math.max(0, firstSign(text) - LONGEST_LEAD);
  let match = BOX.exec(text);
  if (match === null) return [];
  const partner = matchBraces(text, match.index);
  const boxes: Box[] = [];
  for (; match !== null; match = BOX.exec(text)) {
    const box = readBox(text, match.index, BOX.lastIndex, partner);
    if (box === null || box.contents[0]!.trim() === '') continue;
    boxes.push(box);
    BOX.lastIndex = Math.max(BOX.lastIndex, box.end);
  }
  return boxes;
}

function firstSign(text: string): number {
  const [box, oxed] = [text.indexOf('box'), text.indexOf('oxed')];
  return oxed < 0 ? box : Math.min(box, oxed);
}

function readBox(text: string, start: number, at: number, partner: ReadonlyMap<number, number>): Box | null {
  if (text[start] === '<') return readMarked(text, start, at);
  if (text[at] !== '{') {
    const bare = text[start] === '\\' ? BARE_CONTENT.exec(text.slice(at, at + 41)) : null;
    return bare && { start, end: at + bare[0].length, contents: [bare[0]] };
  }
  const close = partner.get(at);
  if (close !== undefined) return { start, end: close + 1, contents: [text.slice(at + 1, close)] };
  return readUnclosed(text, start, at);
}

function readMarked(text: string, start: number, at: number): Box | null {
  const close = /<[|｜]end_of_box[|｜]>/.exec(text.slice(at, at + 2000));
  return close && { start, end: at + close.index + close[0].length, contents: [text.slice(at, at + close.index)] };
}

/** To the end of its line, or to the maths delimiter that ends the formula round it. */
function readUnclosed(text: string, start: number, at: number): Box | null {
  const rest = text.slice(at + 1, at + 2001);
  const stop = /\n|\$|\\\]|\\\)|\\?boxed/.exec(rest)?.index;
  return stop === undefined ? null : { start, end: at + 1 + stop, contents: [rest.slice(0, stop)] };
}

/**
 * Whether nothing but delimiters, a name and joining words lies between two boxes, or prose that lists them; never where
 * the prose concludes, corrects or calculates, nor over a blank line without a joining word.
 */
function joins(gap: string, same: boolean): boolean {
  if (gap.length > WIDEST_GAP || CONCLUDES.test(gap)) return false;
  const bare = gap.replace(NAME, '').replace(/\\(?:quad|text|left|right)|[$\\\s(){}[\].,;*]/g, ' ');
  const listed = /[,;]|\b(?:and|or)\b/.test(gap);
  if (bare.replace(/\b(?:and|or)\b/g, '').trim() === '') return same || listed || !/\n\s*\n/.test(gap);
  return !same && listed && !/[.!?\n=]/.test(gap.replace(NAME, ''));
}

/**
 * The partner of every `{` of a text from a place on, by position; an unclosed one has none. One pass, so that a text of nothing
 * but braces costs no more than prose of its length.
 */
function matchBraces(text: string, from = 0): ReadonlyMap<number, number> {
  const partner = new Map<number, number>();
  const open: number[] = [];
  SIGN.lastIndex = from;
  for (let found = SIGN.exec(text); found !== null; found = SIGN.exec(text)) {
    if (found[0] === '{') open.push(found.index);
    else if (found[0] === '}') {
      const start = open.pop();
      if (start !== undefined) partner.set(start, found.index);
    }
  }
  return partner;
}

/** A brace, or a backslash with what it escapes. */
const SIGN = /\\[\s\S]?|[{}]/g;
