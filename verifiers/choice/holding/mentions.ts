import { countedIn } from '../../claims/words/ordinals.ts';
import type { Range } from '../../claims/words/phrases.ts';
import { type LocatedWord, locatedWords } from '../options/option-words.ts';
import { type Option, optionWorth } from '../options/options.ts';
import { reachOfValue } from '../options/values.ts';

/** An option where a sentence names it: by its letter, by its text, or by both. */
export interface Mention extends Range {
  readonly letter: string;
  readonly by: 'letter' | 'text';
}

/** The options that a sentence names, in order; the longer of two that overlap. */
export function mentionsIn(sentence: string, options: readonly Option[]): Mention[] {
  const words = locatedWords(sentence);
  const exact = textsIn(sentence, words, options);
  const texts = [
    ...exact,
    ...summariesIn(sentence, options).filter((one) => !exact.some((text) => overlap(one, text))),
  ];
  const ranges = rangesIn(sentence, options);
  const letters = [...lettersIn(sentence, options), ...placesIn(sentence, options)].filter(
    (letter) => ![...texts, ...ranges].some((other) => overlap(letter, other)),
  );
  return withOwnTexts(
    sentence,
    [...texts, ...ranges, ...letters].sort((one, other) => one.start - other.start),
  );
}

const overlap = (one: Range, other: Range): boolean => one.start < other.end && one.end > other.start;

/** What an option that sums up the others may be called: "none of the above", "none of them". */
const SUMMARY =
  /\b(none|all|both|neither) of (?:(?:the|these|those) )?(?:(?:above|given|listed)(?: (?:options|choices|answers))?|options|choices|answers|them|these|those)\b(?! (?:except|but|besides|other|apart|[A-Z]\b))/giu;

const SUMS = /^(?:none|all|both|neither)$/;

function summariesIn(sentence: string, options: readonly Option[]): Mention[] {
  const letterOf = new Map(
    options.flatMap(({ letter, words }) =>
      SUMS.test(words[0] ?? '') && words[1] === 'of' && words.length < 6 ? [[words[0]!, letter] as const] : [],
    ),
  );
  if (letterOf.size === 0) return [];
  return [...sentence.matchAll(SUMMARY)].flatMap(({ 0: said, 1: head, index }) => {
    const letter = letterOf.get(head!.toLowerCase());
    return letter === undefined ? [] : [{ letter, by: 'text' as const, start: index, end: index + said.length }];
  });
}

