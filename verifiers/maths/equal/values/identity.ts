import { attempt } from '../../budget.ts';
import type { Node } from '../../tree.ts';
import { newPoint, type Point, residue } from '../../value/modular/evaluate.ts';
import type { Element } from '../../value/modular/field.ts';
import { spell } from '../../value/modular/field.ts';
import { contains } from '../../value/scan.ts';
import type { Context } from '../context.ts';
import { different, equal, type Outcome } from '../outcome.ts';

const SEEDS = ['first', 'second'];

/** The readings of a bare `\log`, where one occurs. */
export const logarithmsIn = (...nodes: readonly Node[]): readonly ('e' | '10')[] =>
  nodes.some((node) => contains(node, (inner) => inner.kind === 'call' && inner.name === 'log')) ? ['10', 'e'] : ['e'];

/**
 * Compares two expressions as identities, at random points modulo a prime of 127 bits: equal residues at both points
 * mean equal expressions, with a chance of error below 2^-100 for any that a text can hold. Different residues mean
 * different expressions only where nothing opaque (a sine, a root of a symbol) took part; null otherwise.
 */
export function compareIdentities(a: Node, b: Node, context: Context): Outcome | null {
  for (const logarithm of logarithmsIn(a, b)) {
    const outcome = atPoints(a, b, logarithm, context);
    if (outcome !== null) return outcome;
  }
  return null;
}

function atPoints(a: Node, b: Node, logarithm: 'e' | '10', context: Context): Outcome | null {
  for (const seed of SEEDS) {
    const point = newPoint(seed, logarithm, context.budget);
    const left = valueAt(a, point);
    const right = valueAt(b, point);
    if (left === null || right === null) return null;
    if (spell(left) !== spell(right))
      return point.opaque ? null : different('no identity: the expressions differ at a point modulo a prime');
  }
  return equal('identical at random points modulo a prime');
}

export const valueAt = (node: Node, point: Point): Element | null => attempt(() => residue(node, point));
