import type { Node } from '../../tree.ts';
import type { Context } from '../context.ts';
import { different, type Outcome } from '../outcome.ts';
import { compareOrdered } from './sequences.ts';

/** Compares matrices entry by entry; a single row or column is a vector and equals a tuple of its entries. */
export function compareMatrices(reference: Node, answer: Node, context: Context): Outcome {
  if (reference.kind === 'matrix' && answer.kind === 'matrix') {
    const shaped = sameShape(reference.rows, answer.rows);
    return shaped
      ? compareOrdered(reference.rows.flat(), answer.rows.flat(), context)
      : different('matrices of different shapes');
  }
  const left = entries(reference);
  const right = entries(answer);
  if (left === null || right === null) return different('a matrix against something else');
  return compareOrdered(left, right, context);
}

type Rows = readonly (readonly Node[])[];

const sameShape = (a: Rows, b: Rows): boolean =>
  (a.length === b.length && a[0]?.length === b[0]?.length) ||
  (isVector(a) && isVector(b) && a.flat().length === b.flat().length);

const isVector = (rows: Rows): boolean => rows.length === 1 || rows.every((row) => row.length === 1);

function entries(node: Node): readonly Node[] | null {
  if (node.kind === 'matrix') return isVector(node.rows) ? node.rows.flat() : null;
  if (node.kind === 'tuple') return (node.open === '(') === (node.close === ')') ? node.items : null;
  return node.kind === 'list' ? node.items : null;
}
