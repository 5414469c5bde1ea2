import type { Stance } from './claim.ts';
import { kindOf, type Text } from './read-text.ts';
import { isForAnother } from './sentence/clause-kinds.ts';
import { isAdverb, isDeniedBehind, type Parsed } from './sentence/parts/clauses.ts';
import type { Sentence } from './text/sentences.ts';
import type { Latin } from './words/language.ts';
import { has, type Phrase, type Range } from './words/phrases.ts';

/** How far a denial reaches. */
const FARTHEST = 60;
const ASKS = /[?？؟]/;

/** How a sentence holds what stands at `place`: a box, a tag, or what a cue announces. */
export function stanceOf(parsed: Parsed, place: Range): Stance {
  if (ASKS.test(parsed.sentence.mark)) return 'asked';
  const index = parsed.clauses.findIndex(({ end }) => place.start < end);
  const clause = parsed.clauses[index] ?? parsed.sentence;
  const before = parsed.phrases.filter(({ start, end }) => start >= clause.start && end <= place.start);
  const after = parsed.phrases.filter(({ start, end }) => start >= place.end && end <= clause.end);
  const next = parsed.clauses[index + 1];
  const follows =
    next === undefined ? [] : parsed.phrases.filter(({ start, end }) => start >= next.start && end <= next.end);
  if (isConditional(before[0]) || isUnderCondition(parsed, index)) return 'supposed';
  if (before.some((phrase) => has(phrase, 'suppose')) || isInverted(parsed, clause)) return 'supposed';
  if (
    isComplement(parsed, index) ||
    isUnsure(parsed, index, before[0]) ||
    isGuess(parsed.text, before) ||
    isUnreal(parsed, index, place)
  )
    return 'supposed';
  if (isUnfinished(parsed, place) || isUndone(parsed, clause, place, after, follows)) return 'supposed';
  if (isAlternative(parsed, index) || isForAnother(parsed, place.start)) return 'option';
  if (has(after[0], 'link') && after.some((phrase) => has(phrase, 'suppose') && has(phrase, 'condition')))
    return 'supposed';
  if (before.some((phrase) => has(phrase, 'report')) || after.some((phrase) => has(phrase, 'report')))
    return 'supposed';
  if (
    isCalledWrong(parsed.text, before, place.start) ||
    isDenied(parsed, before, place.start) ||
    (has(after[0], 'wrong') && !hasValue(parsed, place.end, after[0]!.start)) ||
    isDeniedBehind(parsed, { start: place.end, end: clause.end }) ||
    (isTakenBack(follows) && !hasValue(parsed, next!.start, follows.find((one) => has(one, 'wrong', 'retract'))!.start))
  )
    return 'denied';
  return 'stated';
}

/** What a sentence holds from which `stanceOf` could see anything but that it states what stands in it. */
const UNSETTLING = kindOf(
  'suppose',
  'condition',
  'inverts',
  'report',
  'hedge',
  'wrong',
  'deny',
  'retract',
  'unfinished',
);

/** Whether a sentence states whatever stands in it: a quick look that spares most boxes the slow one. */
export const statesAll = (sentence: Sentence, { holds }: Pick<Text, 'holds'>): boolean =>
  !ASKS.test(sentence.mark) && !holds(sentence, UNSETTLING);

/** "12 (10 is extraneous)": another value stands before what is said of it. */
const hasValue = ({ values }: Parsed, from: number, to: number): boolean =>
  values.some(({ start, end }) => start >= from && end <= to);

/** "Were the answer 3, …": a condition without its word. */
export function isInverted({ phrases, text }: Pick<Parsed, 'phrases' | 'text'>, clause: Range): boolean {
  const head = phrases.find(({ start }) => start >= clause.start);
  // "26 were sold" has its subject before the verb.
  const begins = head !== undefined && !/[\p{L}\p{N}]/u.test(text.slice(clause.start, head.start));
  return begins && head.end <= clause.end && has(head, 'inverts');
}

