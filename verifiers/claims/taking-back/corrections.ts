import { type Claim, claimOf } from '../claim.ts';
import { kindOf, once, type Text } from '../read-text.ts';
import { isForAnother } from '../sentence/clause-kinds.ts';
import { between, type Parsed, phrasesOf, valuesOf } from '../sentence/parts/clauses.ts';
import type { Statement } from '../sentence/parts/pieces.ts';
import { statementIn } from '../sentence/statement.ts';
import { isOtherwise } from '../stance.ts';
import type { Sentence } from '../text/sentences.ts';
import { sentencesWith } from '../text/sentences-with.ts';
import { has, type Phrase, type Range } from '../words/phrases.ts';

/** A text takes back what it said before: "Wait, I forgot a case.", "No, sorry, 4." */
export function withCorrections(
  text: string,
  claims: readonly Claim[],
  sentences: readonly Sentence[],
  parseOne: (sentence: Sentence) => Parsed,
): Claim[] {
  if (claims.length === 0) return [];
  const result = [...claims];
  // What stands before it was taken back already, so that each claim is looked at once.
  let next = 0;
  const conclusion = once(() => bareConclusion(sentences, parseOne));
  const answered = claims.findLast(({ how, stance, weight }) => how === 'cue' && stance === 'stated' && weight > 0);
  for (const index of sentencesWith(MAY_CORRECT, text, sentences, claims[0]!.at))
    for (const parsed of turnsOf(parseOne(sentences[index]!))) {
      next = isAnsweredBehind(parsed, answered)
        ? takeBack(result, next, parsed.sentence.start)
        : correct(text, result, next, parsed);
      if (turnsRound(parsed) && result.at(-1)!.at < parsed.sentence.start) {
        const end = parsed.sentence.end === sentences.at(-1)!.end ? concludes(parsed) : conclusion();
        if (end !== null && end.start >= parsed.sentence.start) return result.map(takenBack);
      }
    }
  return result;
}

/** "Wait, let me check that. … So the answer is 8." is the answer whatever was in a box before. */
const isAnsweredBehind = (parsed: Parsed, answered: Claim | undefined): boolean =>
  answered !== undefined && answered.at >= parsed.sentence.end && turnsRound(parsed);

/** Takes back the claims from one on that stand before a place; gives the next. */
function takeBack(claims: Claim[], from: number, before: number): number {
  let next = from;
  for (; next < claims.length && claims[next]!.at < before; next += 1) claims[next] = takenBack(claims[next]!);
  return next;
}

const takenBack = (claim: Claim): Claim => (claim.stance === 'stated' ? { ...claim, stance: 'corrected' } : claim);

/** "Hmm, wait, the corner is counted twice." */
export const turnsRound = ({ phrases, sentence }: Pick<Parsed, 'phrases' | 'sentence'>): boolean =>
  has(phrases[0], 'wait') && !/[?？؟]/.test(sentence.mark);

/** The value of a last sentence that concludes with it and says nothing else: "So it is 17." */
function bareConclusion(sentences: readonly Sentence[], parseOne: (sentence: Sentence) => Parsed): Range | null {
  const last = sentences.at(-1);
  return last === undefined ? null : concludes(parseOne(last));
}

/** The same of the last clause of a sentence: "…, so 6". */
function concludes(parsed: Parsed): Range | null {
  const { text } = parsed;
  const sentence = parsed.clauses.at(-1) ?? parsed.sentence;
  const phrases = phrasesOf(parsed, sentence);
  const values = valuesOf(parsed, sentence);
  const [value] = values;
  if (!has(phrases[0], 'conclude') || value === undefined || value.names || values.length > 1) return null;
  const said = phrases.filter((phrase) => has(phrase, 'conclude', 'pronoun', 'link'));
  const inOrder = [...said, value].sort((one, other) => one.start - other.start);
  let at = sentence.start;
  for (const { start, end } of inOrder) {
    if (/[\p{L}\p{N}]/u.test(text.slice(at, start))) return null;
    at = end;
  }
  return /[\p{L}\p{N}]/u.test(text.slice(at, sentence.end)) ? null : value;
}

/** Of a sentence with many the last ones count. */
const MOST_TURNS = 4;

/** A sentence, and its parts from each clause on that may turn it round: "23 — no wait, 24". */
function turnsOf(parsed: Parsed): Parsed[] {
  const turns = parsed.clauses
    .slice(1)
    .flatMap((clause) => {
      const head = phrasesOf(parsed, clause).find((phrase) => !has(phrase, 'but') || has(phrase, 'wait'));
      return isTurning(head) && !isForAnother(parsed, head!.end) ? [head!] : [];
    })
    .slice(-MOST_TURNS);
  const [first, second] = parsed.phrases;
  const whole = has(first, 'but') && !has(first, 'wait') && isTurning(second) ? from(parsed, second!.start) : parsed;
  return [whole, ...turns.map(({ start }) => from(parsed, start))];
}

