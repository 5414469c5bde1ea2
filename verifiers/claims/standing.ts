import { type Claim, claimOf, type Stance, trimmed } from './claim.ts';
import { announcedIn } from './cues.ts';
import { partsBelow } from './parts.ts';
import type { ParseOne, Text } from './read-text.ts';
import { absenceIn } from './sentence/in-words/absence.ts';
import { affirms, asksForValue } from './sentence/in-words/affirmation.ts';
import type { Parsed } from './sentence/parts/clauses.ts';
import type { Statement } from './sentence/parts/pieces.ts';
import { withUnknownRest } from './sentence/rest.ts';
import { statementIn } from './sentence/statement.ts';
import { isTurn, stanceOf, statesAll } from './stance.ts';
import { withCorrections } from './taking-back/corrections.ts';
import { rejectedBehind } from './taking-back/rejected.ts';
import { saidByBox } from './text/around-box.ts';
import type { Box } from './text/boxes.ts';
import type { Sentence } from './text/sentences.ts';
import { sentencesWith } from './text/sentences-with.ts';
import { answerLines, type Tagged, unescaped } from './text/tags.ts';
import { has, type Phrase, type Range } from './words/phrases.ts';

/** What stands as an answer, in a box, behind a mark or behind a cue, in order. */
export function standingIn(read: Text): Claim[] {
  const { text, tags, boxes, parseOne } = read;
  const sentences = read.sentences();
  const from = sentences[0]?.start ?? 0;
  const claims = [
    ...boxes.map((box) => boxClaim(text, box, boxStance(read, box, sentenceAt(sentences, box.start)))),
    ...taggedClaims(text, tags, sentences, boxes, parseOne),
    ...cueClaims(text, sentences, parseOne).filter(({ at }) => at >= from),
  ].sort((one, other) => one.at - other.at);
  return withCorrections(text, claims, sentences, parseOne);
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

/** How its sentence, where it stands in one, holds a box. */
export function boxStance(
  { parseOne, holds }: Pick<Text, 'parseOne' | 'holds'>,
  box: Box,
  sentence: Sentence | undefined,
): Stance {
  const settled = sentence === undefined || statesAll(sentence, { holds });
  return settled ? 'stated' : stanceOf(parseOne(sentence), box);
}

export const boxClaim = (text: string, box: Box, stance: Stance): Claim => ({
  text: saidByBox(text, box),
  how: 'boxed',
  stance,
  subject: null,
  weight: 0,
  at: box.start,
});

/** What stands between tags may be a sentence; a box in it is found as a box. */
function taggedClaims(
  text: string,
  tags: readonly Tagged[],
  sentences: readonly Sentence[],
  boxes: readonly Box[],
  parseOne: ParseOne,
): Claim[] {
  return tags.flatMap(({ start, end, content, field }) => {
    if (boxes.some((box) => box.start >= content.start && box.end <= content.end)) return [];
    const outer = sentenceAt(sentences, start);
    const stance =
      outer === undefined || outer.start > start ? 'stated' : stanceAround(parseOne(outer), { start, end });
    const inner = sentences.filter((one) => one.end > content.start && one.start < content.end).at(-1);
    const said = inner === undefined ? null : sentenceIn(parseOne(inner), content);
    const range = said ?? content;
    const written = trimmed(text, range);
    return [
      {
        text: field ? unescaped(written) : written,
        how: 'tagged',
        stance,
        subject: null,
        weight: 2,
        at: content.start,
      } as const,
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
  const concludes = inside.some(
    (phrase) => has(phrase, 'conclude') && parsed.values.some(({ start, end }) => start >= from && end <= phrase.start),
  );
  return inside.some((phrase) => isVerb(parsed.text, phrase)) || several || turned || concludes
    ? statementIn(parsed, from, to, true)
    : null;
}

/** A link that is a word, or a sign behind one: "is", "Answer:", and not the colon of "3:5". */
const isVerb = (text: string, phrase: Phrase): boolean =>
  has(phrase, 'link') &&
  (/\p{L}/u.test(text.slice(phrase.start, phrase.end)) ||
    /\p{L}{3}\s?$/u.test(text.slice(Math.max(0, phrase.start - 4), phrase.start)));

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
    const asked = parseOne(sentences[index]!);
    const next = sentences[index + 1];
    const parsed = asksForValue(asked) && next !== undefined && affirms(parseOne(next)) ? unasked(asked) : asked;
    const { announced, heading } = announcedIn(parsed);
    for (const { statement: told, cue, weight, others } of announced) {
      const turn = parsed.phrases.findLast((one) => has(one, 'but') && one.end <= told.start)?.end ?? 0;
      const asIfs = parsed.phrases.some(
        (one) =>
          (has(one, 'report') || (has(one, 'hedge') && has(one, 'link'))) &&
          one.start >= Math.max(cue.end, turn) &&
          one.end <= (parsed.values.find(({ start }) => start >= told.start)?.start ?? told.start),
      );
      const lacking = weight > 0 || told.wordy ? absenceIn(parsed, cue.end) : null;
      const held = asIfs ? 'supposed' : stanceOf(parsed, heldAt(parsed, cue, told));
      const statement = held === 'stated' ? withUnknownRest(parsed, told, parsed.sentence.end) : told;
      const stance = others && held === 'stated' ? 'supposed' : held === 'stated' && statement.denied ? 'denied' : held;
      claims.push(
        claimOf(
          text,
          lacking === null ? withoutName(text, statement) : { ...statement, ...lacking },
          'cue',
          stance,
          weight,
        ),
      );
      if (stance === 'stated') claims.push(...rejectedBehind(parsed, statement, 'cue'));
    }
    const below = sentences[index + 1];
    if (heading === null || below === undefined) continue;
    const parts = partsBelow(text, sentences, index + 1, parseOne);
    if (parts !== null) {
      claims.push(parts);
      continue;
    }
    const statement = wholeOr(parseOne(below));
    if (statement !== null) claims.push(claimOf(text, statement, 'cue', stanceOf(parseOne(below), statement), 2));
  }
  return claims;
}

/** "One would expect the answer to be 6, but it is 5.": what turns against the clause of the cue is held by its own. */
function heldAt(parsed: Parsed, cue: Range, statement: Statement): Range {
  const clause = parsed.clauses.find(({ end }) => statement.start < end);
  const turned = clause !== undefined && clause.start >= cue.end && isTurn(parsed, statement);
  return { start: turned ? statement.start : cue.start, end: statement.end };
}

const NAMED = /^\s?\$?[a-zA-Z]\$?, (?=\$?-?\d[\d./]{0,20}\$?$)/;

/** "The answer is therefore y, 4": what is asked for, and its value. */
function withoutName(text: string, statement: Statement): Statement {
  const name = NAMED.exec(text.slice(statement.start, Math.min(statement.end, statement.start + 30)));
  return name === null ? statement : { ...statement, start: statement.start + name[0].length };
}

/** "Is the answer 44? Yes." */
const unasked = (parsed: Parsed): Parsed => ({ ...parsed, sentence: { ...parsed.sentence, mark: '' } });

/** Of an answer that has a cue in more sentences the last ones count: each is dear to read. */
const MOST_CUES = 4_000;

/** The quick test that spares most sentences the slow one. */
const MAY_CUE =
  /answer|\bans\b|result|solution|conclusion|output|total|correct|value|choice|option|prediction|key|答|解|结|选|جواب|الإجابة|الاجابة|إجابة|النتيجة|الناتج|الحل|الخيار|پاسخ|نتیجه|حاصل|گزینه|उत्तर|जवाब|परिणाम|हल|विकल्प|ответ|итог|результат|решение|вариант|respuesta|resultado|soluci|opci|alternativa|réponse|résultat|antwort|ergebnis|lösung|resultat|fazit|정답|답|risposta|resposta|odpowied|svar|cevap|jawa|đáp|คำตอบ|תשובה|відповідь|отговор|απάντηση|válasz|odpověď|vastaus|răspuns|উত্তর|பதில்|pick|response|statement|letter/giu;

/** What stands below a heading: a statement where it is a sentence, else the whole line. */
function wholeOr(parsed: Parsed): Statement | null {
  return statementIn(parsed, parsed.sentence.start, parsed.sentence.end, true);
}
