import { bareAnswer } from './bare.ts';
import { type Claim, claimOf, lastClaim, trimmed } from './claim.ts';
import { partsAtEnd } from './parts.ts';
import { isAside, saysNothing } from './remarks.ts';
import { absenceIn, verdictIn } from './sentence/in-words/absence.ts';
import { affirmedIn } from './sentence/in-words/affirmation.ts';
import { circumstanceIn } from './sentence/in-words/circumstance.ts';
import { countedIn } from './sentence/in-words/counted.ts';
import { behindReason } from './sentence/in-words/reason.ts';
import type { Parsed } from './sentence/parts/clauses.ts';
import type { Statement } from './sentence/parts/pieces.ts';
import { withUnknownRest } from './sentence/rest.ts';
import { statementIn } from './sentence/statement.ts';
import { isMadeOfAnswer, isOperand } from './sentence/subject.ts';
import { isTurn, stanceOf } from './stance.ts';
import { type Described, deniedBy, describedIn } from './taking-back/described.ts';
import { rejectedBehind } from './taking-back/rejected.ts';
import type { Sentence } from './text/sentences.ts';
import { has, type Phrase, type Range } from './words/phrases.ts';
import { behindConclusion, givesExample, isQuestion, opener, replyIn, saidLast, yesOrNo } from './yes-or-no.ts';

/** The answer stands near the end, but behind it may be said that it was hoped to be right. */
const MOST_SENTENCES = 6;
const MOST_LOOKED_AT = 40;
const LONGEST_SAYING = 120;
const MOST_DECLINING = 3;
const OPENS = /\\[[(]|\$\$/g;
const CLOSES = /\\[\])]|\$\$/g;

/**
 * What is stated last, the latest first: where nothing stands as an answer, that is one. A text that breaks off, or says
 * that it does not know, states nothing.
 */
export function lastClaims(
  text: string,
  sentences: readonly Sentence[],
  parseOne: (sentence: Sentence) => Parsed,
  standing: readonly Claim[],
): Claim[] {
  const whole = bareAnswer(text, sentences, parseOne);
  if (whole !== null) return [whole];
  const declining = sentences.slice(-MOST_DECLINING).map(parseOne).filter(declines);
  if (declining.length > 0) return undeterminedIn(declining.at(-1)!);
  const parts = partsAtEnd(text, sentences, parseOne);
  if (parts !== null) return [parts];
  const claims: Claim[] = [];
  const described: Described[] = [];
  for (const sentence of sentences.slice(-MOST_SENTENCES).toReversed()) {
    const parsed = parseOne(sentence);
    const isLast = sentence === sentences.at(-1);
    if (!/[\p{L}\p{N}∞∅]/u.test(text.slice(sentence.start, sentence.end))) continue;
    if (isLast && breaksOff(parsed, isPunctuated(text, sentences))) break;
    const remarks = describedIn(parsed, sentence.start);
    if (remarks.length > 0 && parsed.values.every(({ names }) => names)) {
      described.push(...remarks);
      continue;
    }
    const paragraph = parseOne(paragraphOf(sentences, sentence));
    if (saysNothing(parsed) || (isAside(paragraph) && !concludes(parsed))) continue;
    const affirmed = claims.length === 0 ? affirmedIn(parsed, before(sentences, sentence, parseOne)) : null;
    if (affirmed !== null) return [lastClaim(trimmed(text, affirmed), affirmed)];
    const yes =
      (sentence === sentences[0] ? yesOrNo(parsed) : null) ??
      (sentence === sentences[1] && isQuestion(sentences[0]!) ? replyIn(parsed) : null) ??
      (isLast ? (saidLast(parsed) ?? yesOrNo(behindConclusion(parsed))) : null);
    if (yes !== null) return [yes];
    const judged = claims.length === 0 ? (absenceIn(parsed) ?? verdictIn(parsed) ?? circumstanceIn(parsed)) : null;
    if (judged !== null) return [opener(sentences[0]!, parseOne) ?? lastClaim(trimmed(text, judged), judged)];
    const opened = claims.length === 0 && givesExample(parsed) ? opener(sentences[0]!, parseOne) : null;
    if (opened !== null) return [opened];
    const found = statementIn(parsed, sentence.start, sentence.end, false);
    const statement = found && withUnknownRest(parsed, found, sentence.end);
    const main = claims.length === 0 ? behindReason(parsed, statement) : null;
    if (statement === null || main !== null) {
      const saying = claims.length === 0 ? sayingOf(main ?? parsed) : null;
      if (saying !== null) return [opener(sentences[0]!, parseOne) ?? saying];
      if (isLast || sentence.paragraph === sentences.at(-1)!.paragraph) continue;
      break;
    }
    const own = standing.find(({ at, how }) =>
      how === 'boxed'
        ? at >= statement.start && at < statement.end
        : how === 'cue' && at >= sentence.start && at < sentence.end,
    );
    const turned =
      own !== undefined &&
      text.slice(own.at, statement.start).trim() !== '' &&
      (own.stance === 'corrected' || isTurn(parsed, statement));
    const held =
      own !== undefined && own.stance !== 'stated' && !turned
        ? own.stance
        : (own === undefined && isRelated(parsed, statement)) ||
            isMadeOfAnswer(parsed, statement.subject) ||
            isOperand(parsed, statement)
          ? 'supposed'
          : stanceOf(parsed, found!);
    const claim = claimOf(text, statement, 'last', held === 'stated' && statement.denied ? 'denied' : held, 0);
    if (claim.stance === 'stated')
      claims.push(...rejectedBehind(parsed, statement, 'last'), ...described.flatMap((one) => deniedBy(one, claim)));
    claims.push(claim);
    if (claim.stance === 'stated') break;
  }
  return claims.reverse();
}

