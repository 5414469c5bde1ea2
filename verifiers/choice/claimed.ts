import { heldIn } from './holding/held.ts';
import type { Held } from './holding/held-option.ts';
import { equalOption } from './options/equal-option.ts';
import { closingText, wholeText } from './options/option-texts.ts';
import { words } from './options/option-words.ts';
import type { Option, Reading } from './options/options.ts';
import { unmarked } from './options/unmarked.ts';

/** The choice that a claim states by its letter, by its text, or by several letters; `AC` is two, unless it is a text. */
export function readClaim(claim: string, options: readonly Option[]): Reading {
  const said = unmarked(claim)
    .replace(/[<>"'‘’“”]/g, ' ')
    .trim();
  const whole = wholeText(said, options);
  if (whole.length > 0) return whole;
  // "18!" is another number.
  if (words(said).at(-1) === '!') return [];
  const packed = /^[\s({]*([A-Z]{2,10})[\s)}]*$/.exec(said)?.[1];
  if (packed !== undefined && [...packed].every((letter) => options.some((option) => option.letter === letter)))
    return [...new Set(packed)];
  const chosen = chosenAmong(heldIn(said, options));
  if (chosen.length > 0) return chosen;
  const closing = closingText(said, options);
  return closing.length > 0 ? closing : equalOption(claim, options);
}

/**
 * The letters that a text chooses: those of the last choice that is called final, else the answer, else of the last choice;
 * where options are only called true, all of them.
 */
export function chosenAmong(held: readonly Held[]): Reading {
  const claimed = held.filter(({ hold }) => hold === 'stated');
  const weight = Math.max(0, ...claimed.map((one) => one.weight));
  const among = claimed.filter((one) => one.weight === weight);
  const last = among.at(-1);
  if (last === undefined) return [];
  if (last.firm) return last.letters;
  const since = among.findLastIndex(({ firm }) => firm);
  return [...new Set(among.slice(since + 1).flatMap(({ letters }) => letters))];
}
