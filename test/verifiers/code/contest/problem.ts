/** A problem of ours that programs solve by reading and printing, in each language. */
export interface ContestProblem {
  readonly name: string;
  /** What is read, and what is to be printed. */
  readonly cases: readonly (readonly [input: string, output: string])[];
  /** What prints the answer; `next()` is the next number, `word()` the next word, `line()` the next line. */
  readonly javascript: string;
  readonly cpp: string;
  /** What makes of both a program that is nearly right: a text and what stands in its place. */
  readonly near: { readonly javascript: Change; readonly cpp: Change };
}

export type Change = readonly [from: string, to: string];

/** The same change in both languages. */
export const both = (from: string, to: string) => ({ javascript: [from, to], cpp: [from, to] }) as const;
