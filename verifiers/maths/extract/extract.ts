import { partTurn } from '../../../reasoning/part-turn.ts';
import { FUNCTIONS } from '../read/tokens/vocabulary.ts';
import { readAfterCue } from './after-cue.ts';
import { readBeforeCue } from './before-cue.ts';
import { lastBoxed } from './boxed.ts';
import type { Candidate } from './candidate.ts';
import { findCues } from './cues.ts';
import { lastExpressions } from './last-expression.ts';
import { mathsSegments } from './segments.ts';
import { boldWords, withoutExplanation } from './words.ts';

/** Longer texts are read from their end: the answer stands there. */
const LONGEST_TEXT = 200_000;
/** A response as short as this may be the bare answer itself. */
const LONGEST_BARE = 300;

/**
 * The answers that a response may mean, the most trusted first: a box, "final answer is", `####`, "answer:", bold,
 * the last expression. Within one convention the last place wins. Time is linear in the text's length.
 */
export function* extractCandidates(text: string): Generator<Candidate> {
  const { reasoning, answer, cut } = partTurn(text);
  const said = answer.trim() === '' && !cut ? reasoning : answer;
  yield* candidatesIn(said.length > LONGEST_TEXT ? said.slice(-LONGEST_TEXT) : said);
}

function* candidatesIn(text: string): Generator<Candidate> {
  const boxed = lastBoxed(text);
  if (boxed !== null) yield { answer: withoutExplanation(boxed), convention: 'boxed' };
  const segments = mathsSegments(text);
  const before = readBeforeCue(text, segments);
  if (before !== null) yield { answer: before, convention: 'answer cue' };
  for (const cue of findCues(text)) {
    const answer = readAfterCue(text, cue.at, segments);
    if (answer !== null) yield { answer: withoutExplanation(answer), convention: cue.convention };
  }
  const whole = text.trim();
  if (isBare(whole)) yield { answer: withoutExplanation(whole), convention: 'whole text' };
  const bold = lastBold(text);
  if (bold !== null) yield { answer: bold, convention: 'bold' };
  const words = boldWords(text);
  if (words !== null) yield { answer: words, convention: 'bold' };
  yield* lastExpressions(text, segments);
}

/** A line that begins as maths does, or a few words; a sentence is searched instead. */
function isBare(text: string): boolean {
  if (text === '' || text.length > LONGEST_BARE || text.includes('\n')) return false;
  // "I think that x is 7": a word of one letter begins a sentence too.
  if (/^[IAa]\s+[a-z]{3,}/.test(text)) return false;
  const firstWord = /^[^\p{L}\\$\d]*(\p{L}{2,}|\p{Lo})/u.exec(text)?.[1];
  if (firstWord === undefined || FUNCTIONS.has(firstWord)) return true;
  return /^[\p{L}\s'’.,*-]+$/u.test(text) && text.split(/\s+/).length <= 4;
}

/** The last bold stretch that holds a digit or a formula and no prose. */
function lastBold(text: string): string | null {
  const close = text.lastIndexOf('**');
  const open = close < 2 ? -1 : text.lastIndexOf('**', close - 2);
  if (open < 0 || close - open > 120) return null;
  const content = text.slice(open + 2, close).trim();
  return /\d|\\|\$/.test(content) && !/(?<!\\)\b[a-z]{2,}\s+[a-z]{2,}|\n/i.test(content) && !content.endsWith(':')
    ? content
    : null;
}
