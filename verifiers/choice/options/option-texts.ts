import { has, phrasesIn } from '../../claims/words/phrases.ts';
import { unitsOf } from '../../claims/words/units.ts';
import { type Word, words } from './option-words.ts';
import { type Option, optionWorth, type Reading, withoutArticle } from './options.ts';

const DENIES =
  /\b(?:not|never|neither|nor|no|wrong|incorrect|except|at least|at most|than|between|twice|half|times)\b|n['’]t\b/i;

/** Texts of a list that are looked at, one within the rest of the other: as many as there are letters. */
const MOST_LISTED = 26;

/** The choice whose text a passage is, but for an article, a reason behind it, or the unit of a number. */
export function wholeText(passage: string, options: readonly Option[]): Reading {
  const same = textOfList(passage, options, MOST_LISTED, reachOf(options));
  if (same.length > 0 || passage.length > LONGEST_NUMBER) return same;
  const worth = optionWorth(words(passage), options);
  return worth === null ? [] : [worth.letter];
}

const LONGEST_NUMBER = 60;

function textOfList(passage: string, options: readonly Option[], most: number, reach: number): Reading {
  const stop = /[,;(–]|\s(?:because|since|which|as|where)\s/.exec(passage)?.index;
  const listed =
    stop !== undefined && most > 0 && textOfList(passage.slice(stop + 1), options, most - 1, reach).length > 0;
  const head = listed ? passage : passage.slice(0, stop);
  return (
    [passage, head]
      .flatMap((part) => {
        const all = words(part.slice(0, reach));
        const said = /^\s*[([]?A\s?[)\].:]/.test(part) ? all : withoutArticle(all);
        return [
          namedBy(options, (text) => part.length <= reach && equal(text, said)),
          namedBy(options, (text) => sameNumber(text, said)),
        ];
      })
      .find((letters) => letters.length === 1) ?? []
  );
}

/** Letters of a passage that are read: far more than any of the options has. */
const reachOf = (options: readonly Option[]): number =>
  1000 + 2 * Math.max(0, ...options.map(({ words: text }) => text.join(' ').length));

/** The choice with whose text a passage ends; of several the longest. What denies or limits it may not stand before. */
export function closingText(passage: string, options: readonly Option[]): Reading {
  const whole = passage.trimEnd().replace(INTRODUCTION, '');
  const reason = whole.replace(REASON, '');
  const main = IT_IS.test(reason) ? whole : reason;
  if (SUBORDINATE.test(main)) return [];
  const said = words(main);
  const texts = options.map(({ letter, words: text }) => ({ letter, text: withoutPronoun(text) }));
  const closing = texts.filter(({ text }) => comparable(text) && endsWith(said, text));
  const longest = Math.max(...closing.map(({ text }) => text.length));
  if (DENIES.test(said.slice(0, -longest).join(' ')) || /n['’]t\b/i.test(passage)) return [];
  const letters = closing.filter(({ text }) => text.length === longest).map(({ letter }) => letter);
  if (letters.length !== 1) return [];
  const lead = said.slice(0, -longest).slice(-6);
  while (lead.length > 0 && [...NAMING, letters[0]!.toLowerCase()].includes(lead.at(-1)!)) lead.pop();
  return has(phrasesIn(unitsOf(lead.join(' ')), 'english').at(-1), 'mentions') ? [] : letters;
}

/** The choice with whose text a sentence begins, where it names no other and denies nothing: "Bergen is the wettest." */
export function openingText(passage: string, options: readonly Option[]): Reading {
  const last = passage.split(/[.!。](?=\s|$)/).findLast((one) => one.trim() !== '') ?? '';
  const sentence = last.replace(INTRODUCTION, '');
  const sole = sentence.length + 2 > passage.trim().length;
  const said = withoutArticle(words(sentence));
  if (DENIES.test(sentence) || /[?？]/.test(sentence)) return [];
  const opening = namedBy(options, (text) => {
    const verb = said[text.length] ?? '';
    const says = sole ? /^(?:is|was|has|are|\p{L}{2,}s)$/u : /^(?:is|was|has|are)$/;
    return text.every((word, index) => said[index] === word) && says.test(verb);
  });
  const others = options.filter(({ words: text }) => comparable(text) && includes(said.slice(1), text));
  return opening.length === 1 && others.every(({ letter }) => letter === opening[0]) ? opening : [];
}

/** "Based on the above, ", "In short, " */
const INTRODUCTION =
  /^\s*(?:based|according|given|judging|from|in|by|to|overall|clearly|again|since|because|as|although|though|while)\b[^,.]{0,60},\s/i;

/** What may stand between an option's text and what makes something of it. */
const NAMING = ['the', 'a', 'an', 'option', 'choice', 'answer'];

/** "It is because …": the reason is all that is said. */
const IT_IS = /^\W{0,4}(?:it|this|that)(?:['’]s| is| was| happens| occurs)(?: (?:simply|mainly|mostly|only|just))?$/i;
/** A reason at the end. */
const REASON = /,?\s(?:since|because|when|given that|even though|although)\s[^.;!?]{0,300}[.!]?$/i;
/** What ends in a clause that another one explains. */
const SUBORDINATE = /[,;.]\s(?:since|because|if|unless|when|while|whereas|although|though)\s[^,;.]{0,300}[.!]?$/i;

/** "A free body keeps its speed", where the option says "it keeps its speed". */
const withoutPronoun = (text: readonly Word[]): readonly Word[] =>
  text.length > 3 && /^(?:it|they|he|she)$/.test(text[0]!) ? text.slice(1) : text;

const includes = (said: readonly Word[], text: readonly Word[]): boolean =>
  said.some((_, at) => text.every((word, index) => said[at + index] === word));

const namedBy = (options: readonly Option[], is: (text: readonly Word[]) => boolean): Reading =>
  options.filter(({ words: text }) => comparable(text) && is(text)).map(({ letter }) => letter);

/** A lone letter is read as a label, never as the text of another choice. */
const comparable = (text: readonly Word[]): boolean =>
  text.length > 1 || /^(?:..|[^a-z\p{Script=Han}])/u.test(text[0] ?? '');

const equal = (one: readonly Word[], other: readonly Word[]): boolean =>
  one.length === other.length && one.every((word, index) => word === other[index]);

/** `7` and `7 m/s`: the same number, and only one of them says its unit. */
function sameNumber(one: readonly Word[], other: readonly Word[]): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const unit = long.slice(short.length);
  return (
    /^-? ?\d[\d.]*$/.test(short.join(' ')) &&
    equal(short, long.slice(0, short.length)) &&
    /^(?:\p{L}{2,}|[^x\P{L}]|°)$/u.test(unit[0] ?? '') &&
    !isAnother(unit.join(' '))
  );
}

/** "18 million", "18 or 21": no unit. */
const isAnother = (words: string): boolean =>
  /\d/.test(words) ||
  phrasesIn(unitsOf(words), 'english').some((phrase) =>
    has(phrase, 'modify', 'join', 'or', 'deny', 'condition', 'but'),
  );

/** The word before the end may not be a part of the same formula: `-5` does not end with `5`, nor `1/2` with `2`. */
function endsWith(said: readonly Word[], text: readonly Word[]): boolean {
  const start = said.length - text.length;
  const before = said[start - 1] ?? 'is';
  return start >= 0 && (before === '=' || /^\p{L}/u.test(before)) && equal(said.slice(start), text);
}
