import { attempt } from '../../budget.ts';
import type { Node } from '../../tree.ts';
import { exactValue, NO_BINDINGS } from '../../value/exact.ts';
import { absolute, ONE, order } from '../../value/rational.ts';
import type { Context } from '../context.ts';
import { any, different, type Outcome } from '../outcome.ts';
import { compareValues } from './values.ts';

/** Compares two expressions without units; what a percent sign on one side alone means is a policy. */
export function comparePercentages(reference: Node, answer: Node, context: Context): Outcome {
  const left = percentOf(reference);
  const right = percentOf(answer);
  if (left !== null && right !== null) return compareValues(left, right, context);
  if (left === null && right === null) return compareValues(reference, answer, context);
  const { percent } = context.policies;
  const readings: (() => Outcome)[] = [];
  const bare = left === null ? reference : answer;
  if (percent === 'number' || (percent === 'either' && !isShare(bare, context)))
    readings.push(() => compareValues(left ?? reference, right ?? answer, context));
  if (percent === 'either' || percent === 'value') readings.push(() => compareValues(reference, answer, context));
  return readings.length === 0 ? different('only one is a percentage') : any(readings.map((read) => read()));
}

/** A number up to one is a share already: 0.25 is 25%, and never 0.25%. */
function isShare(node: Node, { budget }: Context): boolean {
  const value = attempt(() => exactValue(node, NO_BINDINGS, budget));
  return value !== null && order(absolute(value), ONE) < 0 && value.n !== 0n;
}

function percentOf(node: Node): Node | null {
  if (node.kind === 'percent') return node.operand;
  if (node.kind !== 'negate') return null;
  const inner = percentOf(node.operand);
  return inner && { kind: 'negate', operand: inner };
}
