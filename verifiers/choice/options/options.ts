import { type Word, words } from './option-words.ts';

/** One of the choices: its letter, and its text in the form in which texts are compared. */
export interface Option {
  readonly letter: string;
  readonly words: readonly Word[];
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
  choices.map((text, index) => ({ letter: letterAt(index), words: withoutArticle(words(text)) }));

/** "The sun" and "sun" are the same option. */
export const withoutArticle = (text: readonly Word[]): readonly Word[] =>
  text.length > 1 && /^(?:the|an?)$/.test(text[0]!) ? text.slice(1) : text;
