import type { Budget } from '../budget.ts';
import type { Policies } from '../policies.ts';
import type { Node } from '../tree.ts';
import type { Outcome } from './outcome.ts';

/** What every comparison needs; `compare` leads back to the whole, for forms that hold others. */
export interface Context {
  readonly budget: Budget;
  readonly policies: Policies;
  /** The first is the reference: under `decimals: rounded` its digits decide. */
  readonly compare: (reference: Node, answer: Node) => Outcome;
}
