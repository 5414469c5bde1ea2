import { partTurn } from '../../reasoning/part-turn.ts';
import type { Claim } from './claim.ts';
import { type Parsed, parse } from './clauses.ts';
import { mayCorrect } from './corrections.ts';
import { lastClaims } from './last.ts';
import { boxClaim, standingIn, type Text } from './standing.ts';
import { boxesOf } from './text/boxes.ts';
import { clean, withGroups, withPoints } from './text/clean.ts';
import { mathsSegments } from './text/formulas.ts';
import { type Sentence, sentencesOf } from './text/sentences.ts';
import { tagsOf, withoutTags } from './text/tags.ts';
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

/** Boxes stand in formulas, and formulas in boxes: the outer one hides the inner. */
function disjoint(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((one, other) => one.start - other.start || other.end - one.end))
    if (range.end > (result.at(-1)?.end ?? -1))
      result.push(range.start < (result.at(-1)?.end ?? -1) ? { start: result.at(-1)!.end, end: range.end } : range);
  return result;
}