/** "Suppose, the answer is 3", "Some say, the answer is 3": what is supposed or said stands in a clause of its own. */
export function isComplement(
  { phrases, clauses, values }: Pick<Parsed, 'phrases' | 'clauses'> & { readonly values: readonly Range[] },
  index: number,
): boolean {
  const previous = clauses[index - 1];
  if (previous === undefined || values.some(({ start, end }) => start >= previous.start && end <= previous.end))
    return false;
  const last = phrases.findLast(({ start, end }) => start >= previous.start && end <= previous.end);
  return has(last, 'suppose', 'report') && !has(last, 'condition');
}

/** "Unless n = 1, the answer is 3": it holds in some cases only. What "if" begins may say again what is given. */
function isUnderCondition(parsed: Parsed, index: number): boolean {
  const previous = parsed.clauses[index - 1];
  if (previous === undefined) return false;
  const inside = parsed.phrases.filter(({ start, end }) => start >= previous.start && end <= previous.end);
  const head = inside.find((phrase) => !has(phrase, 'conclude'));
  if (isConditional(head)) return true;
  const next = parsed.clauses.slice(index + 1);
  return (
    has(head, 'suppose') &&
    has(head, 'condition') &&
    next.some((clause) => beginsCase(parsed.phrases.filter(({ start }) => start >= clause.start)))
  );
}

/** "… otherwise 4", "… ; if it is odd, 4". */
function beginsCase(phrases: readonly Phrase[]): boolean {
  const head = phrases.find((phrase) => !has(phrase, 'join', 'but'));
  return isConditional(head) || (has(head, 'suppose') && has(head, 'condition'));
}

const isConditional = (phrase: Phrase | undefined): boolean => has(phrase, 'condition') && !has(phrase, 'suppose');

