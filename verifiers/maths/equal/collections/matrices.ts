import type { Node } from '../../tree.ts';
import type { Context } from '../context.ts';
import { different, equal, type Outcome } from '../outcome.ts';
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
  if (rows !== null && named.kind === 'symbol')
    return isIdentity(rows, named.name) ? equal('the identity matrix') : different('a matrix against a name');
  const [vector, other] = [entries(reference), entries(answer)];
  if (vector === null || other === null) return different('a matrix against something else');
  return compareOrdered(vector, other, context);
}

/** `I` and `I_2` name the matrix of ones along its diagonal. */
const isIdentity = (rows: Rows, name: string): boolean =>
  /^[IE](?:_\d)?$/.test(name) &&
  Number(name.slice(2) || rows.length) === rows.length &&
  rows.every((row, i) => row.length === rows.length && row.every((entry, j) => isNumber(entry, i === j ? 1n : 0n)));

const isNumber = (node: Node, value: bigint): boolean =>
  node.kind === 'number' && node.value.n === value && node.value.d === 1n;

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
  return node.kind === 'list' ? node.items : null;
}