const before = (
  sentences: readonly Sentence[],
  sentence: Sentence,
  parseOne: (sentence: Sentence) => Parsed,
): Parsed | null => {
  const previous = sentences[sentences.indexOf(sentence) - 1];
  return previous === undefined ? null : parseOne(previous);
};

/** "The answer rhymes with 5", "the answer doubles 4": something else is said of the answer than what it is. */
function isRelated({ language, phrases, text, values }: Parsed, { start }: Range): boolean {
  if (language !== 'english') return false;
  const before = phrases.filter(({ end }) => end <= start);
  const cue = before.findIndex((phrase) => has(phrase, 'answer'));
  if (cue < 0 || values.some((value) => value.end <= start && value.start >= before[cue]!.end)) return false;
  const verb = before[cue + 1];
  return (
    verb !== undefined &&
    verb.roles.size === 0 &&
    !before.slice(cue + 1).some((phrase) => has(phrase, 'link', 'pick')) &&
    !/[,:;(]/.test(text.slice(before[cue]!.end, start))
  );
}

/** "I'm not sure, but I think it's 23" answers all the same. */
function declines({ phrases }: Parsed): boolean {
  const at = phrases.findIndex((phrase) => has(phrase, 'decline'));
  return at >= 0 && !(has(phrases[at + 1], 'but') && has(phrases[at + 2], 'opine'));
}

/** "Check: 3 · 4 = 12. So the solution is 3.": a sentence of a remark that names the result. */
const concludes = ({ phrases }: Parsed): boolean =>
  phrases.some((phrase, index) => has(phrase, 'answer', 'label') && has(phrases[index + 1], 'link'));

const UNDETERMINED = /determin|information|bestimm|確定|确定|определ|تحديد|تعیین|निर्धारित/i;

/** "It cannot be determined." says what the answer is, where "I don't know" says nothing. */
function undeterminedIn({ phrases, text }: Parsed): Claim[] {
  const phrase = phrases.find((one) => has(one, 'decline'))!;
  return UNDETERMINED.test(text.slice(phrase.start, phrase.end)) ? [lastClaim(trimmed(text, phrase), phrase)] : [];
}

/** The sentence that begins the same paragraph: a list of sources is one throughout. */
const paragraphOf = (sentences: readonly Sentence[], { paragraph }: Sentence): Sentence =>
  sentences.slice(-MOST_LOOKED_AT).find((one) => one.paragraph === paragraph)!;

const MOST_WORDS = 3;
/** Behind a verb more words are still what is said of something. */
const MOST_SAID = 8;

/** Words that answer: "Yes, it is.", "It was a Friday.", "The limit does not exist." */
function sayingOf(parsed: Parsed): Claim | null {
  const { text, sentence, clauses, phrases } = parsed;
  const first = clauses[0]!;
  const opening = phrases.filter(({ end }) => end <= first.end);
  const yes = opening.length === 1 && clauses.length > 1 && !has(opening[0], 'conclude', 'subordinate') ? first : null;
  const said = yes === null ? statementIn(parsed, sentence.start, sentence.end, true) : null;
  const subject = said === null ? null : named(parsed, said);
  const short =
    said !== null &&
    subject === null &&
    !isDeniedBefore(phrases, said.start) &&
    text.slice(said.start, said.end).trim().split(/\s+/).length <= (said.subject === null ? MOST_WORDS : MOST_SAID)
      ? said
      : null;
  const range = yes ??
    subject ??
    countedIn(parsed) ??
    short ?? { start: has(phrases[0], 'conclude') ? phrases[0]!.end : sentence.start, end: sentence.end };
  if (
    has(phrases[0], 'suppose', 'hedge') ||
    phrases.some(isGuess) ||
    range.end - range.start > LONGEST_SAYING ||
    stanceOf(parsed, range) !== 'stated'
  )
    return null;
  const words = trimmed(text, range).replace(/^(?:an?|the)\s/i, '');
  return !/[\p{L}\p{N}]/u.test(words)
    ? null
    : { text: words, how: 'last', stance: 'stated', subject: null, weight: 0, at: range.start };
}

/** "It was not a Thursday but a Wednesday" has turned its denial round. */
const isDeniedBefore = (phrases: readonly Phrase[], place: number): boolean => {
  const before = phrases.filter(({ end }) => end <= place);
  const denial = before.findLastIndex((phrase) => has(phrase, 'deny'));
  return denial >= 0 && !before.slice(denial + 1).some((phrase) => has(phrase, 'but'));
};

/** "It could be an ellipse." */
const isGuess = (phrase: Phrase): boolean => has(phrase, 'link') && has(phrase, 'hedge');

/** "Alice is the liar": who it is answers, not what was asked for. */
function named({ text, phrases }: Parsed, { start, end, subject, denied }: Statement): Range | null {
  if (subject === null || denied || !/^\s*(?:the\s|(?:last|first)\s*$)/i.test(text.slice(start, end))) return null;
  const head = phrases.find((phrase) => phrase.start >= subject.start);
  const own = has(head, 'conclude') ? { start: head!.end, end: subject.end } : subject;
  return PROPER.test(text.slice(own.start, own.end)) ? own : null;
}

const PROPER = /^\s*(?!The\b|This\b|That\b|It\b|He\b|She\b|We\b|They\b|There\b)\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)?\s*$/u;