const WOULD = /\bwould\b|['’]d\b/i;
/** What the text itself did not do, not what a task tells of somebody. */
const UNDONE =
  /\b(?:we|you|one|i)\b(?: \w{1,12}){0,2} (?:were|had|did|hadn['’]t|didn['’]t|\w{2,12}ed)\b|\b(?:it|that|this|there|[a-z])\$? were\b|\b(?:the|a|an|this|that) (?!\w{1,20}s\b)\w{2,20} were\b|\b(?:was|were) (?:not )?(?:excluded|included|allowed|counted|ignored|dropped|omitted|permitted|distinguishable|considered)\b|\b(?:also|instead)\b/i;

/** "If we counted zero too, we would get 4": the verb says that it is not so. */
export function isUnreal(
  { clauses, language, phrases, text }: Pick<Parsed, 'clauses' | 'language' | 'phrases' | 'text'>,
  index: number,
  place: Range,
): boolean {
  const own = clauses[index];
  if (own === undefined) return false;
  if (isUnderCase({ language, phrases }, own, place)) return true;
  const previous = clauses[index - 1];
  if (previous === undefined) return false;
  const would = WOULD.test(text.slice(own.start, place.end));
  if (!would && !isConditionalAbroad(phrases, language, own.start, place.end)) return false;
  if (isInverted({ phrases, text }, previous)) return true;
  if (would && !UNDONE.test(text.slice(previous.start, previous.end))) return false;
  const head = phrases.find((phrase) => phrase.start >= previous.start && !has(phrase, 'conclude', 'wait', 'but'));
  return head !== undefined && head.end <= previous.end && has(head, 'suppose') && (has(head, 'condition') || !would);
}

/** "la respuesta sería 4 si n fuera par": the case stands behind. */
function isUnderCase(
  { language, phrases }: Pick<Parsed, 'language' | 'phrases'>,
  clause: Range,
  place: Range,
): boolean {
  if (!isConditionalAbroad(phrases, language, clause.start, place.end)) return false;
  const next = phrases.find(({ start }) => start >= place.end);
  return has(next, 'suppose') && has(next, 'condition');
}

/** "la respuesta sería", "la réponse serait": the verb has a form of its own for what is not so. */
const isConditionalAbroad = (phrases: readonly Phrase[], language: Latin, from: number, to: number): boolean =>
  (language !== 'english' || phrases.some((phrase) => has(phrase, 'suppose') && !has(phrase, 'condition'))) &&
  phrases.some((phrase) => phrase.start >= from && phrase.end <= to && has(phrase, 'unreal'));

/** "Perhaps the answer is 3." */
const UNSURE =
  /^(?:perhaps|maybe|possibly|vielleicht|möglicherweise|peut-être|quizás?|tal vez|posiblemente|forse|talvez|być może|misschien|kanske|belki|có lẽ|mungkin|может быть|возможно|ربما|شاید|शायद|也许|可能|或许)$/i;

function isUnsure({ clauses, phrases, text }: Parsed, index: number, first: Phrase | undefined): boolean {
  const says = (phrase: Phrase | undefined): boolean =>
    has(phrase, 'hedge') && UNSURE.test(text.slice(phrase!.start, phrase!.end));
  if (says(first)) return true;
  const before = index === 1 ? phrases.filter(({ end }) => end <= clauses[0]!.end) : [];
  return before.length === 1 && says(before[0]);
}

/** "50, from which we must still subtract 8": the next words, or those of the next clause, say what is left to do. */
function isUnfinished({ clauses, phrases, values }: Parsed, place: Range): boolean {
  const { start } = place;
  // What is left to do may belong to the claim already.
  const end = Math.min(place.end, values.find((value) => value.start >= start - 1)?.end ?? place.end);
  const index = clauses.findIndex((clause) => start < clause.end);
  const to = clauses[index + 1]?.end ?? clauses[index]?.end ?? end;
  const rest = phrases.find((phrase) => phrase.start >= end && phrase.end <= to && has(phrase, 'unfinished'));
  return rest !== undefined && !values.some((value) => value.start >= end && value.end <= rest.start);
}

/** "It would be 3 had we allowed zero", "it would be 3 for distinct boxes, but ours are alike": not so, says what follows. */
function isUndone(
  { text, values }: Parsed,
  clause: Range,
  place: Range,
  after: readonly Phrase[],
  follows: readonly Phrase[],
): boolean {
  if (!WOULD.test(text.slice(clause.start, place.end))) return false;
  const [head] = follows;
  const contrasts = has(head, 'but') && !values.some(({ start, names }) => start >= head!.start && !names);
  return contrasts || after.some((phrase) => has(phrase, 'inverts'));
}

/** "It could be 3.", "It may be around 3." */
const isGuess = (text: string, before: readonly Phrase[]): boolean => {
  const at = before.length - (before.at(-1)?.roles.size === 0 ? 2 : 1);
  const [modal, last] = [before[at - 1], before[at]];
  return (
    has(last, 'link') &&
    (has(last, 'hedge') || (modal !== undefined && /^(?:might|may)$/i.test(text.slice(modal.start, modal.end))))
  );
};

/** "If that is not accepted, 4": offered for another case than the one that was asked about. */
function isAlternative(parsed: Parsed, index: number): boolean {
  const previous = parsed.clauses[index - 1];
  if (previous === undefined) return false;
  const inside = parsed.phrases.filter(({ start, end }) => start >= previous.start && end <= previous.end);
  return (has(inside[0], 'suppose') && has(inside[1], 'pronoun')) || isOtherwise(inside);
}

/** "If that is wrong, …", "If not, …": it goes on with another case than what was just said. */
export const isOtherwise = ([head, second, third]: readonly Phrase[]): boolean =>
  has(head, 'suppose') &&
  has(head, 'condition') &&
  (has(second, 'deny', 'wrong') || (has(second, 'pronoun', 'restate', 'link') && has(third, 'deny', 'wrong')));

/** "It is not true that…", "it is tempting to write": said before what it is said of. */
function isCalledWrong(text: string, before: readonly Phrase[], place: number): boolean {
  const at = before.findLastIndex((phrase) => has(phrase, 'wrong'));
  if (at < 0) return false;
  const from = before[at]!.end;
  if (place - from > FARTHEST || /[,;:()]/.test(text.slice(from, place))) return false;
  const since = before.slice(at + 1);
  if (since.some((phrase) => has(phrase, 'but', 'conclude', 'restate'))) return false;
  return has(since[0], 'pronoun') || !since.some((phrase) => has(phrase, 'link'));
}

/** A denial reaches its claim over the very next link only, or over what is thought: "not think that the answer is". */
function isDenied(parsed: Parsed, before: readonly Phrase[], place: number): boolean {
  const { text, values } = parsed;
  const at = before.findLastIndex((phrase) => has(phrase, 'deny'));
  if (at < 0) return false;
  const since = before.slice(at + 1);
  if (since.some((phrase) => has(phrase, 'but', 'restate'))) return false;
  const links = since.filter((phrase) => has(phrase, 'link', 'pick'));
  // "not 10 it's 12": it has denied what stands before the link.
  const first = links[0]?.start ?? place;
  if (values.some((value) => value.start >= before[at]!.end && value.end <= first && !value.names)) return false;
  // "not think that it is 12", "not believe it's 12", "doubt that it is 12"
  const thinks = since[0]?.roles.size === 0 && (has(since[1], 'pronoun') || isContracted(text, since[1]));
  const thought = thinks || (has(since[0], 'pronoun') && !/[,;:]/.test(text.slice(since[0]!.end, since[1]?.end)));
  // "wrong to say the answer is 12"
  const named = since[0]?.roles.size === 0 ? since.slice(1, 3).findIndex((phrase) => has(phrase, 'answer')) + 1 : 0;
  const reached = since
    .slice(named > 0 ? named : thinks ? 1 : 0)
    .find(
      (phrase) =>
        !isAdverb(parsed, phrase) &&
        !isInfinitive(text, phrase) &&
        !(has(phrase, 'pronoun') && (thought || has(phrase, 'subordinate'))),
    );
  const to = links.length === 0 ? place : (reached?.start ?? place);
  const near = !/[,;:()]/.test(text.slice(before[at]!.end, to)) && to - before[at]!.end <= FARTHEST;
  return near && (links.length === 0 || (links.length === 1 && has(reached, 'link', 'pick', 'report', 'answer')));
}

/** "it's": a pronoun with its verb. */
const isContracted = (text: string, phrase: Phrase | undefined): boolean =>
  phrase !== undefined && /^(?:it|that|this|there)['’]s$/i.test(text.slice(phrase.start, phrase.end));

/** "refuse to give" */
const isInfinitive = (text: string, { start, end }: Range): boolean =>
  end - start === 2 && text.slice(start, end) === 'to';

/** "… but that is incorrect": the next clause is about what was just said. */
function isTakenBack(follows: readonly Phrase[]): boolean {
  const about = follows.filter((phrase) => !has(phrase, 'but', 'join'));
  if (has(about[0], 'wrong') && about.length <= 2) return true;
  return (
    has(about[0], 'pronoun', 'retract') &&
    (has(about[0], 'retract') || has(about[1], 'wrong') || has(about[1], 'retract'))
  );
}

/** "One might think that the answer is 23, but it is 24": the clause stands against what was said before. */
export function isTurn({ clauses, phrases, text }: Parsed, { start }: Range): boolean {
  const index = clauses.findIndex(({ end }) => start < end);
  const clause = clauses[index];
  if (clause === undefined || index === 0) return false;
  return (
    /[;；؛]/.test(text[clause.start - 1]!) ||
    has(
      phrases.find((phrase) => phrase.start >= clause.start),
      'but',
    )
  );
}
