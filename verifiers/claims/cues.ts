import type { Weight } from './claim.ts';
import { isInBracket } from './sentence/in-clause.ts';
import type { Parsed } from './sentence/parts/clauses.ts';
import type { Statement } from './sentence/parts/pieces.ts';
import { statementIn } from './sentence/statement.ts';
import { isMadeOfAnswer, isOperand } from './sentence/subject.ts';
import { isNothing } from './words/absences.ts';
import { has, type Phrase, type Range } from './words/phrases.ts';

/** What a sentence announces as the answer. */
export interface Announced {
  readonly statement: Statement;
  readonly cue: Range;
  readonly weight: Weight;
  /** Another's answer, or none: "the expected answer". */
  readonly others: boolean;
}

const DIRECT = /^[\s:：=→⇒*_"'“”「」【】()[\]#>–—-]*(?:\((?:[a-z]|\p{L}{2,12}|i{1,3})\)[\s:：.-]*)?$/iu;
const OF = /^\s{1,3}(?:of|de|von|di|av)\s{1,3}$/;
/** "C. 12" */
const LETTERED = /^[A-J]\.\s[-\d$\\]/;
/** "Answer - 5": a dash in the place of a colon is no minus. */
const DASHED = /^[ *_]{1,4}[-–—] $/;
const APPOSED = /^\s{0,3},\s{0,3}$/;
/** "To answer this" asks for no answer. */
const VERB = /\bto\s{1,3}$/i;
/** Of a sentence of more cues the last ones count. */
const MOST_CUES = 8;
const FINAL = /final|最终|最后|最終|endgültig|finale|نهائي|نهایی|अंतिम|окончат|итогов|definitiva/iu;

/** What a sentence announces, in order; `heading` where it announces what stands below it. */
export function announcedIn(parsed: Parsed): {
  readonly announced: readonly Announced[];
  readonly heading: Range | null;
} {
  const announced: Announced[] = [];
  let heading: Range | null = null;
  const cues = parsed.phrases
    .map((phrase, index) => ({ phrase, index }))
    .filter(({ phrase, index }) => isCue(parsed, phrase, index));
  for (const { phrase, index } of cues.slice(-MOST_CUES)) {
    if (isReason(parsed, phrase)) continue;
    if (announced.length > 0 && isInBracket(parsed.text, announced.at(-1)!.statement.end, phrase.start)) continue;
    const others = isOthers(parsed, index);
    const own = weightOf(parsed, phrase);
    const weight = own > 0 && concludes(parsed, phrase) ? strongest(announced, own) : own;
    const next = parsed.phrases.find(
      (one, later) => later > index && isCue(parsed, one, later) && hasMainClause(parsed, phrase, one),
    );
    const statement =
      behind(parsed, phrase, next?.start ?? parsed.sentence.end, weight > 0) ?? before(parsed, phrase, index);
    if (statement !== null)
      announced.push({
        statement,
        cue: phrase,
        weight,
        others: others || isOwner(parsed, phrase, statement) || isMade(parsed, phrase, statement),
      });
    else if (!others && isHeading(parsed, phrase)) heading = phrase;
  }
  return { announced, heading };
}

/** "Since the answer is m/n = 3/8, m + n = 11": a value in the reason, and one in what follows of it. */
function isReason({ clauses, phrases, values }: Parsed, cue: Range): boolean {
  const index = clauses.findIndex(({ end }) => cue.start < end);
  const clause = clauses[index];
  const next = clauses[index + 1];
  if (clause === undefined || next === undefined) return false;
  const head = phrases.find((phrase) => phrase.start >= clause.start && !has(phrase, 'conclude', 'but', 'wait'));
  return (
    head !== undefined &&
    head.end <= cue.start &&
    has(head, 'subordinate') &&
    values.some(({ start, end }) => start >= cue.end && end <= clause.end) &&
    values.some(({ start, names }) => start >= next.start && !names)
  );
}

function weightOf({ text }: Parsed, cue: Phrase): Weight {
  if (!has(cue, 'answer')) return 0;
  return FINAL.test(text.slice(cue.start, cue.end)) ? 2 : 1;
}

/** "Final answer: 4 and 6 are left out, so the answer is 9": what the last of its clauses concludes weighs as much. */
function concludes({ clauses, phrases }: Parsed, cue: Range): boolean {
  const clause = clauses.find(({ end }) => cue.start < end);
  const head = clause && phrases.find(({ start }) => start >= clause.start);
  return has(head, 'conclude') && head!.end <= cue.start;
}

const strongest = (announced: readonly Announced[], own: Weight): Weight =>
  Math.max(own, ...announced.map(({ weight }) => weight)) as Weight;

/** A label is a cue where it begins its line and a colon follows. */
function isCue(parsed: Parsed, phrase: Phrase, index: number): boolean {
  if (has(phrase, 'answer')) return !VERB.test(parsed.text.slice(Math.max(0, phrase.start - 6), phrase.start));
  if (!has(phrase, 'label') || index > 2) return false;
  const { text, sentence } = parsed;
  return (
    text.slice(sentence.start, phrase.start).trim().length <= 12 &&
    /^[\s*_]{0,4}[:：=→—–]/.test(text.slice(phrase.end, phrase.end + 6))
  );
}

/** Two cues in one sentence are two claims only where the first has said something before the second begins. */
const hasMainClause = ({ values }: Parsed, one: Range, other: Range): boolean =>
  values.some(({ start, end }) => start >= one.end && end <= other.start);

/** "Tom's answer" */
const OWNED = /\p{Lu}\p{Ll}{1,20}['’]s\s{1,2}$/u;

function isOthers(parsed: Parsed, index: number): boolean {
  const cue = parsed.phrases[index]!;
  if (OWNED.test(parsed.text.slice(Math.max(parsed.sentence.start, cue.start - 26), cue.start))) return true;
  const before = parsed.phrases.slice(Math.max(0, index - 3), index);
  const at = before.findLastIndex((phrase) => has(phrase, 'others'));
  const own = parsed.phrases[index + 1];
  if (
    has(own, 'others') &&
    !has(own, 'link') &&
    parsed.phrases.slice(index + 1, index + 3).some((one) => has(one, 'link'))
  )
    return true;
  return (
    at >= 0 &&
    !parsed.values.some(({ start, end }) => start >= before[at]!.end && end <= parsed.phrases[index]!.start) &&
    !before.slice(at + 1).some((phrase) => has(phrase, 'link', 'answer', 'conclude', 'subordinate', 'join', 'wait'))
  );
}

/** "The answer has 9 digits": what it has it is not. */
function isOwner({ phrases, text }: Parsed, cue: Range, { start }: Statement): boolean {
  const [link] = phrases.filter((phrase) => phrase.start >= cue.end && phrase.end <= start);
  return link !== undefined && /^(?:has|have|had|contains|needs|requires)$/i.test(text.slice(link.start, link.end));
}

/** "The square of the answer is 9", "subtract 9 to get the answer" */
const isMade = (parsed: Parsed, cue: Range, statement: Statement): boolean =>
  isMadeOfAnswer(parsed, {
    start: parsed.clauses.find(({ end }) => cue.start < end)?.start ?? cue.start,
    end: statement.start,
  }) || isOperand(parsed, statement);

/** What a label announces may be worked out in clauses of which the last one counts. */
function behind(parsed: Parsed, cue: Range, to: number, firm: boolean): Statement | null {
  const { text, values, phrases, clauses } = parsed;
  const value = values.find(({ start }) => start >= cue.end);
  const gap = value === undefined ? null : text.slice(cue.end, value.start);
  if (value?.names && DIRECT.test(gap!) && LETTERED.test(text.slice(value.start, value.start + 8)))
    return { start: value.start, end: to, denied: false, linked: true, wordy: false, subject: null };
  if (value !== undefined && gap!.length <= 40 && DIRECT.test(gap!)) {
    const said = statementIn(parsed, value.start, to, true);
    return said?.start === value.start && DASHED.test(text.slice(cue.end, value.start + 2))
      ? { ...said, start: value.start + 1 }
      : said;
  }
  if (value !== undefined && APPOSED.test(gap!) && /^\s{0,3}[,)]/.test(text.slice(value.end, value.end + 4)))
    return { start: value.start, end: value.end, denied: false, linked: true, wordy: false, subject: null };
  const worded = wordedIn(text, cue.end, to);
  if (worded !== null) return worded;
  const link = phrases.find((phrase) => phrase.start >= cue.end && phrase.start < to && has(phrase, 'link', 'pick'));
  if (link === undefined) {
    return value !== undefined && OF.test(gap!) ? statementIn(parsed, value.start, to, true) : null;
  }
  if (!reaches(parsed, cue, link)) return null;
  const clause = clauses.find(({ end }) => link.start < end)!;
  const rejoined = clause.start > cue.start ? clause.start : cue.end;
  return statementIn(parsed, rejoined, to, firm);
}

/** "The answer is False", "the answer is no solution": it says what the answer is, not that the answer is wrong. */
const WORDED = /^\s{1,3}(?:is|was|are|must be|has to be)\s{1,5}[:"“]?([a-zA-Z' ]{2,40}?)["”]?\s*$/i;
const TRUTH = /^(?:true|false)$/i;

function wordedIn(text: string, from: number, to: number): Statement | null {
  const match = WORDED.exec(text.slice(from, Math.min(to, from + 60)));
  if (match === null || !(TRUTH.test(match[1]!) || isNothing(match[1]!))) return null;
  const start = from + match[0].lastIndexOf(match[1]!);
  return { start, end: start + match[1]!.length, denied: false, linked: true, wordy: true, subject: null };
}

/** The link belongs to the cue where its clause does, or where it begins a later one. */
function reaches({ clauses, phrases }: Parsed, cue: Range, link: Phrase): boolean {
  const own = clauses.findIndex(({ end }) => cue.start < end);
  const other = clauses.findIndex(({ end }) => link.start < end);
  const gap = phrases.filter(({ start, end }) => start >= cue.end && end <= link.start);
  if (own === other) return !gap.some((phrase) => has(phrase, 'conclude', 'wait'));
  return !phrases.some(({ start, end }) => start >= clauses[other]!.start && end <= link.start);
}

/** "5 is the answer", "5, which is our answer", "yields 5 as the answer" */
function before(parsed: Parsed, cue: Range, index: number): Statement | null {
  const { text, values, phrases } = parsed;
  const value = values.findLast(({ end, names }) => end <= cue.start && !names);
  if (value === undefined) return null;
  const gap = phrases.slice(0, index).filter(({ start }) => start >= value.end);
  const linkedBy = gap.some(
    (phrase) => has(phrase, 'link') || text.slice(phrase.start, phrase.end) === 'as' || has(phrase, 'restate'),
  );
  if (!linkedBy || gap.length > 5 || gap.some((phrase) => has(phrase, 'conclude', 'join', 'but'))) return null;
  const previous = phrases.slice(0, index).findLast(({ end }) => end <= value.start);
  const ruledOut = has(previous, 'deny') && text.slice(previous!.end, value.start).trim() === '';
  const denied = ruledOut || gap.some((phrase) => has(phrase, 'deny', 'wrong'));
  return { start: value.start, end: value.end, denied, linked: true, wordy: false, subject: null };
}

function isHeading({ text, sentence, phrases }: Parsed, cue: Range): boolean {
  const rest = phrases.filter(({ start }) => start >= cue.end);
  const lead = text.slice(sentence.start, cue.start).trim();
  return (
    rest.every((phrase) => has(phrase, 'link', 'subordinate', 'conclude')) &&
    rest.length <= 4 &&
    !/[?]/.test(sentence.mark) &&
    lead.length <= 80 &&
    (rest.length > 0 || lead.length <= 12)
  );
}
