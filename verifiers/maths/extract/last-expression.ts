import type { Candidate } from './candidate.ts';
import { type PlainExpression, plainExpressions } from './plain.ts';
import type { Segment } from './segments.ts';

/** The conclusion stands near the end. */
const LONGEST_CONCLUSION = 2000;
const LAST_WORDS = 200;
const DECLINES =
  /\b(?:sorry|unable to|(?:do not|don['’]t) know|not enough information|need more information|(?:cannot|can['’]t|can not) (?:be )?(?:help|solved?|determined?|finish(?:ed)?|answer(?:ed)?|continue)|answer (?:depends|is un\w+))\b|^\s*error\b/i;
/** List numbers and the headings of steps count, they do not answer. */
const NUMBERING = /(?:^|\n)[ \t>*_#-]{0,12}(?:(?:step|case|part|problem|question)\s{1,3}\d*|\d{1,2}[.)]\s{1,3})$/i;
const DENIED = /(?:\b(?:not|neither|nor|cannot be)|n['’]t)\s{1,3}(?:(?:be|exactly|equal to)\s{1,3})?[$\s]{0,3}$/i;
/** Up to the next comma, or to the verb after its own number: "the remainder when divided by 13 is". */
const SUBCLAUSE = /\b(?:attained|achieved|when|where|since|because)\b(?!.*\d\$?\s(?:is|are)\s)[^,;.!?\n]*$/i;
const SIGNATURE = /(?<=[.!?$)}\]]\s{0,4})[-–—~]\s?\p{L}[\p{L}\d\s()_']{0,60}$/u;
const TIMED = /\b(?:in|within|after)\s{1,3}$/i;
const TIME = /^\s?(?:second|minute|hour|day|week|month|year)s?\b/i;
/** What may stand before the last expression of a text without a full stop, and after it. */
const STATED = /(?:^|[=≈:：.!?\n]|\b(?:is|are|equals|be))[\s$*]{0,4}$/;
const WORDS_AFTER = 12;
const JOINS_ON = /,$|\b(?:and|or|the|an?|of|to|by|be|is|are|in|on|at|for|with|from|which|that|as|so|then)$/i;
const ENDED = /[.!?。！？…)\]}$"”'’`*%✓✅]$/;

/**
 * The last formula and the last undelimited expression of the last paragraph, whichever stands later first; main
 * clauses go before subclauses. A text that breaks off or declines to answer has none.
 */
export function lastExpressions(text: string, segments: readonly Segment[]): Candidate[] {
  const from = lastParagraph(text);
  if (
    DECLINES.test(text.slice(Math.max(from, text.length - LAST_WORDS))) ||
    hasOpenFormula(text, segments.at(-1)?.end ?? 0)
  )
    return [];
  const formulas = segments.slice(-50).filter((one) => one.start >= from && answers(text, from, one));
  const plain = plainExpressions(text, Math.max(from, segments.at(-1)?.end ?? 0));
  const telling = plain.filter((one) => isTelling(one) && answers(text, from, one));
  const last = telling.at(-1) ?? formulas.at(-1);
  if (last === undefined || breaksOff(text, last)) return [];
  const found = [mainOf(text, from, telling), mainOf(text, from, formulas)].filter((one) => one !== undefined);
  return found.map((one) => ({ answer: one.content + percentAfter(text, one.end), convention: 'last expression' }));
}

function lastParagraph(text: string): number {
  const end = text.trimEnd().length;
  const tail = Math.max(0, end - LONGEST_CONCLUSION);
  const blank = [...text.slice(tail, end).matchAll(/\n[ \t]*\n/g)].at(-1);
  return blank === undefined ? tail : tail + blank.index + blank[0].length;
}

/** A formula that was opened and never closed: `\[ 3 + 4 =`. */
function hasOpenFormula(text: string, from: number): boolean {
  return /\\[[(]|\$\$|<think>/.test(text.slice(from)) && !/<\/think>/.test(text.slice(from));
}

/** Neither a list number, nor denied, nor asked. */
function answers(text: string, from: number, one: PlainExpression): boolean {
  const before = text.slice(Math.max(from, one.start - 60), one.start);
  const asked = /^[^.!?\n]{0,60}\?/.test(text.slice(one.end, one.end + 62));
  const counts = /^\d{1,2}$/.test(one.content) && NUMBERING.test(before + text.slice(one.start, one.end + 2));
  return !asked && !counts && !DENIED.test(before);
}

/** Without a full stop a text is finished only where its last expression is stated and ends it, but for a unit. */
function breaksOff(text: string, last: PlainExpression): boolean {
  const rest = text.slice(last.end).trimEnd().replace(SIGNATURE, '').trim();
  if (ENDED.test(rest === '' ? text.slice(0, last.end).trimEnd() : rest)) return false;
  const isStated = /[=≈]/.test(last.content) || STATED.test(text.slice(Math.max(0, last.start - 20), last.start));
  const unit = /^[\p{L}\s²³°,/'’-]*$/u.test(rest) && rest.split(/\s+/).length <= WORDS_AFTER && !JOINS_ON.test(rest);
  return !isStated || !unit;
}

/** The last one in a main clause of the last sentence, or else the last. */
function mainOf<T extends PlainExpression>(text: string, from: number, all: readonly T[]): T | undefined {
  const last = all.at(-1);
  if (last === undefined) return undefined;
  const isMain = (one: T): boolean => {
    const before = text.slice(Math.max(from, one.start - 60), one.start);
    const isTime = TIMED.test(before) && TIME.test(text.slice(one.end, one.end + 12)) && !one.content.includes('=');
    return !SUBCLAUSE.test(before) && !isTime;
  };
  const sentence = all.slice(-4).filter((one) => !/[.!?]\s|\n/.test(text.slice(one.end, last.start)));
  return sentence.findLast(isMain) ?? last;
}

/** A lone letter ("triangle A") tells nothing. */
function isTelling(run: PlainExpression): boolean {
  return /[0-9∞π∅½]|\\/.test(run.content) || run.content.length > 2;
}

function percentAfter(text: string, end: number): string {
  return /^\s?(?:\\?%|percent\b)/.test(text.slice(end, end + 10)) ? '\\%' : '';
}
