import { integerNode, type Node } from '../../tree.ts';
import type { Context } from '../context.ts';
import { different, type Outcome } from '../outcome.ts';
import { compareOrdered } from './sequences.ts';

/** Compares matrices entry by entry; a single row or column is a vector and equals a tuple of its entries. */
export function compareMatrices(reference: Node, answer: Node, context: Context): Outcome {
  const [left, right] = [inRows(reference), inRows(answer)];
  if (left !== null && right !== null) {
    return sameShape(left, right)
      ? compareOrdered(left.flat(), right.flat(), context)
      : different('matrices of different shapes');
  }
  const [rows, named] = left === null ? [right, reference] : [left, answer];
  const multiple = rows === null ? null : (multipleOfIdentity(named, rows.length) ?? diagonal(named, rows.length));
  if (rows !== null && multiple !== null)
    return rows.every((row) => row.length === rows.length)
      ? compareOrdered(rows.flat(), multiple.flat(), context)
      : different('matrices of different shapes');
  const [vector, other] = [entries(reference), entries(answer)];
  if (vector === null || other === null) return different('a matrix against something else');
  return compareOrdered(vector, other, context);
}

/** `I`, `I_2` and `3I` name ones or threes along a diagonal, `O` no ones at all; null for anything else. */
function multipleOfIdentity(node: Node, size: number): Rows | null {
  const [scale, named] = node.kind === 'multiply' && node.factors.length === 2 ? node.factors : [integerNode(1), node];
  const name = named?.kind === 'symbol' ? /^([IEO])(?:_(\d))?$/.exec(named.name) : null;
  if (name === null || Number(name[2] ?? size) !== size) return null;
  const line = Array.from({ length: size }, (_, index) => index);
  const onDiagonal = name[1] === 'O' ? integerNode(0) : scale!;
  return line.map((row) => line.map((column) => (row === column ? onDiagonal : integerNode(0))));
}

/** `\operatorname{diag}(2, 3)` */
function diagonal(node: Node, size: number): Rows | null {
  const [name, entries] = node.kind === 'multiply' ? node.factors : [];
  if (name?.kind !== 'unit' || name.name !== 'diag' || entries?.kind !== 'tuple' || entries.items.length !== size)
    return null;
  return entries.items.map((entry, row) => entries.items.map((_, column) => (row === column ? entry : integerNode(0))));
}

/** `[[1, 2], [3, 4]]` is a matrix where it meets one. */
function inRows(node: Node): Rows | null {
  if (node.kind === 'matrix') return node.rows;
  if (node.kind !== 'tuple' || node.open !== '[' || node.close !== ']') return null;
  const rows = node.items.map((item) =>
    item.kind === 'tuple' && item.open === '[' && item.close === ']' ? item.items : null,
  );
  return rows.every((row) => row !== null && row.length === rows[0]!.length) ? (rows as Rows) : null;
}

type Rows = readonly (readonly Node[])[];

const sameShape = (a: Rows, b: Rows): boolean =>
  (a.length === b.length && a[0]?.length === b[0]?.length) ||
  (isVector(a) && isVector(b) && a.flat().length === b.flat().length);

const isVector = (rows: Rows): boolean => rows.length === 1 || rows.every((row) => row.length === 1);

function entries(node: Node): readonly Node[] | null {
  if (node.kind === 'matrix') return isVector(node.rows) ? node.rows.flat() : null;
  if (node.kind === 'tuple') return (node.open === '(') === (node.close === ')') ? node.items : null;
  // `\binom{1}{-5}` is set as a column.
  if (node.kind === 'call' && node.name === 'binom') return node.args;
  return node.kind === 'list' ? node.items : null;
}
