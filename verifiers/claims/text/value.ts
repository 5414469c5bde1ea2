import type { Range } from '../words/phrases.ts';

/** A stretch of a sentence that is written as maths: formulas, numbers and signs with nothing but signs between them. */
export interface Value extends Range {
  /** A lone letter or a bracketed number at the end names something; it is no value where another is to be had. */
  readonly names: boolean;
  /** Whether it is what a calculation with numbers comes to: `3 * 4 = 12`. */
  readonly worked: boolean;
  /** Where the calculation in words begins of which it is the result; where it begins itself if of none. */
  readonly from: number;
}
