import { isLimited, lackingIn, lostIn, mayLack, saysWhich, verdictIn as verdictOf } from '../../words/absences.ts';
import { has, type Phrase, type Range } from '../../words/phrases.ts';
import { type Parsed, phrasesOf } from '../parts/clauses.ts';

/**
 * What the last clause of a sentence says is not there, whatever reason stands before it: "since D < 0, there are no real
 * roots", "the limit does not exist". Null where it says so of some cases only, or a value is stated before.
 */
export function absenceIn(parsed: Parsed, from: number = parsed.sentence.start): Range | null {
  const { text, sentence, clauses, values } = parsed;
  const clause = clauses.findLast((one) => !isReason(parsed, one));
  if (clause === undefined || !mayLack(text.slice(clause.start, clause.end))) return null;
  const announced = from > sentence.start;
  const phrases = phrasesOf(parsed, clause).filter(({ start }) => start >= from);
  const head = phrases.find((phrase) => !has(phrase, 'conclude', 'join') && !(announced && isLead(parsed, phrase)));
  if (head === undefined || has(head, 'subordinate', 'suppose', 'condition', 'but')) return null;
  const follows = announced || has(phrases[0], 'conclude');
  if (/[?？]/.test(sentence.mark) || (!follows && clauses.slice(0, -1).some((one) => states(parsed, one)))) return null;
  const said = text.slice(head.start, clause.end).trimEnd();
  if (said.length > 200 || isLimited(said)) return null;
  const lost = lostIn(said);
  if (lost !== null) return { start: head.start + lost.start, end: head.start + lost.end };
  const lacking = lackingIn(said);
  if (lacking === null) return null;
  const [start, end] = [head.start + lacking.start, head.start + lacking.end];
  const narrowed = values.some((value) => value.start >= start && value.start < clause.end && !value.names);
  return narrowed && !saysWhich(text.slice(end, clause.end)) ? null : { start, end };
}

/** "…, because the one-sided limits differ" */
const isReason = (parsed: Parsed, clause: Range): boolean =>
  clause.start > parsed.sentence.start &&
  has(
    phrasesOf(parsed, clause).find((phrase) => !has(phrase, 'join')),
    'because',
  );

/** What leads from a cue to what it announces: ":", "is that". */
const isLead = ({ text }: Parsed, phrase: Phrase): boolean =>
  (has(phrase, 'link') && !/^there/i.test(text.slice(phrase.start, phrase.end))) ||
  /^that$/i.test(text.slice(phrase.start, phrase.end));

/** A clause that gives no reason has said something where it holds a value. */
export const states = (parsed: Parsed, clause: Range): boolean =>
  parsed.values.some((value) => value.start >= clause.start && value.end <= clause.end && !value.names) &&
  !has(
    phrasesOf(parsed, clause).find((phrase) => !has(phrase, 'conclude', 'join')),
    'subordinate',
  );

/** "The claim is false: take n = 41", what stands behind it is the reason. */
export function verdictIn({ text, sentence, phrases }: Parsed): Range | null {
  if (!mayLack(text.slice(sentence.start, Math.min(sentence.end, sentence.start + 80)))) return null;
  const start = phrases.find((phrase) => !has(phrase, 'conclude'))?.start ?? sentence.start;
  const verdict = verdictOf(text.slice(start, Math.min(sentence.end, start + 120)));
  return verdict === null || start + verdict.end >= sentence.end
    ? null
    : { start: start + verdict.start, end: start + verdict.end };
}
