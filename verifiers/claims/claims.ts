import { partTurn } from '../../reasoning/part-turn.ts';
import { type Claim, claimOf, type Stance, trimmed } from './claim.ts';
import { has, type Parsed, parse, phrasesOf } from './clauses.ts';
import { announcedIn } from './cues.ts';
import { lastClaims } from './last.ts';
import { rejectedBehind } from './rejected.ts';
import { stanceOf } from './stance.ts';
import { type Statement, statementIn } from './statement.ts';
import type { Box } from './text/boxes.ts';
import { boxesOf } from './text/boxes.ts';
import { clean, withPoints } from './text/clean.ts';
import { mathsSegments } from './text/formulas.ts';
import { type Sentence, sentencesOf } from './text/sentences.ts';
import { answerLines, type Tagged, tagsOf, withoutTags } from './text/tags.ts';
import { within } from './text/values.ts';
import { languageOf, writesCommas } from './words/language.ts';
import type { Phrase, Range } from './words/phrases.ts';

/** What a turn says, without any look at what it should say. */
export interface Said {
  /** What stands as an answer, in a box, behind a mark or behind a cue, in the order in which it stands there. */
  readonly standing: readonly Claim[];
  /** That, and what is stated last, which is looked for when it is asked for. */
  readonly claims: readonly Claim[];
  /** The text that was read: the answer behind the thinking, without marks. */
  readonly text: string;
  readonly cut: boolean;
}

/** Longer answers are read from their end: the answer stands there. */
const LONGEST = 200_000;

/**
 * The claims of a model's whole turn. Linear in its length; nothing but the text decides, so that the same turn makes the
 * same claims whatever it is measured against.
 */
export function claimsIn(turn: string): Said {
  const { reasoning, answer, cut } = partTurn(turn);
  const said = answer.trim() === '' && !cut ? reasoning : answer;
  const text = clean(said.length > LONGEST ? said.slice(-LONGEST) : said);
  const { standing, last } = claimsOfText(text);
  let all: readonly Claim[] | undefined;
  return {
    standing,
    get claims() {
      all ??= [...standing, ...last()];
      return all;
    },
    text,
    cut,
  };
}

function claimsOfText(tagged: string): { readonly standing: readonly Claim[]; readonly last: () => readonly Claim[] } {
  const tags = tagsOf(tagged);
  const untagged = withoutTags(tagged);
  const language = languageOf(untagged);
  const text = writesCommas(untagged, language) ? withPoints(untagged) : untagged;
  const formulas = mathsSegments(text);
  const boxes = boxesOf(text);
  const opaque = disjoint([...formulas, ...boxes]);
  const sentences = sentencesOf(text, opaque);
  const parsed = new Map<Sentence, Parsed>();
  const parseOne = (sentence: Sentence): Parsed => {
    const known =
      parsed.get(sentence) ??
      parse({ text, language, formulas }, sentence, within(opaque, sentence.start, sentence.end));
    parsed.set(sentence, known);
    return known;
  };
  const claims = [
    ...boxes.map((box) => boxClaim(text, box, sentenceAt(sentences, box.start), parseOne)),
    ...taggedClaims(text, tags, sentences, boxes, parseOne),
    ...cueClaims(text, sentences, parseOne),
  ].sort((one, other) => one.at - other.at);
  const standing = withCorrections(text, claims, sentences, parseOne);
  return { standing, last: () => lastClaims(text, sentences, parseOne, standing) };
}

/** Boxes stand in formulas, and formulas in boxes: the outer one hides the inner. */
function disjoint(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((one, other) => one.start - other.start || other.end - one.end))
    if (range.end > (result.at(-1)?.end ?? -1))
      result.push(range.start < (result.at(-1)?.end ?? -1) ? { start: result.at(-1)!.end, end: range.end } : range);
  return result;
}

function sentenceAt(sentences: readonly Sentence[], at: number): Sentence | undefined {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle]!.end <= at) low = middle + 1;
    else high = middle;
  }
  return sentences[low];
}

type ParseOne = (sentence: Sentence) => Parsed;

function boxClaim(text: string, box: Box, sentence: Sentence | undefined, parseOne: ParseOne): Claim {
  const stance = sentence === undefined ? 'stated' : stanceOf(parseOne(sentence), box);
  const percent = /^[\s$)\]\\]{0,6}(?:%|percent\b)/.test(text.slice(box.end, box.end + 20)) ? '\\%' : '';
  return { text: box.contents.join(' , ') + percent, how: 'boxed', stance, subject: null, weight: 0, at: box.start };
}

