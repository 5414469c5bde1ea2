import { type Budget, spend } from '../budget.ts';
import type { Node } from '../tree.ts';

type Read = (source: string, budget: Budget) => Node;

/** So many readings are at hand at least, and twice as many at most. */
const ENOUGH = 50;
const LONGEST = 1000;

interface Reading {
  readonly node: Node;
  readonly steps: number;
}

/**
 * The same reader with its last readings at hand: a reference is read once for all answers to its problem, and so are answers
 * that are alike. A reading that is known takes the steps that it took, so that no verdict depends on what was read before.
 */
export function remembering(read: Read): Read {
  let recent = new Map<string, Reading>();
  // Whole tables are dropped, and none is deleted from: the table that a map outgrows holds the next one, and its readings, in memory.
  let former = recent;
  const remember = (source: string, reading: Reading): void => {
    if (recent.size === ENOUGH) {
      former = recent;
      recent = new Map();
    }
    recent.set(source, reading);
  };
  return (source, budget) => {
    const again = recent.get(source) ?? former.get(source);
    if (again !== undefined && again.steps <= budget.left) {
      spend(budget, again.steps);
      if (!recent.has(source)) remember(source, again);
      return again.node;
    }
    const before = budget.left;
    const node = read(source, budget);
    if (source.length <= LONGEST) remember(source, { node, steps: before - budget.left });
    return node;
  };
}
