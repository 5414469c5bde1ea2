import { Untraced } from '../../budget.ts';
import type { NumberNode } from '../../tree.ts';

/** A token with whether white space stood before it: `3 1/2` is mixed, `31/2` is not. */
export type Token = { readonly spaced: boolean } & (
  | { readonly kind: 'number'; readonly text: string; readonly number: NumberNode }
  | { readonly kind: 'letter'; readonly text: string }
  /** A run of letters read as a word of a language or a unit. */
  | { readonly kind: 'word'; readonly text: string }
  /** The content of `\text{…}`. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'begin'; readonly text: string }
  | { readonly kind: 'end'; readonly text: string }
  /** Operators and brackets; set braces are `\{` and `\}`, the row break of a matrix `\\`. */
  | { readonly kind: 'mark'; readonly text: string }
);

/** The input is not of the grammar; caught where reading an answer starts. */
export class ReadFailure extends Untraced {
  readonly name = 'ReadFailure';
}
