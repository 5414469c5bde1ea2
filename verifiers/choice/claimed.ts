import { readClause } from './clause.ts';
import type { Option, Reading } from './options.ts';
import { wholeText } from './texts.ts';
import { unmarked } from './unmarked.ts';

/** The choice that a claim states by its letter, by its text, or by several letters; `AC` is two, unless it is a text. */
export function readClaim(claim: string, options: readonly Option[]): Reading {
  const said = unmarked(claim)
    .replace(/[<>"'‘’“”]/g, ' ')
    .trim();
  const whole = wholeText(said, options);
  if (whole.length > 0) return whole;
  const packed = /^[\s({]*([A-Z]{2,10})[\s)}]*$/.exec(said)?.[1];
  if (packed === undefined) return readClause(said, options);
  const letters = [...new Set(packed)];
  return letters.every((letter) => options.some((option) => option.letter === letter)) ? letters : [];
}
