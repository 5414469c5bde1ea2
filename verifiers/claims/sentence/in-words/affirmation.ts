import { has } from '../../words/phrases.ts';
import type { Parsed } from '../parts/clauses.ts';
import type { Statement } from '../parts/pieces.ts';
import { statementIn } from '../statement.ts';

const YES = /^(?:(?:so|and|thus|then),? )?(?:yes|yep|yeah|indeed|correct|exactly)\b(?!\s(?:and|or|but)\b)/i;
const LONGEST = 60;

/** "Yes.", "Yes, it is." and nothing else. */
export const affirms = ({ text, sentence, values }: Parsed): boolean =>
  sentence.mark !== '?' &&
  sentence.end - sentence.start <= LONGEST &&
  values.length === 0 &&
  YES.test(text.slice(sentence.start, sentence.end).trim());

/** Whether a sentence asks if it is some value, which stands at its end: "So is the answer 44?" */
export function asksForValue({ text, sentence, phrases, values }: Parsed): boolean {
  const value = values.at(-1);
  if (sentence.mark !== '?' || value === undefined || value.names || values.length > 1) return false;
  if (/[\p{L}\p{N}]/u.test(text.slice(value.end, sentence.end))) return false;
  const at = phrases.findLastIndex(({ end }) => end <= value.start);
  const [verb, subject] = [phrases[at - 1], phrases[at]];
  if (has(subject, 'right') && /^is\s/i.test(text.slice(subject!.start, subject!.end))) return true;
  return (
    has(subject, 'pronoun', 'answer') && (has(verb, 'link') || (has(phrases[at - 2], 'link') && verb?.roles.size === 0))
  );
}

/** What was asked for in the sentence before and is affirmed here; null where it is not. */
export const affirmedIn = (parsed: Parsed, previous: Parsed | null): Statement | null =>
  previous !== null && asksForValue(previous) && affirms(parsed)
    ? statementIn(previous, previous.values[0]!.start, previous.sentence.end, true)
    : null;