/** A sentence from a place on: "but wait, …" from its second word. */
const from = (parsed: Parsed, start: number): Parsed => ({
  ...parsed,
  sentence: { ...parsed.sentence, start },
  phrases: parsed.phrases.filter((phrase) => phrase.start >= start),
  values: parsed.values.filter((value) => value.start >= start),
  clauses: parsed.clauses.filter(({ end }) => end > start),
});

/** Where a word denies too, as in Spanish "3, no 4", it turns nothing round. */
const isTurning = (head: Phrase | undefined): boolean => has(head, 'wait') && !has(head, 'deny');

/** Corrects the claims, which are in order, from one on by what a sentence, or the rest of one, takes back; gives the next. */
function correct(text: string, claims: Claim[], from: number, parsed: Parsed): number {
  const { sentence } = parsed;
  const at = retractedAt(parsed);
  const instead = at === null ? replacement(parsed) : null;
  const own = firstFrom(claims, sentence.start);
  const anew = at === null && instead === null && saysAnew(parsed, claims, own);
  const another = at === null && instead === null && offersAnother(parsed, claims, own);
  const dismissed = at === null && instead === null && dismisses(parsed);
  const contrasted = at ?? (claims[own] === undefined ? null : contrastedAt(parsed, claims, own));
  const before = contrasted ?? (instead === null && !anew && !another && !dismissed ? null : sentence.start);
  if (before === null) return from;
  let taken = false;
  let next = from;
  for (; next < claims.length && claims[next]!.at < before; next += 1)
    if (claims[next]!.stance === 'stated') {
      claims[next] = { ...claims[next]!, stance: 'corrected' };
      taken = true;
    }
  const again = (claims[own]?.at ?? sentence.end) < sentence.end;
  if (instead !== null && taken && !again) claims.splice(own, 0, claimOf(text, instead, 'cue', 'stated', 2));
  return next;
}

