import { compareMaths } from '../../maths/compare.ts';
import type { Option, Reading } from './options.ts';

/** Longer texts are sentences; numbers and formulas are shorter. */
const LONGEST = 120;
/** The budget of one comparison: as many as there are options may be needed. */
const STEPS = 4_000;

/** A number, or a sign of a formula. */
const MATHS = /[\d\\=+√π^∞]/;
/** A number in words. */
const WORDS = /^\s*\p{L}{3,12}(?:[\s-]\p{L}{3,12}){0,3}\s*$/u;

export const isMaths = (text: string): boolean => MATHS.test(text);
/** "15 - 3": what is yet to be worked out is none of the numbers given. */
const UNWORKED = /^[\s$\d.()]*\d\s?(?:[-+*×·÷]|\\(?:cdot|times|div))\s?\d[\s$\d.()]*$/;
/** "C. 18" in the second place is no option that says 18. */
const LABELLED = /^\s*\(?[A-Z][).:]\s/;

/** The only option that is worth what a claim says, as maths compares them: `(2,1)` for `(2, 1)`, `1+2x` for `2x+1`. */
export function equalOption(claim: string, options: readonly Option[]): Reading {
  if (claim.length > LONGEST) return [];
  const written = options.find(({ text }) => bare(text) === bare(claim));
  if (written !== undefined) return [written.letter];
  if (!isMaths(claim) && !WORDS.test(claim)) return [];
  const same = options.filter(
    ({ text }) => text.length <= LONGEST && isMaths(text) && !LABELLED.test(text) && isEqual(text, claim),
  );
  return same.length === 1 ? [same[0]!.letter] : [];
}

const bare = (text: string): string => text.replace(/[\s$`]/g, '');

const isEqual = (option: string, claim: string): boolean =>
  UNWORKED.test(claim) === UNWORKED.test(option) &&
  compareMaths(option, claim, { percent: 'value', decimals: 'exact' }, STEPS).result === 'equal';