/** What stands between tags may be a sentence; a box in it is found as a box. */
function taggedClaims(
  text: string,
  tags: readonly Tagged[],
  sentences: readonly Sentence[],
  boxes: readonly Box[],
  parseOne: ParseOne,
): Claim[] {
  return tags.flatMap(({ start, end, content }) => {
    if (boxes.some((box) => box.start >= content.start && box.end <= content.end)) return [];
    const outer = sentenceAt(sentences, start);
    const stance =
      outer === undefined || outer.start > start ? 'stated' : stanceAround(parseOne(outer), { start, end });
    const inner = sentences.filter((one) => one.end > content.start && one.start < content.end).at(-1);
    const said = inner === undefined ? null : sentenceIn(parseOne(inner), content);
    const range = said ?? content;
    return [
      { text: trimmed(text, range), how: 'tagged', stance, subject: null, weight: 2, at: content.start } as const,
    ];
  });
}

/** What lies outside of the tag decides. */
function stanceAround(parsed: Parsed, tag: Range): Stance {
  const outside = { ...parsed, phrases: parsed.phrases.filter(({ start }) => start < tag.start || start >= tag.end) };
  return stanceOf({ ...outside, sentence: { ...parsed.sentence, mark: '' } }, tag);
}

/** The object where the content is a sentence with a verb; null where it is the answer itself. */
function sentenceIn(parsed: Parsed, content: Range): Statement | null {
  const inside = parsed.phrases.filter(({ start, end }) => start >= content.start && end <= content.end);
  const from = Math.max(content.start, parsed.sentence.start);
  const to = Math.min(content.end, parsed.sentence.end);
  const several =
    parsed.sentence.start > content.start + 3 && parsed.text.slice(content.start, parsed.sentence.start).trim() !== '';
  const turned = inside.some(
    (phrase) => has(phrase, 'deny') && parsed.values.some(({ start, end }) => start >= from && end <= phrase.start),
  );
  return inside.some((phrase) => has(phrase, 'link')) || several || turned ? statementIn(parsed, from, to, true) : null;
}

function cueClaims(text: string, sentences: readonly Sentence[], parseOne: ParseOne): Claim[] {
  const claims: Claim[] = answerLines(text).map((range) => ({
    text: trimmed(text, range),
    how: 'cue',
    stance: 'stated',
    subject: null,
    weight: 2,
    at: range.start,
  }));
  for (const index of sentencesWith(MAY_CUE, text, sentences)) {
    const parsed = parseOne(sentences[index]!);
    const { announced, heading } = announcedIn(parsed);
    for (const { statement, cue, weight, others } of announced) {
      const asIfs = parsed.phrases.some(
        (one) =>
          (has(one, 'report') || (has(one, 'hedge') && has(one, 'link'))) &&
          one.start >= cue.end &&
          one.end <= statement.start,
      );
      const held = asIfs ? 'supposed' : stanceOf(parsed, { start: cue.start, end: statement.end });
      const stance = others && held === 'stated' ? 'supposed' : held === 'stated' && statement.denied ? 'denied' : held;
      claims.push(claimOf(text, statement, 'cue', stance, weight));
      if (stance === 'stated') claims.push(...rejectedBehind(parsed, statement, 'cue'));
    }
    const below = sentences[index + 1];
    if (heading === null || below === undefined) continue;
    const statement = wholeOr(parseOne(below));
    if (statement !== null) claims.push(claimOf(text, statement, 'cue', stanceOf(parseOne(below), statement), 2));
  }
  return claims;
}

/** The quick test that spares most sentences the slow one. */
const MAY_CUE =
  /answer|\bans\b|result|solution|conclusion|output|total|correct|value|choice|option|prediction|key|答|解|结|选|جواب|الإجابة|الاجابة|إجابة|النتيجة|الناتج|الحل|الخيار|پاسخ|نتیجه|حاصل|گزینه|उत्तर|जवाब|परिणाम|हल|विकल्प|ответ|итог|результат|решение|вариант|respuesta|resultado|soluci|opci|alternativa|réponse|résultat|antwort|ergebnis|lösung|resultat|fazit|정답|답|risposta|resposta|odpowied|svar|cevap|jawa|đáp|คำตอบ|תשובה|відповідь|отговор|απάντηση|válasz|odpověď|vastaus|răspuns|উত্তর|பதில்|pick|response|statement|letter/giu;

/** The sentences that hold a match of a global pattern, behind `from`: each is left at its first match. */
function* sentencesWith(pattern: RegExp, text: string, sentences: readonly Sentence[], from = 0): Generator<number> {
  let index = sentences.findIndex(({ end }) => end > from);
  for (let at = sentences[index]?.start ?? text.length; index >= 0 && index < sentences.length; ) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return;
    while (index < sentences.length && sentences[index]!.end <= found.index) index += 1;
    const sentence = sentences[index];
    if (sentence === undefined) return;
    at = sentence.end;
    if (found.index < sentence.start) at = sentence.start;
    else if (found.index + found[0].length <= sentence.end) yield index++;
  }
}

