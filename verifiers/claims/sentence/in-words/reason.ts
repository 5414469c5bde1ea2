import { has, type Phrase, type Range } from '../../words/phrases.ts';
import { type Parsed, phrasesOf, valuesOf } from '../parts/clauses.ts';

const LONGEST_PREDICATE = 60;

/** The main clause behind a reason that holds the only value: "Since $b^2 < 4ac$, the parabola is above the axis". */
export function behindReason(parsed: Parsed, said: Range | null): Parsed | null {
  const [first] = parsed.clauses;
  const main = parsed.clauses.at(-1)!;
  if (said === null || first === undefined || first === main || said.start >= main.start) return null;
  if (main.end - main.start > LONGEST_PREDICATE || !isReason(parsed, first)) return null;
  const phrases = phrasesOf(parsed, main);
  const tells =
    phrases.some((phrase) => has(phrase, 'link')) &&
    !phrases.some((phrase) => has(phrase, 'answer', 'right', 'subordinate', 'suppose', 'wrong', 'deny')) &&
    !/^\s*(?:we|i|you|they|this|that)\b/i.test(parsed.text.slice(headOf(parsed, main)?.start ?? main.start, main.end));
  return tells && valuesOf(parsed, main).length === 0
    ? { ...parsed, sentence: { ...parsed.sentence, start: main.start }, phrases, values: [], clauses: [main] }
    : null;
}

const isReason = (parsed: Parsed, clause: Range): boolean => has(headOf(parsed, clause), 'because');

const headOf = (parsed: Parsed, clause: Range): Phrase | undefined =>
  phrasesOf(parsed, clause).find((phrase) => !has(phrase, 'conclude', 'join'));