const JOINS_ON =
  /(?:[,:=+*/(\\-]|\b(?:and|or|the|an?|of|to|by|be|is|are|in|on|at|for|with|from|which|that|as|so|then|find|get|obtain|gives|yields|equals|becomes))$/i;

/** "The point is (7" */
const UNFINISHED_BRACKET = /[([{]\s?-?[\d.,]{1,20}$/;

/** Whether a text ends its sentences with stops: of one whose lines have none the last may be finished without. */
const isPunctuated = (text: string, sentences: readonly Sentence[]): boolean =>
  !sentences.slice(-MOST_LOOKED_AT, -1).some(({ start, end, mark }) => {
    const said = text.slice(Math.max(start, end - 120), end).trimEnd();
    return mark === '' && /\d/.test(said) && /\p{Ll}{2}$/u.test(said);
  });

/** A text without a full stop is finished only where a value, or one with its unit, ends it. */
function breaksOff(parsed: Parsed, isPunctuated: boolean): boolean {
  const { text, sentence, values } = parsed;
  if (sentence.mark !== '') return false;
  const last = values.at(-1);
  const said = text.slice(sentence.start, sentence.end).trim();
  if ((said.match(OPENS) ?? []).length > (said.match(CLOSES) ?? []).length) return true;
  if (JOINS_ON.test(said) || UNFINISHED_BRACKET.test(said)) return true;
  if (last === undefined) return /\p{Ll}{2}$/u.test(said) && said.split(/\s+/).length > (sentence.start < 3 ? 6 : 3);
  const rest = text.slice(last.end, sentence.end).trim();
  const words = rest.split(/\s+/).length;
  return words > (isPunctuated ? 12 : 24) || (isPunctuated && /\p{Ll}$/u.test(rest) && words > 4);
}
