import { partTurn } from '../../reasoning/part-turn.ts';
import { type Claim, claimOf, type Stance, trimmed } from './claim.ts';
import { has, type Parsed, parse } from './clauses.ts';
import { mayCorrect, withCorrections } from './corrections.ts';
import { announcedIn } from './cues.ts';
import { lastClaims } from './last.ts';
import type { Statement } from './pieces.ts';
import { rejectedBehind } from './rejected.ts';
import { stanceOf } from './stance.ts';
import { statementIn } from './statement.ts';
import type { Box } from './text/boxes.ts';
import { boxesOf } from './text/boxes.ts';
import { clean, withGroups, withPoints } from './text/clean.ts';
import { mathsSegments } from './text/formulas.ts';
import { type Sentence, sentencesOf } from './text/sentences.ts';
import { sentencesWith } from './text/sentences-with.ts';
import { answerLines, type Tagged, tagsOf, withoutTags } from './text/tags.ts';
import { within } from './text/values.ts';
import { groupsByPoints, languageOf, writesCommas } from './words/language.ts';
import type { Range } from './words/phrases.ts';

/** What a turn says, without any look at what it should say. */
export interface Said {
  /** The last box that is stated; null where none is. It is read without the rest of the text. */
  readonly box: Claim | null;
  /** What stands as an answer, in a box, behind a mark or behind a cue, in order, and what is stated last; read when it is asked for. */
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
  const read = once(() => readText(text));
  const all = once(() => claimsOf(read()));
  const box = once(() =>
    read().boxes.length === 0 ? null : (lastBoxOf(read()) ?? all().findLast(isAnswerBox) ?? null),
  );
  return {
    get box() {
      return box();
    },
    get claims() {
      return all();
    },
    text,
    cut,
  };
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const isAnswerBox = ({ how, stance, text }: Claim): boolean => how === 'boxed' && stance === 'stated' && text !== '';

/** A text in sentences, with what it marks as an answer. */
interface Text {
  readonly text: string;
  readonly tags: readonly Tagged[];
  readonly boxes: readonly Box[];
  readonly sentences: readonly Sentence[];
  readonly parseOne: ParseOne;
}

function readText(tagged: string): Text {
  const tags = tagsOf(tagged);
  const untagged = tags.length === 0 ? tagged : withoutTags(tagged);
  const language = languageOf(untagged);
  const grouped = groupsByPoints(language) ? withGroups(untagged) : untagged;
  const text = writesCommas(untagged, language) ? withPoints(grouped) : grouped;
  const formulas = mathsSegments(text);
  const boxes = boxesOf(text);
  const opaque = boxes.length === 0 ? formulas : disjoint([...formulas, ...boxes]);
  const parsed = new Map<Sentence, Parsed>();
  const parseOne = (sentence: Sentence): Parsed => {
    const known =
      parsed.get(sentence) ??
      parse({ text, language, formulas }, sentence, within(opaque, sentence.start, sentence.end));
    parsed.set(sentence, known);
    return known;
  };
  return { text, tags, boxes, sentences: sentencesOf(text, opaque), parseOne };
}

function claimsOf(read: Text): Claim[] {
  const standing = standingIn(read);
  return [...standing, ...lastClaims(read.text, read.sentences, read.parseOne, standing)];
}

/** What a box says is taken back behind it only, so that what stands before its sentence and the one before that is not read. */
function lastBoxOf(read: Text): Claim | undefined {
  const last = read.boxes.at(-1)!;
  const own = read.sentences.findLastIndex(({ start }) => start <= last.start);
  if (own >= 0 && !mayCorrect(read.text, read.sentences[own]!.start)) {
    const claim = boxClaim(read.text, last, read.sentences[own], read.parseOne);
    if (isAnswerBox(claim)) return claim;
  }
  const from = own - 1;
  return standingIn(from <= 0 ? read : behind(read, from)).findLast(isAnswerBox);
}

function behind(read: Text, from: number): Text {
  const sentences = read.sentences.slice(from);
  const { start } = sentences[0]!;
  return {
    ...read,
    sentences,
    boxes: read.boxes.filter((box) => box.start >= start),
    tags: read.tags.filter((tag) => tag.start >= start),
  };
}

function standingIn({ text, tags, boxes, sentences, parseOne }: Text): Claim[] {
  const from = sentences[0]?.start ?? 0;
  const claims = [
    ...boxes.map((box) => boxClaim(text, box, sentenceAt(sentences, box.start), parseOne)),
    ...taggedClaims(text, tags, sentences, boxes, parseOne),
    ...cueClaims(text, sentences, parseOne).filter(({ at }) => at >= from),
  ].sort((one, other) => one.at - other.at);
  return withCorrections(text, claims, sentences, parseOne);
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
  for (const index of [...sentencesWith(MAY_CUE, text, sentences)].slice(-MOST_CUES)) {
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

/** Of an answer that has a cue in more sentences the last ones count: each is dear to read. */
const MOST_CUES = 4_000;

/** The quick test that spares most sentences the slow one. */
const MAY_CUE =
  /answer|\bans\b|result|solution|conclusion|output|total|correct|value|choice|option|prediction|key|答|解|结|选|جواب|الإجابة|الاجابة|إجابة|النتيجة|الناتج|الحل|الخيار|پاسخ|نتیجه|حاصل|گزینه|उत्तर|जवाब|परिणाम|हल|विकल्प|ответ|итог|результат|решение|вариант|respuesta|resultado|soluci|opci|alternativa|réponse|résultat|antwort|ergebnis|lösung|resultat|fazit|정답|답|risposta|resposta|odpowied|svar|cevap|jawa|đáp|คำตอบ|תשובה|відповідь|отговор|απάντηση|válasz|odpověď|vastaus|răspuns|উত্তর|பதில்|pick|response|statement|letter/giu;

/** What stands below a heading: a statement where it is a sentence, else the whole line. */
function wholeOr(parsed: Parsed): Statement | null {
  return statementIn(parsed, parsed.sentence.start, parsed.sentence.end, true);
}
