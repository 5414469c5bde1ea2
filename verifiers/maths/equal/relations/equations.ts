import { attempt } from '../../budget.ts';
import type { Node } from '../../tree.ts';
import { type Approximation, approximation, size } from '../../value/complex.ts';
import { newPoint } from '../../value/modular/evaluate.ts';
import { isZero, multiply, spell } from '../../value/modular/field.ts';
import { unitOf } from '../../value/modular/residue.ts';
import { approximate } from '../../value/numeric.ts';
import { freeSymbols } from '../../value/scan.ts';
import type { Context } from '../context.ts';
import { different, equal, type Outcome, unknown } from '../outcome.ts';
import { valueAt } from '../values/identity.ts';

/** Two equations `left = right`, each as its difference of sides. */
export function compareEquations(reference: Node, answer: Node, context: Context): Outcome {
  return compareProportional(reference, answer, context) ?? compareZeros(reference, answer, context);
}

/**
 * Equal where one difference of sides is a constant times the other, tested as f(P)·g(Q) = f(Q)·g(P) modulo a prime.
 * Null where that shows nothing: equations may have the same zeros and no constant ratio.
 */
export function compareProportional(f: Node, g: Node, context: Context): Outcome | null {
  const values = ['first', 'second', 'third'].map((seed) => {
    const point = newPoint(seed, 'e', context.budget);
    return { point, f: valueAt(f, point), g: valueAt(g, point) };
  });
  const [p, ...others] = values as [(typeof values)[0], ...typeof values];
  for (const q of others) {
    if (p.f === null || p.g === null || q.f === null || q.g === null || isZero(p.f) || isZero(p.g)) return null;
    if (spell(multiply(p.f, q.g, p.point.roots)) !== spell(multiply(q.f, p.g, p.point.roots))) return null;
  }
  return equal('equations with a constant ratio');
}

/** Along each of them every unknown is followed. */
const MOST_FOLLOWED = 8;
const linesFor = (unknowns: number): number => Math.max(1, Math.round(MOST_FOLLOWED / unknowns));
const ROOTS_NEEDED = 3;
const MOST_UNKNOWNS = 6;

/** Equal where the zeros of either, found along lines through its unknowns, are zeros of the other. */
function compareZeros(f: Node, g: Node, context: Context): Outcome {
  const names = [...new Set([...freeSymbols(f), ...freeSymbols(g)])];
  if (names.length === 0 || names.length > MOST_UNKNOWNS) return different('no constant ratio between the equations');
  if ([...freeSymbols(f)].sort().join() !== [...freeSymbols(g)].sort().join())
    return different('equations in different unknowns');
  const forth = countShared(f, g, names, context);
  if (forth === 'differ') return different('a zero of one equation is none of the other');
  const back = countShared(g, f, names, context);
  if (back === 'differ') return different('a zero of one equation is none of the other');
  const needed = names.length === 1 ? 1 : ROOTS_NEEDED;
  return forth >= needed && back >= needed
    ? equal(`equations that share ${forth + back} zeros`)
    : unknown('too few zeros were found to compare the equations');
}

function countShared(f: Node, g: Node, names: readonly string[], context: Context): number | 'differ' {
  let shared = 0;
  for (let line = 1; line <= linesFor(names.length); line += 1) {
    for (const name of names) {
      const values = new Map(names.map((other) => [other, approximation((unitOf(`${other} line ${line}`) - 0.4) * 4)]));
      const at = (node: Node, x: number): Approximation | null =>
        evaluate(node, new Map(values).set(name, approximation(x, 0, 0)), context);
      for (const root of rootsAlong((x) => at(f, x)?.re ?? null)) {
        const other = at(g, root);
        if (other === null) continue;
        if (size(other) > 1e-6) return 'differ';
        shared += 1;
      }
    }
    if (names.length === 1) break;
  }
  return shared;
}

function evaluate(node: Node, values: ReadonlyMap<string, Approximation>, context: Context): Approximation | null {
  return attempt(() =>
    approximate(node, { values, realOnly: true, logarithm: 'e', seed: 'zeros', budget: context.budget }),
  );
}

/** Fine where answers lie, coarse further out; none of its points is a round number. */
const GRID: readonly number[] = Array.from({ length: 60 }, (_, index) => index - 29.5).map(
  (step) => 0.21 * step + Math.sign(step) * Math.max(0, Math.abs(step) - 24) ** 2 + 0.0137,
);

/** Sign changes along the grid, narrowed down; a pole changes sign too and is told by its size. */
function* rootsAlong(value: (x: number) => number | null): Generator<number> {
  let before: { readonly x: number; readonly value: number | null } | null = null;
  for (const x of GRID) {
    const here = value(x);
    if (before !== null && before.value !== null && here !== null && before.value * here < 0) {
      const root = narrowed(value, before.x, x, before.value);
      if (root !== null) yield root;
    }
    before = { x, value: here };
  }
}

/** A step of the grid is narrowed to a millionth of a millionth of it. */
const HALVINGS = 40;

function narrowed(value: (x: number) => number | null, low: number, high: number, atLow: number): number | null {
  for (let round = 0; round < HALVINGS; round += 1) {
    const middle = (low + high) / 2;
    const here = value(middle);
    if (here === null) return null;
    if (here * atLow > 0) low = middle;
    else high = middle;
  }
  const rest = value((low + high) / 2);
  return rest !== null && Math.abs(rest) < 1e-7 ? (low + high) / 2 : null;
}
