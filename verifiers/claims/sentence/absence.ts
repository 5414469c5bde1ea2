import type { Phrase, Range } from '../words/phrases.ts';
import { has, type Parsed, phrasesOf } from './clauses.ts';

/** The quick test that spares most sentences the slow ones. */
const MAY_LACK =
  /нет|не имеет|keine|n['’]a |\b(?:no|non|não|not|true|false|correct|incorrect|converges|diverges)\b|n['’]t\b/i;
const KIND =
  '(?:such|real|positive|integer|integral|rational|valid|possible|feasible|whole|natural|complex|prime|common)';
const NOUN =
  '(?:solutions?|roots?|values?|numbers?|integers?|pairs?|triples?|zeros?|primes?|functions?|polynomials?|points?|ways?|answers?|\\$?\\\\?\\(?[a-z]\\\\?\\)?\\$?)';
const NONE = `no\\s(?:${KIND}\\s){0,3}${NOUN}(?![\\w'’])`;
/** The same in other languages. */
const ABROAD =
  "(?:не имеет (?:действительных )?(?:решений|корней)|(?:решений|корней) нет|n[’']a (?:pas de|aucune) (?:solution|racine)(?: réelle)?|no tiene soluci(?:ón|ones)(?: reale?s)?|no hay soluci(?:ón|ones)|hat keine (?:reelle )?(?:lösung|lösungen)|gibt es keine (?:lösung|lösungen)|non ha soluzioni|não tem solução)";
/** "there are no real roots", "no such n exists", "the system has no solution": up to what is lacking. */
const LACKING = new RegExp(
  `^(?:(?:we (?:conclude|find|see) that|that|it follows that)\\s)?(?:there(?:\\s(?:is|are|exists?)|['’]s)\\s(${NONE})(?![^,;:]*\\s(?:so|but)\\s)|[^,;:]{0,80}?\\s(?:has|have)\\s(${NONE})$|(${NONE}\\s(?:exists?|works?|is possible|are possible|satisf(?:y|ies)\\b.*)$)|[^,;:]{0,80}?\\s(${ABROAD})$)`,
  'i',
);
const LOST =
  /(?:(?:does|do)(?: not|n['’]t) (?:exist|converge)|(?:converges|diverges)(?: absolutely| conditionally)?)(?=$|\sby\b|\sto (?:infinity|zero)\b)/i;
/** Which of them: "no integer $n$ such that…". */
const OF_WHICH =
  /^(?:\s\$?[a-z]\$?)?,?\s(?:for which|such that|so that|satisfying|that satisf|which satisf|with the property|with \$?[a-z]\$?\s?=)/;
/** What limits a lack: "no solutions other than 3", "no further ones". */
const BUT =
  /\b(?:other|others|another|else|more|further|additional|except|besides|beyond|apart|remaining|left|if|unless|when|otherwise|because|since)\b/i;
/** It says something else before: "the limit is 5 as the sequence converges". */
const SAID_BEFORE = /\b(?:as|is|are|equals|and|or|which|where)\b|=/i;

/**
 * What the last clause of a sentence says is not there, whatever reason stands before it: "since D < 0, there are no real
 * roots", "the limit does not exist". Null where it says so of some cases only, or a value is stated before.
 */
export function absenceIn(parsed: Parsed, from: number = parsed.sentence.start): Range | null {
  const { text, sentence, clauses, values } = parsed;
  const clause = clauses.at(-1);
  if (clause === undefined || !MAY_LACK.test(text.slice(clause.start, clause.end))) return null;
  const announced = from > sentence.start;
  const phrases = phrasesOf(parsed, clause).filter(({ start }) => start >= from);
  const head = phrases.find((phrase) => !has(phrase, 'conclude', 'join') && !(announced && isLead(parsed, phrase)));
  if (head === undefined || has(head, 'subordinate', 'suppose', 'condition', 'but')) return null;
  const follows = announced || has(phrases[0], 'conclude');
  if (/[?？]/.test(sentence.mark) || (!follows && clauses.slice(0, -1).some((one) => states(parsed, one)))) return null;
  const said = text.slice(head.start, clause.end).trimEnd();
  if (said.length > 200 || BUT.test(said)) return null;
  const lost = LOST.exec(said);
  if (lost !== null && !SAID_BEFORE.test(said.slice(0, lost.index)))
    return { start: head.start + lost.index, end: head.start + lost.index + lost[0].length };
  const lacking = LACKING.exec(said);
  const what = lacking?.slice(1).find((one) => one !== undefined);
  if (what === undefined) return null;
  const start = head.start + said.indexOf(what);
  const end = start + what.length;
  const narrowed = values.some((value) => value.start >= start && value.start < clause.end && !value.names);
  return narrowed && !OF_WHICH.test(text.slice(end, clause.end)) ? null : { start, end };
}

/** What leads from a cue to what it announces: ":", "is that". */
const isLead = ({ text }: Parsed, phrase: Phrase): boolean =>
  (has(phrase, 'link') && !/^there/i.test(text.slice(phrase.start, phrase.end))) ||
  /^that$/i.test(text.slice(phrase.start, phrase.end));

/** A clause that gives no reason has said something where it holds a value. */
const states = (parsed: Parsed, clause: Range): boolean =>
  parsed.values.some((value) => value.start >= clause.start && value.end <= clause.end && !value.names) &&
  !has(
    phrasesOf(parsed, clause).find((phrase) => !has(phrase, 'conclude', 'join')),
    'subordinate',
  );

const VERDICT =
  /^(?:the|this|that)\s(?:given\s)?(?:statement|claim|assertion|conjecture|proposition)\s(?:is|must be)\s(?:therefore\s|thus\s|hence\s|indeed\s)?(true|false|correct|incorrect|not true)(?=\s?[:;,—–-]|\s(?:since|because|as|for)\b)/i;

/** "The claim is false: take n = 41", what stands behind it is the reason. */
export function verdictIn({ text, sentence, phrases }: Parsed): Range | null {
  if (!MAY_LACK.test(text.slice(sentence.start, Math.min(sentence.end, sentence.start + 80)))) return null;
  const start = phrases.find((phrase) => !has(phrase, 'conclude'))?.start ?? sentence.start;
  const match = VERDICT.exec(text.slice(start, Math.min(sentence.end, start + 120)));
  if (match === null || match[0].length + start >= sentence.end) return null;
  return { start: start + match[0].length - match[1]!.length, end: start + match[0].length };
}
