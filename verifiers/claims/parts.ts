import { type Claim, claimOf } from './claim.ts';
import type { ParseOne } from './read-text.ts';
import type { Parsed } from './sentence/parts/clauses.ts';
import { statementIn } from './sentence/statement.ts';
import { stanceOf } from './stance.ts';
import type { Sentence } from './text/sentences.ts';
import { has } from './words/phrases.ts';

/** A line of a list: its mark is blank already, or a letter counts it. */
const ITEM = /^\n?(?: {2,12}|[ \t]{0,8}\(?(?:[a-h]|i{1,3}|iv|v)[.)]\s)(?=\S)/;
const LETTER = /^\s{0,9}\(?(?:[a-h]|i{1,3}|iv|v)[.)]\s/;
const MOST_PARTS = 12;

/** "The three numbers are:" */
const HEADS = /\b(?:are|is|were|be|get|have|obtain|follows)\s{0,3}[:：]?\s*$/i;

/** What is stated last as a list of lines below a sentence that leads to it; null where the last sentence ends no such list. */
export function partsAtEnd(text: string, sentences: readonly Sentence[], parseOne: ParseOne): Claim | null {
  const last = sentences.at(-1);
  if (last === undefined || !ITEM.test(text.slice(last.start, last.start + 24))) return null;
  const head = sentences.findLastIndex(
    ({ start, end }, index) =>
      index >= sentences.length - MOST_PARTS - 1 && HEADS.test(text.slice(Math.max(start, end - 20), end)),
  );
  if (head < 0 ? sentences[0]!.start > 2 || SUMS.test(text.slice(last.start, last.end)) : false) return null;
  if (sentences[head + 1]?.paragraph !== last.paragraph) return null;
  if (sentences.length - head - 1 > MOST_PARTS) return null;
  if (sentences.slice(head + 1).some((one) => isTold(text, parseOne(one)))) return null;
  const parts = partsBelow(text, sentences, head + 1, parseOne);
  return parts === null ? null : { ...parts, how: 'last', weight: 0 };
}

/** Of a list without a head the last line may be what it comes to. */
const SUMS = /total|sum|altogether|overall|answer|result|final|hence|thus|so\b/i;

/** A step of a calculation has a verb, what is found has a name at most. */
const isTold = (text: string, { phrases }: Parsed): boolean =>
  phrases.some((phrase) => has(phrase, 'link', 'conclude') && /\p{L}/u.test(text[phrase.start]!));

/**
 * What a list below a heading says, each part in a line of its own: "(a) 5", "(b) 7". Null where it is no list of two or more,
 * or one of its lines states no value.
 */
export function partsBelow(
  text: string,
  sentences: readonly Sentence[],
  from: number,
  parseOne: ParseOne,
): Claim | null {
  const paragraph = sentences[from]?.paragraph;
  const parts: Claim[] = [];
  for (let index = from; sentences[index]?.paragraph === paragraph; index += 1) {
    const sentence = sentences[index]!;
    const line = text.slice(sentence.start, Math.min(sentence.end, sentence.start + 20));
    if (parts.length === MOST_PARTS || !ITEM.test(line)) return null;
    const parsed = parseOne(sentence);
    if (has(parsed.phrases[0], 'aside', 'subordinate', 'condition')) return null;
    const said = statementIn(parsed, sentence.start + (LETTER.exec(line)?.[0].length ?? 0), sentence.end, true);
    if (said === null || said.wordy || said.denied || stanceOf(parsed, said) !== 'stated') return null;
    parts.push(claimOf(text, said, 'cue', 'stated', 2));
  }
  return parts.length < 2 ? null : { ...parts[0]!, text: parts.map((part) => part.text).join(', '), subject: null };
}
