import type { Range } from '../words/phrases.ts';
import { type Parsed, valuesOf } from './parts/clauses.ts';

/** What is done to the answer before the rest of a sentence says what that is: "twice the answer is 84". */
const DOES =
  '(?:twice|thrice|double|doubling|triple|tripling|half|halving|third|quarter|squaring|reversing|(?:adding|subtracting|dividing|multiplying) \\S+ (?:to|from|by)|(?:square|cube|square root|cube root|reciprocal|inverse|opposite|negative|double|half|digits?|last digit|first digit|logarithm|complement) of)';
const OF_ANSWER = new RegExp(
  `\\b${DOES}(?: (?:of|the|each|all|its|digits?)){0,4} (?:the|my|our|this|that) (?:(?:final |correct |required )?(?:answer|result)|(?:number|value|quantity|integer) (?:(?:that |which )?(?:we|you) (?:want|seek|need|look for)|asked for|required|sought|wanted|in question))\\b|\\b(?:answer|result),? (?:plus|minus|times|squared|cubed|doubled|halved|reversed|divided|multiplied|increased|decreased|reduced)\\b|\\b(?:twice|thrice|half|double|triple) (?:of )?(?:the|this|that|our) (?:number|value|answer|result|integer)\\b(?! of)|\\bits (?:square|cube|double|half|square root|cube root|reciprocal)\\b|\\b(?:number|value|integer) (?:plus|minus|times) \\S`,
  'i',
);
const LONGEST = 120;

/** Whether the subject of a statement is not the answer, but what is made of it. */
export function isMadeOfAnswer({ language, text }: Parsed, subject: Range | null): boolean {
  if (language !== 'english' || subject === null || subject.end - subject.start > LONGEST) return false;
  return OF_ANSWER.test(text.slice(subject.start, subject.end));
}

/** "Subtract 9 from this", "rounding 14.5": what something is still done with. */
const OPERATES =
  /(?:^|\b(?:then|now|next|finally|just|simply|remains to|left to|must still|still have to|still need to|still has to)[, ]{1,2})\s*(?:add|subtract|multiply|divide|halve|double|round|take away|deduct|reverse|adding|subtracting|multiplying|dividing|halving|doubling|rounding|taking away|deducting|reversing) (?:the |that |these |those |another |this )?\$?$/i;

/** Whether a statement is an operand of what is still to be done. */
export const isOperand = (parsed: Parsed, { start, end }: Range): boolean =>
  parsed.language === 'english' &&
  !valuesOf(parsed, { start, end }).some(({ worked }) => worked) &&
  OPERATES.test(`${parsed.text.slice(Math.max(parsed.sentence.start, start - 40), start).trim()} `);
