import type { Option, Reading } from './options.ts';

/** A box before a label, and what stands in it. */
const BOXED = /(?:\[([ xX✓✔]?)\]|\(([ xX✓✔]?)\)|([☐☑☒✅⬜○●]))[ \t]{0,2}\(?([A-Z])(?![\p{L}\d])/gu;
/** A line of a list with its label. */
const LINE = /^[^\p{L}\p{N}\n]{0,8}(?:\p{L}{3,12} )?([A-Z]) {0,4}(?:[).:]|[-–—])[ \t]{1,5}([^\n]{0,300})$/gmu;
/** A mark at the end of a line: "✓", "← correct", "(correct)". */
const MARK =
  /(?:[✓✔✅☑]|(?:←|<-{1,3})[ \t]?(?:correct|answer|right|this)\b[^\n]{0,20}|\((?:correct|right|answer|correct answer)\))\s*$/iu;

/** The options that a list of all of them marks, one or more: "- [x] C", "(x) C", "C) it cools ✓", "C) it cools ← correct". */
export function markedInList(text: string, options: readonly Option[]): Reading {
  const boxes = [...text.matchAll(BOXED)].map(([, square, round, sign, letter]) => ({
    letter: letter!,
    marked: /[xX✓✔☑☒✅●]/u.test(square ?? round ?? sign ?? ''),
  }));
  const lines = [...text.matchAll(LINE)].map(([, letter, rest]) => ({ letter: letter!, marked: MARK.test(rest!) }));
  return markedOf(boxes, options) ?? markedOf(lines, options) ?? judgedIn(text) ?? ticked(text, options);
}

const TICKED = /^\s*[[(]\s?[xX✓✔]\s?[\])][ \t]{0,2}\(?([A-Z])(?![\p{L}\d])/u;

/** A last line that begins with a ticked box, of the one that is chosen: "[x] C". */
function ticked(text: string, options: readonly Option[]): Reading {
  const letter = TICKED.exec(text.trimEnd().split('\n').at(-1)!.slice(0, LONGEST_LINE))?.[1];
  return options.some((option) => option.letter === letter) ? [letter!] : [];
}

const JUDGED = /\(?([A-Z])\)?\s?[-–—:=]\s?(T|F|true|false|✓|✔|✅|✗|✘|❌)(?![\p{L}\p{N}])/giu;

/** The ones that the last line calls true, of a list of them that does nothing else: "A - T, B - F". */
function judgedIn(text: string): Reading | null {
  const line = text.trimEnd().split('\n').at(-1)!;
  if (line.length > LONGEST_LINE || line.replace(JUDGED, '').replace(/[\s,;.|]/g, '') !== '') return null;
  const items = [...line.matchAll(JUDGED)];
  if (items.length < 2 || new Set(items.map(([, letter]) => letter)).size < items.length) return null;
  const chosen = items.filter(([, , sign]) => /^(?:T|true|✓|✔|✅)$/i.test(sign!)).map(([, letter]) => letter!);
  return chosen.length > 0 ? chosen : null;
}

const LONGEST_LINE = 400;

/** What a list of the options marks; null where it is no such list, or marks none. */
function markedOf(
  items: readonly { readonly letter: string; readonly marked: boolean }[],
  options: readonly Option[],
): Reading | null {
  const isList =
    items.length === options.length && items.every(({ letter }, index) => letter === options[index]!.letter);
  const marked = items.filter((item) => item.marked);
  return isList && marked.length > 0 ? marked.map(({ letter }) => letter) : null;
}
