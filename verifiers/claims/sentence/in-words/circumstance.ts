import { circumstanceIn as circumstanceOf } from '../../words/circumstances.ts';
import { has, type Range } from '../../words/phrases.ts';
import { type Parsed, phrasesOf } from '../parts/clauses.ts';
import { states } from './absence.ts';

/** When something happens, or in which place somebody ends, where the last clause says nothing else: "They meet on Monday". */
export function circumstanceIn(parsed: Parsed): Range | null {
  const { text, sentence, clauses } = parsed;
  const clause = clauses.at(-1);
  if (clause === undefined || clause.end - clause.start > LONGEST || /[?？]/.test(sentence.mark)) return null;
  const found = circumstanceOf(text.slice(clause.start, clause.end));
  if (found === null || clauses.slice(0, -1).some((one) => states(parsed, one))) return null;
  const phrases = phrasesOf(parsed, clause);
  const head = phrases.find((phrase) => !has(phrase, 'conclude', 'join'));
  if (has(head, 'subordinate', 'suppose', 'condition', 'but')) return null;
  if (phrases.some((phrase) => has(phrase, 'deny', 'report', 'suppose', 'hedge', 'answer', 'wrong', 'retract')))
    return null;
  return { start: clause.start + found.start, end: clause.start + found.end };
}

const LONGEST = 160;
