import { partTurn } from '../../reasoning/part-turn.ts';
import type { Claim } from './claim.ts';
import { lastClaims } from './last.ts';
import { type Marked, markedIn, readText, type Text } from './read-text.ts';
import { boxClaim, boxStance, standingIn } from './standing.ts';
import { mayCorrect } from './taking-back/corrections.ts';
import { clean } from './text/cleaning/clean.ts';
import { ownTurn } from './text/cleaning/own-turn.ts';

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
  const said = ownTurn(answer.trim() === '' && !cut ? reasoning : answer);
  return new SaidOnce(clean(said.length > LONGEST ? said.slice(-LONGEST) : said), cut);
}

/**
 * Reads no more than it is asked for, and once. A class, for V8 gives each literal with getters a hidden class of its own, which
 * takes longer to make than a short text to read, and keeps the text until all memory is gone through.
 */
class SaidOnce implements Said {
  readonly text: string;
  readonly cut: boolean;
  readonly alone: boolean;
  readonly #marked: Marked;
  #read: Text | null = null;
  #box: Claim | null | undefined;
  #claims: readonly Claim[] | null = null;

  constructor(text: string, cut: boolean) {
    this.text = text;
    this.cut = cut;
    this.#marked = markedIn(text);
    const sole = soleBox(this.#marked);
    this.alone = sole !== null;
    this.#box = this.#marked.boxes.length === 0 ? null : (sole ?? undefined);
  }

  get box(): Claim | null {
    if (this.#box === undefined)
      this.#box = untouchedBox(this.#text) ?? lastStandingBox(this.#text) ?? this.claims.findLast(isAnswerBox) ?? null;
    return this.#box;
  }

  get claims(): readonly Claim[] {
    this.#claims ??= claimsOf(this.#text);
    return this.#claims;
  }

  get #text(): Text {
    this.#read ??= readText(this.#marked);
    return this.#read;
  }
}

const isAnswerBox = ({ how, stance, text }: Claim): boolean => how === 'boxed' && stance === 'stated' && text !== '';

function claimsOf(read: Text): Claim[] {
  const standing = standingIn(read);
  return [...standing, ...lastClaims(read.text, read.sentences(), read.parseOne, standing)];
}

/** A box with nothing around it but what sets formulas apart: no sentence has to be read. */
function soleBox({ text, boxes }: Marked): Claim | null {
  const [box] = boxes;
  if (box === undefined || boxes.length > 1) return null;
  if (!isBare(text.slice(0, box.start)) || !isBare(text.slice(box.end))) return null;
  const claim = boxClaim(text, box, 'stated');
  return isAnswerBox(claim) ? claim : null;
}

const isBare = (text: string): boolean => text.length < 40 && /^[\s$\\[\]().]*$/.test(text);

/** The last box where nothing behind it could take it back: the sentences of its paragraph, and those below, are all that is read. */
function untouchedBox(read: Text): Claim | undefined {
  const last = read.boxes.at(-1)!;
  const sentences = read.sentencesAround(last.start);
  const own = sentences.findLastIndex(({ start }) => start <= last.start);
  if (own < 0 || mayCorrect(read, sentences, own)) return undefined;
  const claim = boxClaim(read.text, last, boxStance(read, last, sentences[own]));
  return isAnswerBox(claim) ? claim : undefined;
}

/** What a box says is taken back behind it only, so that what stands before its sentence and the one before that is not read. */
function lastStandingBox(read: Text): Claim | undefined {
  const last = read.boxes.at(-1)!;
  const from = read.sentences().findLastIndex(({ start }) => start <= last.start) - 1;
  return standingIn(from <= 0 ? read : behind(read, from)).findLast(isAnswerBox);
}

function behind(read: Text, from: number): Text {
  const sentences = read.sentences().slice(from);
  const { start } = sentences[0]!;
  return {
    ...read,
    sentences: () => sentences,
    boxes: read.boxes.filter((box) => box.start >= start),
    tags: read.tags.filter((tag) => tag.start >= start),
  };
}
