import { type Word, words } from './option-words.ts';
import { answersFor, type Value, valueIn } from './values.ts';

/** One of the choices: its letter, and its text in the form in which texts are compared. */
export interface Option {
  readonly letter: string;
  readonly text: string;
  /** The letter that it is, where its text is one alone: the point `P`. */
  readonly name: string | null;
  readonly words: readonly Word[];
  /** What it is worth where it is a number, a fraction or a percentage. */
  readonly value: Value | null;
}

/** The letters that a passage names: none where it chooses nothing, more than one where it does not decide. */
export type Reading = readonly string[];

const letterAt = (index: number): string => String.fromCharCode(65 + index);

const OWN_LETTER = /^\s{0,3}\(?([A-Z])(?:[).:]|\s[-–])\s{1,3}(?=\S)/;

/** Texts of choices that a data set gives with their letters, `C. 18`, without them. */
export const withoutLetters = (choices: readonly string[]): readonly string[] =>
  choices.every((text, index) => OWN_LETTER.exec(text)?.[1] === letterAt(index))
    ? choices.map((text) => text.replace(OWN_LETTER, ''))
    : choices;

export const optionsOf = (choices: readonly string[]): readonly Option[] =>
  choices.map((text, index) => {
    const own = withoutArticle(words(text));
    return { letter: letterAt(index), text, name: NAME.exec(text)?.[1] ?? null, words: own, value: valueIn(own) };
  });

const NAME = /^\s*\$?([A-Za-z])\$?\s*$/;

/** The only option that has the value of these words; null where none has, or more than one. */
export function optionWorth(said: readonly Word[], options: readonly Option[]): Option | null {
  const value = valueIn(said);
  if (value === null) return null;
  const [first, second] = options.filter((option) => option.value !== null && answersFor(value, option.value));
  return second === undefined ? (first ?? null) : null;
}

/** "The sun" and "sun" are the same option. */
export const withoutArticle = (text: readonly Word[]): readonly Word[] =>
  text.length > 1 && /^(?:the|an?)$/.test(text[0]!) ? text.slice(1) : text;
