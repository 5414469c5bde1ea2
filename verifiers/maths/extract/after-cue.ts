import { plainExpressions } from './plain.ts';
import type { Segment } from './segments.ts';
import { isLimited, statedFormula } from './stated.ts';

const FILLER =
  /^(?:[\s*_:：=`"'“>-]|(?:therefore|thus|simply|just|exactly|approximately|about|given by|equal to|that)\b)+(?=\S)/i;
const UNSETTLED = /^(?:un(?:known|clear|certain|determined)|not (?:known|clear|certain|determined))\b/i;
const LONGEST_CLAUSE = 240;
/** The end of bold, of a tag, or of a value in JSON. */
const CLOSES = /^(?:\*\*|<\/[a-z]|"?\s{0,3}\}\s{0,3}$|"\s{0,3}[,}])/;

/**
 * The answer that stands after a cue at `at`: a formula, a short clause taken whole, or the first expression of a
 * longer one; null where the clause holds nothing. `-` is filler only before a space.
 */
export function readAfterCue(text: string, at: number, segments: readonly Segment[]): string | null {
  const start = at + fillerLength(text.slice(at, at + 80));
  const clause = clauseAt(text, start, segments);
  if (UNSETTLED.test(clause)) return clause;
  const segment = segments[firstFrom(segments, start)];
  if (segment !== undefined && segment.start - start <= 2) {
    return isLimited(text, '', segment.end) ? clause : withTail(text, segment);
  }
  const inside = segment !== undefined && segment.end <= start + clause.length ? segment : undefined;
  const words = clause.split(/\s+/).filter((word) => /[A-Za-z]{2,}/.test(word) && !word.includes('\\')).length;
  if (inside === undefined && (words <= 3 || /^[^\d$\\]*$/.test(clause))) {
    return clause.trim() === '' ? null : afterVerb(clause);
  }
  const plain = plainExpressions(text, start, start + clause.length);
  const leading = plain.find((run) => run.start - start <= 2);
  if (leading !== undefined) return withUnit(text, leading);
  if (inside !== undefined) {
    const { formula, limited } = statedFormula(text, start, formulasWithin(segments, start, start + clause.length));
    return limited ? clause : withTail(text, formula);
  }
  return plain[0]?.content ?? null;
}

/** "it is 7", "x equals 7": a short clause with a verb says it behind the verb. */
export function afterVerb(clause: string): string {
  const verb = /\b(?:is|are|equals|be)\s+(?=[^A-Za-z]*\d)/i.exec(clause);
  return verb === null ? clause : clause.slice(verb.index + verb[0].length);
}

function fillerLength(head: string): number {
  const filler = FILLER.exec(head)?.[0] ?? '';
  return filler.endsWith('-') ? filler.length - 1 : filler.length;
}

/** From `start` to the end of the sentence or line; a full stop between digits, or within a formula, ends nothing. */
function clauseAt(text: string, start: number, segments: readonly Segment[]): string {
  const limit = Math.min(text.length, start + LONGEST_CLAUSE);
  let next = firstFrom(segments, start);
  for (let at = start; at < limit; at += 1) {
    const segment = segments[next];
    if (segment !== undefined && at === segment.start) {
      at = segment.end - 1;
      next += 1;
    } else if (endsClause(text, at)) return text.slice(start, at);
  }
  return text.slice(start, limit);
}

function endsClause(text: string, at: number): boolean {
  const char = text[at]!;
  if (char === '\n' || char === '。' || char === '！') return true;
  if (char === '.' || char === '!' || char === '?') {
    return (
      at + 1 === text.length ||
      (/[\s*"”)]/.test(text[at + 1]!) && !(char === '!' && /[\d\w)]/.test(text[at - 1] ?? '')))
    );
  }
  return at > 0 && CLOSES.test(text.slice(at, at + 12));
}

function firstFrom(segments: readonly Segment[], start: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

function formulasWithin(segments: readonly Segment[], start: number, end: number): Segment[] {
  const found: Segment[] = [];
  for (let index = firstFrom(segments, start); index < segments.length && segments[index]!.end <= end; index += 1) {
    found.push(segments[index]!);
  }
  return found;
}

function withTail(text: string, segment: Segment): string {
  const tail = /^\s{0,2}(?:\\?%|percent\b)/.exec(text.slice(segment.end, segment.end + 12));
  return tail === null ? segment.content : `${segment.content}\\%`;
}

function withUnit(text: string, run: { end: number; content: string }): string {
  const unit = /^\s{0,2}(?:\\?%|percent\b)/.exec(text.slice(run.end, run.end + 12));
  return unit === null ? run.content : `${run.content}\\%`;
}
