import { has, type Phrase, phrasesIn } from '../claims/words/phrases.ts';
import { unitsOf } from '../claims/words/units.ts';
import { tailOf } from './holding/polarity.ts';
import type { Option, Reading } from './options/options.ts';

/** Which of two options calls a statement right, and which wrong: "True", "False". Null where they are others. */
function truthOf(options: readonly Option[]): { readonly right: string; readonly wrong: string } | null {
  const [right, wrong] = (['good', 'bad'] as const).map((role) =>
    options.find(({ words }) => words.length === 1 && has(phrasesIn(unitsOf(words[0]!), 'english')[0], role)),
  );
  return options.length === 2 && right !== undefined && wrong !== undefined
    ? { right: right.letter, wrong: wrong.letter }
    : null;
}

/** The option that the last sentence comes to where it judges the statement in other words: "The statement holds." */
export function judgedStatement(text: string, options: readonly Option[]): Reading {
  const truth = truthOf(options);
  if (truth === null) return [];
  const last = text
    .trimEnd()
    .split(/[.!\n]\s/)
    .at(-1)!
    .slice(0, LONGEST);
  const phrases = phrasesIn(unitsOf(last), 'english');
  const subject = phrases.findIndex((phrase) => has(phrase, 'kind'));
  if (/[?？]/.test(last) || subject < 0 || phrases.some(isOpen)) return [];
  const sign = tailOf(phrases.slice(subject + 1));
  return sign === 0 ? [] : [sign === 1 ? truth.right : truth.wrong];
}

const isOpen = (phrase: Phrase): boolean => has(phrase, 'suppose', 'condition', 'report', 'hedge', 'concede', 'likens');

const LONGEST = 200;
