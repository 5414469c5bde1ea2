import { has, type Phrase, type Range } from '../words/phrases.ts';
import { type Parsed, phrasesOf, valuesOf } from './parts/clauses.ts';
import type { Statement } from './parts/pieces.ts';

/** What the head of a clause behind a value may do for the clause to say nothing of the value itself. */
const HARMLESS = [
  'subordinate',
  'because',
  'conclude',
  'restate',
  'deny',
  'but',
  'join',
  'aside',
  'opine',
  'only',
  'concede',
  'report',
  'pronoun',
  'right',
  'good',
  'wrong',
  'bad',
  'link',
  'answer',
  'label',
  'wait',
  'retract',
  'partitive',
  'suppose',
  'condition',
  'unfinished',
  'pick',
] as const;
/** Words that begin what names it once more, an adverb, or what goes along with it: "the larger one", "obviously", "ending the proof". */
const NAMING =
  /^(?:the|an?|one|two|most|some|half|none|this|these|those|all|both|each|every|any|his|her|its|their|our|my|your|there|such|unlike|including|namely|respectively|too|please|sometimes|right|yes|ok|okay|up|down|per|assuming|i|you|we|he|she|it|they|\p{Lu}.*|\p{L}+ly|\p{L}{2,}ing)$/u;
/** "to which", "from which": something is done to the value. "of which" takes a part of it. */
const DONE_TO = /^(?:to|from|by|with) which\b(?! (?:point|case))/i;
/** They begin a clause with a subject of its own: "84 when doubled" has none. */
const CONJUNCTION = /^(?:when|once|until|before|after|while)$/i;
const PARTICIPLE = /^\p{L}{2,}(?:ed|lved|ken|ten)$/iu;

/**
 * Where a statement ends with what follows it that nothing is known of: only what is known to say where, when, why or of
 * what is left out, so that anything else makes the value unread.
 */
export function withUnknownRest(parsed: Parsed, said: Statement, to: number): Statement {
  if (parsed.language !== 'english' || said.wordy || said.denied) return said;
  let end = said.end;
  for (const clause of parsed.clauses) {
    const rest = { start: Math.max(clause.start, said.end), end: Math.min(clause.end, to) };
    if (rest.start >= rest.end) continue;
    const apart = clause.start >= said.end;
    if (apart && /[;；]/.test(parsed.text[clause.start - 1]!)) break;
    if (isUnknown(parsed, apart ? rest : null, rest)) end = rest.end;
    // What goes on behind it belongs to it: "84, but we must not forget the unit, cm".
    else if (apart) break;
  }
  return end === said.end ? said : { ...said, end };
}

function isUnknown(parsed: Parsed, clause: Range | null, rest: Range): boolean {
  const phrases = phrasesOf(parsed, rest);
  const [head, next] = phrases;
  if (head === undefined) return false;
  if (isBareConjunction(parsed, head, next)) return true;
  if (clause === null) return false;
  if (DONE_TO.test(parsed.text.slice(head.start, Math.min(rest.end, head.start + 30)))) return true;
  if (valuesOf(parsed, clause).length > 0) return false;
  if (/\bincluded\s*$/i.test(parsed.text.slice(rest.start, rest.end))) return false;
  return !has(head, ...HARMLESS) && !NAMING.test(parsed.text.slice(head.start, head.end));
}

/** "when doubled", "once halved" */
const isBareConjunction = ({ text }: Parsed, head: Phrase, next: Phrase | undefined): boolean =>
  next !== undefined &&
  CONJUNCTION.test(text.slice(head.start, head.end)) &&
  PARTICIPLE.test(text.slice(next.start, next.end));