/** The first claim of those in order that begins at a place or behind it. */
function firstFrom(claims: readonly Claim[], place: number): number {
  let low = 0;
  for (let high = claims.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (claims[middle]!.at < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** "Actually, the answer is 4." */
function saysAnew({ phrases, sentence }: Parsed, claims: readonly Claim[], own: number): boolean {
  if (!turnsRound({ phrases, sentence })) return false;
  for (let index = own; index < claims.length && claims[index]!.at < sentence.end; index += 1)
    if (claims[index]!.stance === 'stated') return true;
  return false;
}

/** "…, hmm, no": nothing but that it is not so. */
function dismisses({ phrases, text, values, sentence }: Parsed): boolean {
  const last = phrases.at(-1);
  if (last === undefined || phrases.length < 2 || values.length > 0 || /[?？؟]/.test(sentence.mark)) return false;
  return phrases.every((phrase) => has(phrase, 'wait')) && NO.test(text.slice(last.start, last.end));
}

const NO = /^(?:no|nope|nein|non|нет|不|不对|لا|نه|नहीं)$/iu;

/** "He wrote 20, but the correct answer is 24": the clause that announces another value; null where none does. */
function contrastedAt({ clauses, phrases, sentence }: Parsed, claims: readonly Claim[], own: number): number | null {
  for (let index = own + 1; index < claims.length && claims[index]!.at < sentence.end; index += 1) {
    const { at, how, stance, weight } = claims[index]!;
    if (how !== 'cue' || stance !== 'stated' || weight === 0) continue;
    const clause = clauses.find(({ end }) => at < end);
    const head = phrases.find(({ start }) => clause !== undefined && start >= clause.start);
    if (has(head, 'but') && claims[own]!.at < clause!.start) return clause!.start;
  }
  return null;
}

/** "If that is not accepted, 4": offered for another case, it leaves open what was said before. */
function offersAnother({ phrases, sentence }: Parsed, claims: readonly Claim[], own: number): boolean {
  return (claims[own]?.at ?? sentence.end) < sentence.end && isOtherwise(phrases);
}

/** Whether a sentence from one on may take back what was said: a quick look that spares most texts the slow one. */
export function mayCorrect(
  { text, holds }: Pick<Text, 'text' | 'holds'>,
  sentences: readonly Sentence[],
  from: number,
): boolean {
  const { start } = sentences[from]!;
  for (const index of sentencesWith(MAY_CORRECT, text, sentences, start))
    if (holds(sentences[index]!, TAKING_BACK) || (index === from && holds(sentences[index]!, CONTRASTING))) return true;
  return false;
}

const CONTRASTING = kindOf('but');
const TAKING_BACK = kindOf('wait', 'retract', 'suppose');

const MAY_CORRECT =
  /\bif (?:that|this|it|not)\b|\bi meant?\b|\b(?:er|erm|uh|um|sic)\b|typo|wait|actual|hmm|\bno\b|sorry|\boh\b|hold on|reflection|second thought|correct|in fact|oops|whoops|\bah\b|scratch|strike|ignore|disregard|edit|error|mistake|wrong|(?<!\\)right|forg|mis|overlook|redo|recompute|take that|bad|revis|make that|kidding|double.count|counted|counts e|overcount|not satisfy|n['’]t satisfy|instead|rather|不|其实|实际|抱歉|对不起|更正|等|错|لا|انتظر|الحقيقة|عفو|آسف|بل|مهل|لحظة|خط|تصحيح|نه|صبر|واقع|ببخشید|راستش|اشتباه|غلط|اصلاح|नहीं|रुक|असल|वास्तव|माफ़|क्षमा|गलत|सुधार|нет|стоп|подожд|самом|точнее|вернее|извин|ошиб|исправ|поправ|забыл|неверно|неправильно|впрочем|espera|espere|realidad|perdón|mejor|momento|hecho|disculp|equivo|corrección|incorrect|olvid|error|mal|non|attend|en fait|pardon|plutôt|instant|désol|enfin|tromp|faux|oublié|erreur|rectif|nein|moment|warte|eigentlich|tatsächlich|entschuld|halt|vielmehr|doch|geirrt|falsch|stimmt|korrektur|fehler|vergessen/giu;

/** A clause that takes back what was said begins so, or nearly: "but one case was missed". */
const MOST_BEFORE = 4;

/** Where a sentence says that what went before does not hold; null where it says no such thing. */
export function retractedAt({
  phrases,
  sentence,
  clauses,
}: Pick<Parsed, 'phrases' | 'sentence' | 'clauses'>): number | null {
  if (/[?？؟]/.test(sentence.mark)) return null;
  const clauseOf = (place: number): Range => clauses.find(({ end }) => place < end) ?? sentence;
  const leadOf = (one: Phrase): readonly Phrase[] =>
    phrases.filter(({ start, end }) => start >= clauseOf(one.start).start && end <= one.start);
  const phrase = phrases.find((one) => has(one, 'retract') && leadOf(one).length <= MOST_BEFORE);
  if (phrase === undefined) return null;
  const before = phrases.filter(({ end }) => end <= phrase.start);
  return before.some((one) => has(one, 'suppose', 'report', 'subordinate')) ? null : phrase.start;
}

/** What is said in its place: behind "no, sorry" a bare value, or "it is 4". */
function replacement(parsed: Parsed): Statement | null {
  const { phrases, values, sentence, text } = parsed;
  if (!has(phrases[0], 'wait') || /[?？؟]/.test(sentence.mark)) return null;
  const after = phrases.findIndex((phrase) => !has(phrase, 'wait') && text[phrase.start] !== ':');
  const head = after < 0 ? phrases.at(-1)! : phrases[after - 1]!;
  const value = values.find(({ start }) => start >= head.end);
  const meant = value === undefined ? [] : between(phrases, head.end, value.start);
  const bare =
    value !== undefined &&
    (text.slice(head.end, value.start).replace(/[\s,:;.–—-]/g, '') === '' ||
      (meant.length > 0 && meant.every((phrase) => has(phrase, 'opine'))));
  const next = phrases[after];
  const pronoun =
    after >= 0 &&
    (has(next, 'pronoun') || (has(next, 'pick', 'link') && !has(next, 'restate'))) &&
    (has(phrases[after + 1] ?? next, 'link', 'pick', 'deny') ||
      (has(next, 'link') && value !== undefined && text.slice(next!.end, value.start).trim() === ''));
  const led = values.at(-1);
  // "Ah wait, the last one counts too: 47."
  const announced =
    led !== undefined &&
    !led.names &&
    /[:：]\s?$/.test(text.slice(led.start - 2, led.start)) &&
    !/[\p{L}\p{N}]/u.test(text.slice(led.end, sentence.end));
  if (!bare && !pronoun && !announced) return null;
  const statement = statementIn(parsed, !bare && !pronoun ? led!.start : head.end, sentence.end, true);
  return statement === null || statement.denied ? null : statement;
}
