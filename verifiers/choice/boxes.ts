import { readClause } from './clause.ts';
import type { Option, Reading } from './options.ts';
import { wholeText } from './texts.ts';

const BOX = /\\(?:boxed|fbox)\s{0,3}(?:\{|(?=[A-Z]\b))/g;
const LONGEST = 500;
/** Only the last few boxes are tried: the answer is wanted. */
const TRIED = 20;
const JOINS = /^[\s,;.]*(?:and|or|&)?\s*$/i;

/** The choice in the last box that holds one; boxes that are joined (`\boxed{A} and \boxed{C}`) choose several. */
export function boxed(text: string, options: readonly Option[]): Reading {
  const boxes = [...text.matchAll(BOX)].slice(-TRIED).map((match) => boxAt(text, match.index, match[0]));
  for (const [index, box] of [...boxes.entries()].reverse()) {
    const letters = readBox(box.content, options);
    if (letters.length === 0) continue;
    const before = boxes[index - 1];
    const joined = before !== undefined && JOINS.test(text.slice(before.end, box.start));
    return joined ? [...new Set([...readBox(before.content, options), ...letters])] : letters;
  }
  return [];
}

function boxAt(text: string, start: number, opening: string) {
  const from = start + opening.length;
  if (!opening.endsWith('{')) return { start, end: from + 1, content: text[from]! };
  let depth = 1;
  for (let at = from; at < text.length && at < from + LONGEST; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return { start, end: at + 1, content: text.slice(from, at) };
  }
  const content = text.slice(from, from + LONGEST).split('\n')[0]!;
  return { start, end: from + content.length, content };
}

/** `AC` in a box is two letters, unless it is the text of a choice. */
function readBox(content: string, options: readonly Option[]): Reading {
  const packed = /^[\s({]*([A-Z]{2,10})[\s)}]*$/.exec(content)?.[1];
  const whole = wholeText(content, options);
  if (whole.length > 0 || packed === undefined) return whole.length > 0 ? whole : readClause(content, options);
  const letters = [...new Set(packed)];
  return letters.every((letter) => options.some((option) => option.letter === letter)) ? letters : [];
}
