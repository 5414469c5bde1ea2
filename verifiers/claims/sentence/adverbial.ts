import type { Phrase, Range } from '../words/phrases.ts';
import { type Parsed, valuesOf } from './parts/clauses.ts';
import type { Statement } from './parts/pieces.ts';

const DAY = /^\s(?:on )?(?:an? )?((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\s*$/;

/** "100 days later it is a Thursday." */
export function dayIn({ text }: Parsed, link: Phrase, clause: Range): Statement | null {
  const day = DAY.exec(text.slice(link.end, Math.min(clause.end, link.end + 30)))?.[1];
  if (day === undefined) return null;
  const start = text.indexOf(day, link.end);
  return told({ start, end: start + day.length });
}

const IN = /\sin (?:exactly |precisely |only )?$/i;
const WAYS = /^ (?:different |distinct |possible |such ){0,2}(?:ways|orders|manners)\b(?! (?:of|to|and|or)\b)/i;

/** "We can choose 3 out of 5 in 10 ways": in how many ways something is done, where that is said once. */
export function waysIn(parsed: Parsed, clause: Range): Statement | null {
  const { text } = parsed;
  const counted = valuesOf(parsed, clause).filter(
    ({ start, end }) => WAYS.test(text.slice(end, end + 40)) && IN.test(text.slice(Math.max(0, start - 14), start)),
  );
  return counted.length === 1 ? told(counted[0]!) : null;
}

const told = ({ start, end }: Range): Statement => ({
  start,
  end,
  denied: false,
  linked: true,
  wordy: false,
  subject: null,
});
