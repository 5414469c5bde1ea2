import { partTurn } from '../../reasoning/part-turn.ts';
import type { Claim } from './claim.ts';
import { lastClaims } from './last.ts';
import { once, readText, type Text } from './read-text.ts';
import { boxClaim, standingIn } from './standing.ts';
import { mayCorrect } from './taking-back/corrections.ts';
import { clean } from './text/clean.ts';

/** What a turn says, without any look at what it should say. */
export interface Said {
  /** The last box that is stated; null where none is. It is read without the rest of the text. */
  readonly box: Claim | null;
  /** Whether nothing is said beside the box. */
  readonly alone: boolean;
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
  const sole = once(() => (read().boxes.length === 1 ? soleBox(read()) : undefined));
  const box = once(() =>
    read().boxes.length === 0 ? null : (sole() ?? lastBoxOf(read()) ?? all().findLast(isAnswerBox) ?? null),
  );
  return {
    get alone() {
      return sole() !== undefined;
    },
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

const isAnswerBox = ({ how, stance, text }: Claim): boolean => how === 'boxed' && stance === 'stated' && text !== '';

function claimsOf(read: Text): Claim[] {
  const standing = standingIn(read);
  return [...standing, ...lastClaims(read.text, read.sentences, read.parseOne, standing)];
}

/** What a box says is taken back behind it only, so that what stands before its sentence and the one before that is not read. */
function lastBoxOf(read: Text): Claim | undefined {
  return untouchedBox(read) ?? lastStandingBox(read);
}

/** A box with nothing around it but what sets formulas apart: no sentence has to be read. */
function soleBox(read: Text): Claim | undefined {
  const box = read.boxes[0]!;
  if (!isBare(read.text.slice(0, box.start)) || !isBare(read.text.slice(box.end))) return undefined;
  const claim = boxClaim(read, box, undefined);
  return isAnswerBox(claim) ? claim : undefined;
}

const isBare = (text: string): boolean => text.length < 40 && /^[\s$\\[\]().]*$/.test(text);

/** The last box where nothing behind it could take it back: the sentences of its paragraph, and those below, are all that is read. */
function untouchedBox(read: Text): Claim | undefined {
  const last = read.boxes.at(-1)!;
  const sentences = read.sentencesAround(last.start);
  const own = sentences.findLastIndex(({ start }) => start <= last.start);
  if (own < 0 || mayCorrect(read, sentences, own)) return undefined;
  const claim = boxClaim(read, last, sentences[own]);
  return isAnswerBox(claim) ? claim : undefined;
}

function lastStandingBox(read: Text): Claim | undefined {
  const last = read.boxes.at(-1)!;
  const from = read.sentences.findLastIndex(({ start }) => start <= last.start) - 1;
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
