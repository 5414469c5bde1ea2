/** How lenient a comparison is where usage differs. Defaults are such that a false yes is rarer than a false no. */
export interface Policies {
  /** What `10%` equals: `either` 0.1 or 10, its `value` 0.1 only, its `number` 10 only, or `strict`: another percentage only. */
  readonly percent: 'either' | 'value' | 'number' | 'strict';
  /** Whether a unit may be missing on one side. Two units are always compared, and converted where they measure the same. */
  readonly units: 'optional' | 'required';
  /** Whether `(1, 2)` equals `1, 2` in the same order. It never equals `{1, 2}`. */
  readonly tuples: 'lists' | 'strict';
  /** Whether a lone letter's case counts. Words are compared without regard to case. */
  readonly letters: 'exact' | 'ignore-case';
  /**
   * What a decimal equals. `exact`: the number that it writes. `precise`: also what it approximates to all of six or
   * more decimals (`0.333333` is 1/3, `0.333` is not). `rounded`: the reference's decimals decide, whatever their
   * number (`1/3` answers a reference of `0.333`).
   */
  readonly decimals: 'exact' | 'precise' | 'rounded';
  /** Whether `+ C` may be missing from an antiderivative on one side. */
  readonly constantOfIntegration: 'required' | 'optional';
  /** Whether the base of a numeral may be missing on one side: `1011` for `1011_2`. */
  readonly bases: 'optional' | 'required';
}

export const DEFAULT_POLICIES: Policies = {
  percent: 'either',
  units: 'optional',
  tuples: 'lists',
  letters: 'exact',
  decimals: 'precise',
  constantOfIntegration: 'required',
  bases: 'optional',
};
