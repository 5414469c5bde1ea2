/** By which convention an answer was found in a text; the order is the order of trust. */
export type Convention =
  | 'boxed'
  | 'final answer'
  | 'hash marks'
  | 'answer cue'
  | 'bold'
  | 'last expression'
  | 'whole text';

/** An answer as it stands in a text, not yet parsed. */
export interface Candidate {
  readonly answer: string;
  readonly convention: Convention;
}