/** What stands below a heading: a statement where it is a sentence, else the whole line. */
function wholeOr(parsed: Parsed): Statement | null {
  return statementIn(parsed, parsed.sentence.start, parsed.sentence.end, true);
}

/** A text takes back what it said before: "Wait, I forgot a case.", "No, sorry, 4." */
function withCorrections(
  text: string,
  claims: readonly Claim[],
  sentences: readonly Sentence[],
  parseOne: ParseOne,
): Claim[] {
  if (claims.length === 0) return [];
  let result = [...claims];
  for (const index of sentencesWith(MAY_CORRECT, text, sentences, claims[0]!.at)) {
    const sentence = sentences[index]!;
    for (const parsed of turnsOf(parseOne(sentence))) result = corrected(text, result, parsed);
  }
  return result.sort((one, other) => one.at - other.at);
}

/** Of a sentence with many the last ones count. */
const MOST_TURNS = 4;

/** A sentence, and its parts from each clause on that may turn it round: "23 — no wait, 24". */
function turnsOf(parsed: Parsed): Parsed[] {
  const turns = parsed.clauses
    .slice(1)
    .filter((clause) => isTurning(phrasesOf(parsed, clause)[0]))
    .slice(-MOST_TURNS);
  return [
    parsed,
    ...turns.map(({ start }) => ({
      ...parsed,
      sentence: { ...parsed.sentence, start },
      phrases: parsed.phrases.filter((phrase) => phrase.start >= start),
      values: parsed.values.filter((value) => value.start >= start),
      clauses: parsed.clauses.filter((clause) => clause.start >= start),
    })),
  ];
}

/** Where a word denies too, as in Spanish "3, no 4", it turns nothing round. */
const isTurning = (head: Phrase | undefined): boolean => has(head, 'wait') && !has(head, 'deny');

/** The claims behind what a sentence, or the rest of one, takes back and says in its place. */
function corrected(text: string, claims: readonly Claim[], parsed: Parsed): Claim[] {
  const { sentence } = parsed;
  const at = retractedAt(parsed);
  const instead = at === null ? replacement(parsed) : null;
  const anew = at === null && instead === null && saysAnew(parsed, claims);
  const before = at ?? (instead === null && !anew ? null : sentence.start);
  if (before === null) return [...claims];
  const isTaken = ({ at: place, stance }: Claim): boolean => place < before && stance === 'stated';
  const result = claims.map((claim) => (isTaken(claim) ? { ...claim, stance: 'corrected' as const } : claim));
  const again = result.some((claim) => claim.at >= sentence.start && claim.at < sentence.end);
  if (instead !== null && claims.some(isTaken) && !again) result.push(claimOf(text, instead, 'cue', 'stated', 2));
  return result;
}

/** "Actually, the answer is 4." */
const saysAnew = ({ phrases, sentence }: Parsed, claims: readonly Claim[]): boolean =>
  has(phrases[0], 'wait') &&
  !/[?？؟]/.test(sentence.mark) &&
  claims.some(({ at, stance }) => stance === 'stated' && at >= sentence.start && at < sentence.end);

const MAY_CORRECT =
  /wait|actual|hmm|\bno\b|sorry|\boh\b|hold on|reflection|second thought|correct|in fact|oops|whoops|\bah\b|scratch|strike|ignore|disregard|edit|error|mistake|wrong|right|forg|mis|overlook|redo|recompute|take that|bad|revis|instead|rather|不|其实|实际|抱歉|对不起|更正|等|错|لا|انتظر|الحقيقة|عفو|آسف|بل|مهل|لحظة|خط|تصحيح|نه|صبر|واقع|ببخشید|راستش|اشتباه|غلط|اصلاح|नहीं|रुक|असल|वास्तव|माफ़|क्षमा|गलत|सुधार|нет|стоп|подожд|самом|точнее|вернее|извин|ошиб|исправ|поправ|забыл|неверно|неправильно|впрочем|espera|espere|realidad|perdón|mejor|momento|hecho|disculp|equivo|corrección|incorrect|olvid|error|mal|non|attend|en fait|pardon|plutôt|instant|désol|enfin|tromp|faux|oublié|erreur|rectif|nein|moment|warte|eigentlich|tatsächlich|entschuld|halt|vielmehr|doch|geirrt|falsch|stimmt|korrektur|fehler|vergessen/giu;

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
  const bare = value !== undefined && text.slice(head.end, value.start).replace(/[\s,:;.–—-]/g, '') === '';
  const next = phrases[after];
  const pronoun =
    after >= 0 &&
    (has(next, 'pronoun') || (has(next, 'pick', 'link') && !has(next, 'restate'))) &&
    has(phrases[after + 1] ?? next, 'link', 'pick', 'deny');
  if (!bare && !pronoun) return null;
  const statement = statementIn(parsed, head.end, sentence.end, true);
  return statement === null || statement.denied ? null : statement;
}
