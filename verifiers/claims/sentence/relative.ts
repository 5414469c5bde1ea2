import type { Range } from '../words/phrases.ts';
import type { Parsed } from './parts/clauses.ts';
import { QUANTITY } from './parts/pieces.ts';

/** It says what something is. */
const COPULA =
  /^(?:is|are|was|were|be|become|becomes|equals?|must be|should be|will be|would be|has to be|'s|it's|that's|[:=])$/i;

/** "the successor of 37", "a multiple of 37": another value, by what it has to do with that one. */
const RELATION =
  /^\s*(?:the|an?|some|any|every|one|two|three|four|five|six|seven|eight|nine|ten|half)\s.*\b(?:of|to|than|from|after|before|above|below|over|under)\s$/i;
const SAME = /^\s*(?:the same as|the (?:number|value|integer))\s$|\bequal to\s$/i;
const ADJECTIVE =
  /\b(?:coprime|congruent|proportional|prime|unequal|different|distinct|divisible|adjacent|perpendicular|parallel|opposite|inverse|close|next|similar)\s(?:to|from|by|with)\s$/i;
/** "under 37", "three above 37", "well past 37" */
const BOUND = /^\s*(?:\p{L}{2,8}\s)?(?:above|below|over|under|beneath|beyond|past|near)\s$/iu;
/** "nearly 37", "triple 37" */
const CHANGED = /\b(?:nearly|almost|barely|scarcely|double|triple|quadruple|twice|thrice)\s$/i;

const COLLECTIVE = /\b(?:consists?|consisting|composed|made|comprised|built|out)\sof\s$/i;
const LONGEST = 80;

/** Whether the words between a link and a value make another value of it. */
export function relates({ language, text }: Parsed, link: Range, value: Range): boolean {
  const lead = leadOf(text, link.end, value.start);
  if (language !== 'english' || lead === null) return false;
  if (CHANGED.test(lead) || ADJECTIVE.test(lead)) return true;
  if (!COPULA.test(text.slice(link.start, link.end))) return false;
  return (
    BOUND.test(lead) || (RELATION.test(lead) && !QUANTITY.test(lead) && !SAME.test(lead) && !COLLECTIVE.test(lead))
  );
}

/** The same of a value that ends a sentence without a link: where the words in front of it begin, else null. */
export function relatedFrom({ language, sentence, text }: Parsed, from: number, value: Range): number | null {
  const lead = leadOf(text, from, value.start);
  if (language !== 'english' || lead === null) return null;
  if (CHANGED.test(lead)) return value.start - CHANGED.exec(lead)![0].length;
  if (/[\p{L}\p{N}]/u.test(text.slice(value.end, sentence.end))) return null;
  const adjective = ADJECTIVE.exec(lead);
  const apart =
    BOUND.test(lead) || (adjective !== null && /^\s*(?:[a-z]{2,12}ly\s)?$/i.test(lead.slice(0, adjective.index)));
  const part = RELATION.test(lead) && lead.endsWith(' of ') && !QUANTITY.test(lead) && !COLLECTIVE.test(lead);
  return apart || part ? from : null;
}

/** With one space at both ends; null where nothing, or too much, stands there. */
function leadOf(text: string, from: number, to: number): string | null {
  const lead = ` ${text.slice(from, Math.min(to, from + LONGEST + 1)).trimStart()}`.replace(/[\s$]{1,4}$/, ' ');
  return to - from > LONGEST || lead.trim() === '' ? null : lead;
}
