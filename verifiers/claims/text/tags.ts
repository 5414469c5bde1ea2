import type { Range } from '../words/phrases.ts';

/** An answer that is marked as such: behind `####`, between answer tags, in a field of JSON. */
export interface Tagged extends Range {
  readonly content: Range;
  /** Whether it is a string of JSON. */
  readonly field: boolean;
}

const HASHES = /(?<!#)####(?!#)[ \t]*([^\n]*)/g;
const TAG =
  /<(?:(?:final_?|short_?)?answer|ans|output|result|final)>|(?<![\w</])answer>(?=[^<\n]{1,200}<\/answer>)|<solution>(?=[^<\n]{1,60}<\/solution>)|\[(?:(?:final_?)?answer|solution(?=\][^[\n]{1,60}\[\/solution))\]/gi;
const CLOSE =
  /<\/(?:(?:final_?|short_?)?answer|ans|output|result|final|solution)>|\[\/(?:(?:final_?)?answer|solution)\]/gi;
const FIELD = /"(?:final_?|correct_?)?answer"\s{0,5}:\s{0,5}(?:"((?:[^"\\\n]|\\.){0,2000})"|([^"\s][^,}\n]{0,200}))/gi;
/** A title behind hash marks is no answer. */
const TITLE = /^(?:[*_]{2}|\s)*(?:step|case|part|solution|problem|final|the|conclusion|answer)\b/i;

/** The same text with its answer tags blank. */
export const withoutTags = (text: string): string =>
  text.replace(TAG, (tag) => ' '.repeat(tag.length)).replace(CLOSE, (tag) => ' '.repeat(tag.length));

/** `A: 18` is how GSM8K's models end; where a `B:` stands too it is a list of choices. */
const LETTER_A = /^[ \t>]{0,8}A\s?:([^\n]+)$/gm;
const LETTER_B = /^[ \t>]{0,8}B\s?:/m;

/** The lines that begin with `A:`, for an answer behind a question. */
export function answerLines(text: string): Range[] {
  if (!/A ?:/.test(text) || LETTER_B.test(text)) return [];
  return [...text.matchAll(LETTER_A)].map((match) => ({
    start: match.index + match[0].length - match[1]!.length,
    end: match.index + match[0].length,
  }));
}

/** All that is marked as an answer, in the order in which it stands. */
export function tagsOf(text: string): Tagged[] {
  const found: Tagged[] = [];
  for (const match of text.includes('####') ? text.matchAll(HASHES) : []) {
    const line = match[1]!.trimEnd();
    const start = match.index + match[0].length - match[1]!.length;
    if (line !== '' && !TITLE.test(line)) found.push(range(match.index, start, start + line.length));
  }
  if (text.includes('</') || text.includes('[/') || text.includes('nswer>')) {
    for (const match of text.matchAll(TAG)) {
      const start = match.index + match[0].length;
      CLOSE.lastIndex = start;
      const close = CLOSE.exec(text);
      const line = text.indexOf('\n', start);
      const end = close?.index ?? (line < 0 ? text.length : line);
      found.push({
        start: match.index,
        end: close === null ? end : end + close[0].length,
        content: { start, end },
        field: false,
      });
      if (close === null) break;
    }
  }
  if (text.includes('nswer')) {
    for (const match of text.matchAll(FIELD)) {
      const content = match[1] ?? match[2]!;
      const end = match.index + match[0].length - (match[1] === undefined ? 0 : 1);
      found.push({ ...range(match.index, end - content.length, end), field: match[1] !== undefined });
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

const range = (start: number, from: number, end: number): Tagged => ({
  start,
  end,
  content: { start: from, end },
  field: false,
});

/** A command of LaTeX behind an odd number of backslashes: the string was not escaped as JSON asks. */
const UNESCAPED = /(?<!\\)(?:\\\\)*\\[a-zA-Z]/;

/** What a string of JSON says. */
export const unescaped = (content: string): string =>
  content.includes('\\') && !UNESCAPED.test(content) ? content.replace(/\\(["\\/])/g, '$1') : content;
