import type { Option, Reading } from './options.ts';
import { type Word, words } from './words.ts';

const ARTICLE = /^(?:the|an?)$/;
const DENIES =
  /\b(?:not|never|neither|nor|no|wrong|incorrect|except|least|most|than|between|twice|half|times)\b|n['’]t\b/i;

/** The choice whose text a passage is, but for an article, a reason behind it, or the unit of a number. */
export function wholeText(passage: string, options: readonly Option[]): Reading {
  const head = passage.slice(0, /[,;(–]|\s(?:because|since|which|as|where)\s/.exec(passage)?.index);
  return (
    [passage, head]
      .flatMap((part) => {
        const said = withoutArticle(words(part));
        return [
          namedBy(options, (text) => equal(withoutArticle(text), said)),
          namedBy(options, (text) => sameNumber(text, said)),
        ];
      })
      .find((letters) => letters.length === 1) ?? []
  );
}

/** The choice with whose text a passage ends; of several the longest. What denies or limits it may not stand before. */
export function closingText(passage: string, options: readonly Option[]): Reading {
  const said = words(passage);
  const closing = options.filter(({ words: text }) => comparable(text) && endsWith(said, text));
  const longest = Math.max(...closing.map(({ words: text }) => text.length));
  if (DENIES.test(said.slice(0, -longest).join(' ')) || /n['’]t\b/i.test(passage)) return [];
  const letters = closing.filter(({ words: text }) => text.length === longest).map(({ letter }) => letter);
  return letters.length === 1 ? letters : [];
}

const namedBy = (options: readonly Option[], is: (text: readonly Word[]) => boolean): Reading =>
  options.filter(({ words: text }) => comparable(text) && is(text)).map(({ letter }) => letter);

/** A lone letter is read as a label, never as the text of another choice. */
const comparable = (text: readonly Word[]): boolean => text.length > 1 || /^(?:..|\d)/u.test(text[0] ?? '');

const equal = (one: readonly Word[], other: readonly Word[]): boolean =>
  one.length === other.length && one.every((word, index) => word === other[index]);

const withoutArticle = (text: readonly Word[]): readonly Word[] =>
  text.length > 1 && ARTICLE.test(text[0]!) ? text.slice(1) : text;

/** `7` and `7 m/s`: the same number, and only one of them says its unit. */
function sameNumber(one: readonly Word[], other: readonly Word[]): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const unit = long[short.length] ?? '';
  return (
    /^-? ?\d[\d.]*$/.test(short.join(' ')) &&
    equal(short, long.slice(0, short.length)) &&
    /^(?:\p{L}{2,}|[^x\P{L}])$/u.test(unit)
  );
}

/** The word before the end may not be a part of the same formula: `-5` does not end with `5`, nor `1/2` with `2`. */
function endsWith(said: readonly Word[], text: readonly Word[]): boolean {
  const start = said.length - text.length;
  const before = said[start - 1] ?? 'is';
  return start >= 0 && (before === '=' || /^\p{L}/u.test(before)) && equal(said.slice(start), text);
}