const STANDING =
  /(?<![\p{Script=Latin}\d\\_^(-])(?<!\p{L}['’])([([{]?)([A-Za-z])([)\]}]?)(?![\p{Script=Latin}\d_^(]|['’-](?![dt][iıuü]r(?!\p{L}))\p{L})/gu;
const FOLLOWED_BY_SIGN = /^ {0,2}(?:[=+*/^<>≈×](?! ?(?:correct|incorrect|right|wrong|true|false|yes|no)\b)|-\s?\d)/i;
const BEHIND_SIGN = /[+*/^<>≈×\\]\s{0,2}$/;
/** "A catalyst", "I think": behind the article and the pronoun stands a word that is no verb of a judgement. */
const IS_WORD =
  /^ {1,3}(?!(?:and|or|nor|because|since|as|due|which|but|with|given|based|not|is|are|was|for|if|while|does|did|do|seems|looks|appears|holds|works|fits|fails|remains|would|could|can|cannot|must|should|may|might|will|wins|beats|says|states|describes|explains|matches|agrees|meets|satisfies|follows|stands|contradicts|violates|rather|instead|over|isn|doesn|won|wouldn|has|then|cannot|it|being|to|be|alone|only|by|mais|sino|plutôt|statt|anstatt|en|au|o|sondern|und|oder|y|et|ou|ist|es|est|nicht|no|ne|è|é)\b)[a-zà-ÿ'’]/u;

function lettersIn(sentence: string, options: readonly Option[]): Mention[] {
  const found: Mention[] = [];
  for (const match of sentence.matchAll(STANDING)) {
    const letter = nameOf(match[2]!, options) ?? match[2]!.toUpperCase();
    const start = match.index;
    const end = start + match[0].length;
    if (options.some((option) => option.letter === letter) && isLabel(match, sentence, start, end))
      found.push({ letter, by: 'letter', start, end });
  }
  return found;
}

/** Of letters that are no labels, but the texts of options: "the point is Q". */
const nameOf = (sign: string, options: readonly Option[]): string | null =>
  options.some(({ letter }) => letter === sign.toUpperCase())
    ? null
    : (options.find(({ name }) => name === sign)?.letter ?? null);

const RANGE = /(?<![\p{L}\p{N}-])\(?([A-Z])\)?(?: through | thru | ?[–—] ?|-)\(?([A-Z])\)?(?![\p{L}\p{N}-])/gu;

/** "B–D", "B through D": each of the options from one to another, at the same place. */
const rangesIn = (sentence: string, options: readonly Option[]): Mention[] =>
  [...sentence.matchAll(RANGE)].flatMap(({ 0: said, 1: first, 2: last, index }) => {
    const within = options.filter(({ letter }) => letter >= first! && letter <= last!);
    if (within.length < 2 || within.at(-1)!.letter !== last) return [];
    return within.map(({ letter }) => ({ letter, by: 'letter' as const, start: index, end: index + said.length }));
  });

/** "the third option", "option 3", "it's the second": where choices are counted. */
function placesIn(sentence: string, options: readonly Option[]): Mention[] {
  const numbered = options.some(({ words }) => words.some((word) => /^\d/.test(word)));
  return countedIn(sentence).flatMap(({ start, end, place, digit }) => {
    const letter = options.at(place < 0 ? place : place - 1)?.letter;
    return place === 0 || letter === undefined || (numbered && digit) ? [] : [{ letter, by: 'letter', start, end }];
  });
}

function isLabel([, open, letter, close]: RegExpExecArray, text: string, start: number, end: number): boolean {
  if (open !== '' && close !== '') return true;
  const before = text.slice(Math.max(0, start - 40), start);
  const after = text.slice(end, end + 24);
  if (/[a-z]/.test(letter!)) {
    const ends = /^[^\p{L}\p{N}]*$/u.test(text.slice(end, end + 200)) || /^\s?[.:]/.test(after);
    return (
      (!/[\p{L}\p{N}]/u.test(text.slice(0, start)) && (close !== '' || ends)) ||
      ((ends || IS_JUDGED.test(after)) && (LED_TO.test(before) || isInLowerCase(text)))
    );
  }
  if (close === '' && MEASURED.test(before)) return false;
  if (FOLLOWED_BY_SIGN.test(after) || BEHIND_SIGN.test(before)) return false;
  if (close === '' && (NOUN.test(before) || (letter === 'I' && SPEAKS.test(after)))) return false;
  return close !== '' || !/[AI]/.test(letter!) || !IS_WORD.test(after);
}

/** "i think b": a short text without capitals has none for options either. */
const isInLowerCase = (text: string): boolean => text.length <= 40 && !/[\p{Lu}\d=+]/u.test(text);

/** "20 C": degrees, amperes. */
const MEASURED = /\d ?°? $/;
/** "I got a B", "vitamin C" */
const NOUN =
  /\b(?:(?:got|gets?|earned|received) an?|vitamin|hepatitis|plan|(?:grade|score|rating):?|(?:mark|rank):) $/i;
/** "I would say", "I, for one": the pronoun. */
const SPEAKS =
  /^(?:, (?:for one|too|myself)\b| (?:could|can|may|might|must|should|will|do|did|then|only|cannot|would(?! (?:be|fit|work|hold)\b))\b(?! be\b))/;

/** "option c is right" */
const IS_JUDGED = /^\s(?:is|was|must be|seems|fits|works|holds)\s/;
/** A small letter is a name in most sentences; at the end of one, behind what leads to the answer, it is an option's. */
const LED_TO = /(?:answer|\bans\.?|option|choice|letter)(?: is)?[\s:("'*]{0,6}$/i;

function textsIn(sentence: string, words: readonly LocatedWord[], options: readonly Option[]): Mention[] {
  const byHead = new Map<string, Option[]>();
  for (const option of options)
    if (isComparable(option.words)) byHead.set(option.words[0]!, [...(byHead.get(option.words[0]!) ?? []), option]);
  const found: Mention[] = [];
  const valued = options.some(({ value }) => value !== null);
  const plain = valued ? words.map(({ word }) => word) : [];
  for (let at = 0; at < words.length; at += 1) {
    const reach = valued ? reachOfValue(plain, at) : 0;
    const option = byHead
      .get(words[at]!.word)
      ?.filter(({ words: text }) => text.every((word, index) => words[at + index]?.word === word))
      .reduce<Option | null>((best, one) => (one.words.length > (best?.words.length ?? 0) ? one : best), null);
    if (option === null || option === undefined || option.words.length < reach) {
      const worth = isMoreThanWhole(plain, at, reach) ? optionWorth(plain.slice(at, at + reach), options) : null;
      const end = at + reach - 1;
      if (worth !== null && standsAlone(sentence, words, at, end))
        found.push({ letter: worth.letter, by: 'text', start: words[at]!.start, end: words[end]!.end });
      at += Math.max(0, reach - 1);
      continue;
    }
    const last = at + option.words.length - 1;
    if (standsAlone(sentence, words, at, last))
      found.push({ letter: option.letter, by: 'text', start: withArticle(sentence, words, at), end: words[last]!.end });
    at = last;
  }
  return found;
}

/** Whole numbers count much beside the answer; a decimal, a fraction or a percentage is named for itself. */
const isMoreThanWhole = (words: readonly string[], first: number, reach: number): boolean =>
  reach > 1 || (reach === 1 && words[first]!.includes('.'));

/** Where a text begins whose article stands before it. */
function withArticle(sentence: string, words: readonly LocatedWord[], first: number): number {
  const before = words[first - 1];
  const { start } = words[first]!;
  return before !== undefined && /^(?:the|an?)$/.test(before.word) && sentence.slice(before.end, start) === ' '
    ? before.start
    : start;
}

/** A lone letter is read as a label, never as the text of another choice. */
const isComparable = (text: readonly string[]): boolean =>
  text.length > 1 || /^(?:..|[^a-z\p{Script=Han}])/u.test(text[0] ?? '');

/** No part of a formula, nor of a longer word: `-5` does not end with `5`, nor `12.5` begin with `12`. */
function standsAlone(sentence: string, words: readonly LocatedWord[], first: number, last: number): boolean {
  const before = words[first - 1];
  const after = words[last + 1];
  const gap = sentence.slice(words[last]!.end, after?.start ?? words[last]!.end);
  const apart = (text: string): boolean => /[,;:.()!?]/.test(text);
  // "(1, 2, 3)" is none of `(1, 2)`.
  if (last > first && /^\d/.test(after?.word ?? '') && /\d/.test(words[last]!.word) && /^\s?,\s?-?$/.test(gap))
    return false;
  return (
    (before === undefined ||
      before.word === '=' ||
      /^\p{L}/u.test(before.word) ||
      apart(sentence.slice(before.end, words[first]!.start))) &&
    (after === undefined ||
      (/^\p{L}/u.test(after.word) && !(gap === '' && FACTOR.test(after.word))) ||
      (after.word === '-' && !/^\d/.test(words[last + 2]?.word ?? '')) ||
      apart(gap))
  );
}

/** `9x`: no unit is written so. */
const FACTOR = /^[abcknpqrtxyz]$/;

/** "(B) Bergen" names one option, by both. */
function withOwnTexts(sentence: string, mentions: readonly Mention[]): Mention[] {
  const merged: Mention[] = [];
  for (const mention of mentions) {
    const previous = merged.at(-1);
    const same =
      previous !== undefined &&
      previous.letter === mention.letter &&
      previous.by !== mention.by &&
      /^[^\p{L}\p{N}]{0,6}(?:(?:the|an?|is|or)\s)?[^\p{L}\p{N}]{0,3}$/u.test(
        sentence.slice(previous.end, mention.start),
      );
    if (same) merged[merged.length - 1] = { ...previous, end: mention.end };
    else merged.push(mention);
  }
  return merged;
}
