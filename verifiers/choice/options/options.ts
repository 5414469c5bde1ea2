import { type Word, words } from './option-words.ts';

/** One of the choices: its letter, and its text in the form in which texts are compared. */
export interface Option {
  readonly letter: string;
  readonly words: readonly Word[];
}

/** The letters that a passage names: none where it chooses nothing, more than one where it does not decide. */
export type Reading = readonly string[];

export const optionsOf = (choices: readonly string[]): readonly Option[] =>
  choices.map((text, index) => ({ letter: String.fromCharCode(65 + index), words: words(text) }));
