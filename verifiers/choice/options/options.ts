import { type Word, words } from './option-words.ts';
import { answersFor, type Value, valueIn } from './values.ts';

/** One of the choices: its letter, and its text in the form in which texts are compared. */
export interface Option {
  readonly letter: string;
  readonly text: string;
  /** The letter that it is, where its text is one alone: the point `P`. */
  readonly name: string | null;
  /** None where another option has the same. */
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

export function optionsOf(choices: readonly string[]): readonly Option[] {
  const texts = choices.map((text) => withoutArticle(words(text)));
  const times = new Map<string, number>();
  for (const text of texts) times.set(text.join(' '), (times.get(text.join(' ')) ?? 0) + 1);
  return choices.map((text, index) => {
    const own = times.get(texts[index]!.join(' ')) === 1 ? texts[index]! : [];
    return { letter: letterAt(index), text, name: NAME.exec(text)?.[1] ?? null, words: own, value: valueIn(own) };
  });
}

/** Whether words tell all options apart: they do not tell `[0, 1]` from `(0, 1)`. */
export const areTold = (options: readonly Option[]): boolean => options.every(({ words: own }) => own.length > 0);

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
