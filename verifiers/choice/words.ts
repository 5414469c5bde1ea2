import { unmarked } from './unmarked.ts';

/** A word in lower case, a number, or one sign of a formula. */
export type Word = string;

/** Signs count, for `-5` is not `5`; a hyphen within a word and punctuation do not. */
const WORD = /\\[a-z]+|\p{L}+|\p{N}+(?:[.,]\p{N}+)*|(?<!\p{L})[-−]|[-−](?!\p{L})|[+/^_=<>%×·÷≤≥±√]/gu;

export const words = (text: string): readonly Word[] =>
  (unmarked(text).toLowerCase().match(WORD) ?? []).map((word) => word.replace('−', '-').replace(/,(?=\d{3})/g, ''));
