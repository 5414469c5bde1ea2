import { isFactorialOf } from './factorial.ts';

/** A stretch of undelimited maths in prose: `2x + 3`, `7`, `\frac{1}{2}`. */
export interface PlainExpression {
  readonly start: number;
  readonly end: number;
  readonly content: string;
}

const FUNCTION = /^-?(?:\d*)(?:sin|cos|tan|cot|sec|csc|ln|log|sqrt|pi|exp|abs(?=\())\b/;
/** Unicode's signs of mathematics beyond ASCII; arrows, and the signs for "therefore" and "because", join sentences. */
const SIGN = '(?![\\0-\\x7f∴∵∎\\u2190-\\u21ff\\u27f0-\\u27ff])[\\p{Sm}·✕✖]';
const OPERATOR = new RegExp(`^(?:(?:[-+*/^=<>|π]|${SIGN})+|and|or|choose)$`, 'u');
const NAMED = new RegExp(`^[aAI] (?:[=<>+]|${SIGN}|(?:is|equals) -?\\d)`, 'u');
const MATHS_CHARACTERS = new RegExp(`[0-9=+*/^<>π\\\\|½²³⁰¹⁴-⁹]|${SIGN}`, 'u');
/** `(a, b)`, `{p, q}`: letters in brackets with a comma between them. */
const LETTERS_IN_BRACKETS = /^[([{]-?\p{L}[₀-₉]?(?:,\s?-?\p{L}[₀-₉]?){1,9}[)\]}][.,;:]*$/u;
const PROSE_WORD = /(?<![\\\p{L}])\p{L}{3,}/u;
/** Scripts without spaces between words: each stretch of them is a word. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}。！？]/u;

/**
 * Runs of neighbouring words that look like maths, in order. `from` and `to` are positions in the text; prose
 * between two runs separates them, and so does the end of a line.
 */
export function plainExpressions(text: string, from = 0, to = text.length): PlainExpression[] {
  const runs: { start: number; end: number }[] = [];
  let open: { start: number; end: number } | null = null;
  for (const word of words(text, from, to)) {
    if (open !== null && isLeftOut(text, word)) {
      open.end = word.end;
      continue;
    }
    if ((!isMaths(word.text) && !isNamedValue(text, word)) || (open === null && word.text === 'choose')) open = null;
    else if (open !== null && !word.lineBreak && !UNCLOSED.test(word.text)) open.end = word.end;
    else {
      open = { start: word.start, end: word.end };
      runs.push(open);
    }
    if (/[.:;!?，；：]$/.test(word.text) && open !== null) open = null;
  }
  return runs.map((run) => trimmed(text, run)).filter((run) => /[\p{L}\p{N}∞∅]/u.test(run.content));
}

/** "1 + 2 + ... + 10", "1, 2, ..., 10": dots between two signs. */
const isLeftOut = (text: string, { start, end }: { readonly start: number; readonly end: number }): boolean =>
  end - start <= 4 &&
  /[+*·×,]\s$/.test(text.slice(start - 2, start)) &&
  /^(?:(?:\.{3}|…)\s[+*·×]|(?:\.{3}|…),\s[-\d])/.test(text.slice(start, start + 6));

/** "a = 2", "A ∩ B": what is no article there. */
const isNamedValue = (text: string, { start, end }: { readonly start: number; readonly end: number }): boolean =>
  end - start === 1 && NAMED.test(text.slice(start, start + 12));

/** "12 (10 is extraneous)": a bracket that goes on in prose is none of the value's. */
const UNCLOSED = /^\([^()]*$/;

function* words(text: string, from: number, to: number) {
  let at = from;
  while (at < to) {
    let lineBreak = false;
    while (at < to && isSpace(text, at)) {
      if (text[at] === '\n') lineBreak = true;
      at += 1;
    }
    const start = at;
    const unspaced = start < to && isUnspaced(text, start);
    while (at < to && !isSpace(text, at) && isUnspaced(text, at) === unspaced) at += 1;
    if (!unspaced) at = Math.max(at, bracketEnd(text, start, at, to));
    const suffix = /^[-\d.,]{1,40}['’](?=\p{Ll}{1,6}\W*$)/u.exec(text.slice(start, at));
    if (suffix !== null) at = start + suffix[0].length - 1;
    if (at > start) yield { start, end: at, text: text.slice(start, Math.min(at, start + 400)), lineBreak };
  }
}

/** The signs of ASCII, which most are, by their codes. */
const isSpace = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code < 0x80 ? code === 32 || (code >= 9 && code <= 13) : /\s/.test(text[at]!);
};

const isUnspaced = (text: string, at: number): boolean => text.charCodeAt(at) >= 0x1100 && UNSPACED.test(text[at]!);

const LONGEST_BRACKET = 300;
/** `\frac{a b}{c d}`: behind one group another begins. */
const isOpen = (rest: string): boolean => /^[^{}]{0,20}\{[^{}]*$/.test(rest);
const WORDS_IN_FORMULA = /\\(?:text[a-z]{0,6}|mathrm|mbox|operatorname)\s?\{(?:[^{}:]|(?<=\d):(?=\d)){0,60}\}/g;
const NAMES_OF_MATHS =
  /sqrt|sin|cos|tan|log|exp|cdot|frac|(?<!\p{L})(?:alpha|beta|gamma|delta|epsilon|theta|lambda|lamda|sigma|omega|phi|rho|tau)(?!\p{L})/gu;
const PROSE_INSIDE =
  /(?<![\\\p{L}\d])(?!(?:sqrt|sin|cos|tan|cot|sec|csc|ln|log|exp|pi|oo|and|or)(?!\p{L}))\p{L}{2,}(?![\p{L}([])/u;

/** `Matrix([[1, 2], [3, 4]])`, `(2, 3)`: a bracket that holds no prose is one with what opens it. */
function bracketEnd(text: string, start: number, end: number, to: number): number {
  let depth = 0;
  for (let at = start; at < Math.min(to, start + LONGEST_BRACKET); at += 1) {
    const char = text[at]!;
    if (char === '\n') return end;
    if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth -= 1;
    if (at >= end - 1 && depth <= 0) {
      const rest = /^[^\s,.;:!?]{0,60}/.exec(text.slice(at + 1, Math.min(to, at + 61)))![0];
      if (isOpen(rest)) continue;
      const stop = at < end ? end : at + 1 + rest.length;
      return PROSE_INSIDE.test(withoutCalls(text.slice(start, stop).replace(WORDS_IN_FORMULA, ''))) ? end : stop;
    }
  }
  return end;
}

/** The name of what is called: `Matrix(`. */
const CALLED = /^-?\d{0,9}\*?[A-Za-z]\w{0,20}(?:\.[a-zA-Z]{1,9})?(?=[([])/;

const CALLS = /[A-Za-z]\w{0,20}(?:\.[a-zA-Z]{1,9})?(?=\()/g;
const TRUTHS = /(?<=, ?)(?:(?:left|right)_open ?= ?)?(?:True|False)(?=[,)])/g;

/** Without the names of what is called, where a call begins it, and what such calls are told besides. */
const withoutCalls = (said: string): string =>
  CALLED.test(said) ? said.replace(CALLED, '').replace(CALLS, '').replace(TRUTHS, '') : said;

function isMaths(word: string): boolean {
  if (OPERATOR.test(word) || FUNCTION.test(word) || LETTERS_IN_BRACKETS.test(word)) return true;
  if (/^[($]*[b-zB-HJ-Zα-ωΑ-Ωℂℕℚℝℤ][),.;:]*$/.test(word) || /^[a-zA-Zα-ωΑ-Ω][₀-₉]{1,3}[,;:]?$/.test(word)) return true;
  if (!MATHS_CHARACTERS.test(word)) return false;
  return !PROSE_WORD.test(withoutCalls(word.replace(WORDS_IN_FORMULA, '')).replace(NAMES_OF_MATHS, ''));
}

function trimmed(text: string, run: { start: number; end: number }): PlainExpression {
  let { start, end } = run;
  start += unopened(text.slice(start, end));
  // ".50 * 36": the point belongs to the number.
  const leading = /^(?:[=-]>|[=,;:，：；、*)\]]|\.(?!\d)|and\b|or\b|\s)+/.exec(text.slice(start, end));
  if (leading !== null) start += leading[0].length;
  if (UNCLOSED.test(text.slice(start, end)) && !text.slice(start, end).includes(']')) start += 1;
  const trailing = /(?:[=,.;:，：；、*!?("'“”]|\band|\bor|(?<=\s)[-–—]{1,3}|\s){1,40}$/.exec(
    text.slice(Math.max(start, end - 40), end),
  );
  const isOpen = /\d\.\d{2,40}\.{3}$/.test(text.slice(Math.max(start, end - 60), end));
  const isAngle = /(?:°|\\circ\}?|\d['′])\s?\d{1,2}['′]{1,2}$/.test(text.slice(start, end));
  if (trailing !== null && !isAngle && !isOpen && !isFactorial(text.slice(start, end))) end -= trailing[0].length;
  return { start, end: Math.max(start, end), content: text.slice(start, Math.max(start, end)) };
}

const isFactorial = (run: string): boolean =>
  run.endsWith('!') && (/\d!$/.test(run) || isFactorialOf(run.slice(-16, -1)));

/** Up to where a bracket is closed that was opened in the words before: "P(sum = 6) = 5/36". */
function unopened(run: string): number {
  if (!run.includes(')')) return 0;
  let open = 0;
  for (let at = 0; at < run.length; at += 1) {
    if (run[at] === '(') open += 1;
    else if (run[at] === ')' && open > 0) open -= 1;
    else if (run[at] === ')') return /^\s?[=≈]/.test(run.slice(at + 1, at + 3)) ? at + 1 : 0;
    else if (run[at] === '[') return 0;
  }
  return 0;
}
