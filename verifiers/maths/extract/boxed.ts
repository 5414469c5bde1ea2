import { matchBraces } from './braces.ts';

interface Box {
  readonly start: number;
  readonly end: number;
  readonly content: string;
}

const BOX = /\\?\b(?:boxed|fbox)\s{0,3}/g;
const BARE_CONTENT = /^-?[0-9A-Za-z.]{1,40}/;
/** A gap as wide as this may still join two boxes when it holds a joining word. */
const WIDEST_GAP = 70;
const MOST_JOINED = 40;
const NAME = /\\?[A-Za-z]\w{0,3}(?:_\{\w{1,4}\})?\s{0,3}=/g;
const CONCLUDES =
  /\b(?:no|not|wait|actually|but|instead|rather|so|thus|hence|therefore|then|gives?|giving|yields?|makes?|answer|finally|total)\b/i;

/**
 * The last boxed answer of a text, or null. Boxes that are neighbours (`\boxed{1} and \boxed{2}`) are one answer,
 * a list; a box that was never closed reaches to the end of its line, and none that the text breaks off in counts.
 */
export function lastBoxed(text: string): string | null {
  const boxes = findBoxes(text);
  const last = boxes.at(-1);
  if (last === undefined) return null;
  const group = [last];
  for (let index = boxes.length - 2; index >= 0 && group.length < MOST_JOINED; index -= 1) {
    const box = boxes[index]!;
    const gap = text.slice(box.end, group[0]!.start);
    if (!joins(gap, box.content === group[0]!.content)) break;
    group.unshift(box);
  }
  const contents = [...new Set(group.map((box) => box.content))];
  return contents.join(' , ') + percentAfter(text, last.end);
}

function findBoxes(text: string): Box[] {
  const partner = text.includes('boxed') || text.includes('fbox') ? matchBraces(text) : new Map<number, number>();
  const boxes: Box[] = [];
  BOX.lastIndex = 0;
  for (let match = BOX.exec(text); match !== null; match = BOX.exec(text)) {
    const box = readBox(text, match.index, BOX.lastIndex, partner);
    if (box === null || box.content.trim() === '') continue;
    boxes.push(box);
    BOX.lastIndex = Math.max(BOX.lastIndex, box.end);
  }
  return boxes;
}

function readBox(text: string, start: number, at: number, partner: ReadonlyMap<number, number>): Box | null {
  if (text[at] !== '{') {
    const bare = text[start] === '\\' ? BARE_CONTENT.exec(text.slice(at, at + 41)) : null;
    return bare && { start, end: at + bare[0].length, content: bare[0] };
  }
  const close = partner.get(at);
  if (close !== undefined) return { start, end: close + 1, content: text.slice(at + 1, close) };
  return readUnclosed(text, start, at);
}

/**
 * An unclosed box reaches to the end of its line, or to the maths delimiter that ends the formula round it. At the end
 * of the text it may have lost its last digits, and is none.
 */
function readUnclosed(text: string, start: number, at: number): Box | null {
  const rest = text.slice(at + 1, at + 2001);
  const stop = /\n|\$|\\\]|\\\)|\\?boxed/.exec(rest)?.index;
  return stop === undefined ? null : { start, end: at + 1 + stop, content: rest.slice(0, stop) };
}

/**
 * Neighbours are one answer when nothing but delimiters, a name and joining words lies between them, or prose that
 * lists them; never when the prose concludes, corrects or calculates, nor over a blank line without a joining word.
 */
function joins(gap: string, same: boolean): boolean {
  if (gap.length > WIDEST_GAP || CONCLUDES.test(gap)) return false;
  const bare = gap.replace(NAME, '').replace(/\\(?:quad|text|left|right)|[$\\\s(){}[\].,;*]/g, ' ');
  const listed = /[,;]|\b(?:and|or)\b/.test(gap);
  if (bare.replace(/\b(?:and|or)\b/g, '').trim() === '') return same || listed || !/\n\s*\n/.test(gap);
  return !same && listed && !/[.!?\n=]/.test(gap.replace(NAME, ''));
}

function percentAfter(text: string, end: number): string {
  return /^[\s$)\]\\]{0,6}(?:%|percent\b)/.test(text.slice(end, end + 20)) ? '\\%' : '';
}
