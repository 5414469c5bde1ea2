import { type Claim, lastClaim, trimmed } from './claim.ts';
import type { Parsed } from './sentence/parts/clauses.ts';
import type { Sentence } from './text/sentences.ts';
import { has, type Phrase, type Range } from './words/phrases.ts';

const YES_OR_NO = /^(?:yes|no|sí|oui|non|ja|nein|да|нет|نعم|لا|بله|خیر|हाँ|नहीं|是|否|true|false)$/i;

/** "No. The triangles are not congruent.": the first word answers, the rest says why. */
export function opener(first: Sentence, parseOne: (sentence: Sentence) => Parsed): Claim | null {
  const { text, phrases } = parseOne(first);
  const said = trimmed(text, first);
  return phrases.length === 1 && YES_OR_NO.test(said) && !isQuestion(first) ? lastClaim(said, first) : null;
}

export const isQuestion = ({ mark }: Sentence): boolean => /[?？؟]/.test(mark);

/** "So yes, it is": without the word that concludes; nothing where there is none. */
export function behindConclusion(parsed: Parsed): Parsed {
  const { phrases, sentence } = parsed;
  const rest = has(phrases[0], 'conclude') ? phrases.slice(1) : [];
  return { ...parsed, phrases: rest, sentence: { ...sentence, start: rest[0]?.start ?? sentence.start } };
}

/** "No, because …": the reason behind it is no answer. */
export function yesOrNo(parsed: Parsed): Claim | null {
  const { sentence, phrases } = parsed;
  const [first] = phrases;
  if (first === undefined) return null;
  const told =
    has(phrases[1], 'subordinate', 'pronoun') ||
    isThereIs(parsed) ||
    explains(parsed) ||
    isVerbAbroad(parsed) ||
    isPredicate(parsed, { start: first.end + 1, end: sentence.end });
  return told ? affirmation(parsed) : null;
}

const TAKES = /^(?:take|let|consider|try|choose|set|for example|for instance|e\.?g\.?)$/i;
const IT_IS = /^(?:it|that|they|he|she)['’](?:s|re)$/i;

/** "Yes. Take $n = 2$.": an example of what was answered before. */
export const givesExample = ({ text, phrases }: Parsed): boolean => {
  const [head] = phrases;
  return head !== undefined && TAKES.test(text.slice(head.start, head.end));
};

/** "Yes, it's divisible by 3", "Yes: take n = 3", "Yes; both sides equal 5": the rest says why. */
function explains({ text, phrases, values }: Parsed): boolean {
  const [first, ...others] = phrases;
  const rest = others.filter(({ start, end }) => text.slice(start, end) !== ':');
  const [head] = rest;
  if (first === undefined || head === undefined || rest.some((phrase) => has(phrase, 'answer'))) return false;
  const said = text.slice(head.start, head.end);
  const value = values.find(({ start }) => start >= first.end);
  if (TAKES.test(said)) return true;
  if (IT_IS.test(said)) return value === undefined || text.slice(head.end, value.start).trim() !== '';
  const last = values.at(-1);
  if (last !== undefined && rest.some((phrase) => phrase.start >= last.end && has(phrase, 'good'))) return true;
  return /[;—–]/.test(text.slice(first.end, head.start)) && (value === undefined || value.start > head.start);
}

/** "No, there is no such number." */
const isThereIs = ({ text, phrases, values }: Parsed): boolean =>
  phrases[1] !== undefined && values.length === 0 && /^there/i.test(text.slice(phrases[1].start, phrases[1].end));

/** "Indeed, yes", "Wait, no": nothing else is said, and the last word counts. */
export function saidLast({ text, phrases, values }: Parsed): Claim | null {
  const last = phrases.at(-1);
  const before = phrases.slice(0, -1);
  if (last === undefined || before.length > MOST_BEFORE || values.length > 0) return null;
  const word = LAST_WORD.exec(trimmed(text, last))?.[0];
  if (word === undefined || !YES_OR_NO.test(word)) return null;
  const isReply = (phrase: Phrase): boolean => YES_OR_NO.test(trimmed(text, phrase));
  const turned = !isReply(last) || before.some((phrase) => has(phrase, 'wait', 'retract') && !isReply(phrase));
  const plain =
    before.length > 0 && before.every((phrase) => has(phrase, 'opine', 'conclude', 'good') && !isReply(phrase));
  return (turned && has(before[0] ?? last, 'wait', 'retract')) || plain
    ? lastClaim(word, { start: last.end - word.length, end: last.end })
    : null;
}

const MOST_BEFORE = 3;
const LAST_WORD = /(?<!\p{L})\p{L}{1,12}$/u;

/** "Да, существует." */
const isVerbAbroad = ({ text, sentence, phrases, values }: Parsed): boolean =>
  phrases.length === 2 &&
  /[^ -~]/.test(text[phrases[0]!.start]!) &&
  values.length === 0 &&
  text.slice(sentence.start, phrases[0]!.start).trim() === '';

/** The same where a reason or what is spoken of follows. */
export const replyIn = (parsed: Parsed): Claim | null =>
  has(parsed.phrases[1], 'subordinate') ||
  (has(parsed.phrases[1], 'pronoun') && parsed.values.every(({ names }) => names))
    ? affirmation(parsed)
    : null;

function affirmation({ text, sentence, phrases }: Parsed): Claim | null {
  const [first] = phrases;
  if (first === undefined || !/^\s{0,4}[,;.:—–-]\s/.test(text.slice(first.end, first.end + 8))) return null;
  const words = trimmed(text, first);
  if (first.start > sentence.start + 6 || !YES_OR_NO.test(words)) return null;
  return lastClaim(words, first);
}

/** "97 is prime": a value of which words are said. */
function isPredicate({ phrases, values }: Parsed, clause: Range): boolean {
  const link = phrases.find(
    (phrase) => phrase.start >= clause.start && phrase.end <= clause.end && has(phrase, 'link'),
  );
  const first = values.find(({ start }) => start >= clause.start);
  return (
    link !== undefined &&
    first !== undefined &&
    first.end <= link.start &&
    !values.some(({ start }) => start >= link.end)
  );
}
