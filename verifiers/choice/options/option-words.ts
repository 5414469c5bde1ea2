import { unmarked } from './unmarked.ts';

/** A word in lower case, a number, or one sign of a formula. */
export type Word = string;

/** A word where it stands in a text. */
export interface LocatedWord {
  readonly word: Word;
  readonly start: number;
  readonly end: number;
}

/** Signs count, for `-5` is not `5`; a hyphen within a word and punctuation do not. */
const WORD =
  /\\[a-z]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\p{L})+|(?:\p{N}+(?:,\p{N}{3}(?!\p{N}))*|(?<![\p{L}\p{N}])(?=\.\p{N}))(?:\.\p{N}+)*|(?<!\p{L})[-−]|[-−](?!\p{L})|(?<=\p{N})–(?=\p{N})|[°+/^=<>%×·÷≤≥≠±√∞]|(?<=[\d)])!(?!=)|_(?!\{?\d)/giu;

/** The words of an unmarked text, with their places. */
export const locatedWords = (text: string): readonly LocatedWord[] =>
  [...text.matchAll(WORD)].map(({ 0: word, index }) => ({
    word: normal(word.toLowerCase()),
    start: index,
    end: index + word.length,
  }));

export const words = (text: string): readonly Word[] => locatedWords(unmarked(text)).map(({ word }) => word);

/** `H₂O` is `H2O`. */
const digitOf = (lowered: string): string => String(lowered.codePointAt(0)! - 0x2080);

/** `18.0` is `18`, `\dfrac` is `\frac`, `1,000` is `1000`. */
const normal = (word: string): Word =>
  /^\.?\p{N}/u.test(word)
    ? word
        .replace(/[₀-₉]/g, digitOf)
        .replace(/^\./, '0.')
        .replace(/,(?=\d{3})/g, '')
        .replace(/\.0+$/, '')
    : (SIGNS[word] ?? word);

/** Signs by the one that they are compared as. */
const SIGNS: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '\\circ': '°',
  degree: '°',
  degrees: '°',
  '\\dfrac': '\\frac',
  '\\tfrac': '\\frac',
  '\\pm': '±',
  '\\times': '×',
  '\\cdot': '·',
  '\\div': '÷',
  '\\le': '≤',
  '\\leq': '≤',
  '\\ge': '≥',
  '\\geq': '≥',
  '\\ne': '≠',
  '\\neq': '≠',
  '\\lt': '<',
  '\\gt': '>',
  '\\sqrt': '√',
  '\\infty': '∞',
  '\\pi': 'π',
};
