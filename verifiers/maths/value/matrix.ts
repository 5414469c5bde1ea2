import { attempt, type Budget, spend } from '../budget.ts';
import { addition, type Node, negation, product } from '../tree.ts';
import { exactValue, NO_BINDINGS } from './exact.ts';
import { containsKind } from './scan.ts';

type Rows = readonly (readonly Node[])[];

const LARGEST_POWER = 12n;

const MATRIX: ReadonlySet<Node['kind']> = new Set(['matrix']);
export const hasMatrix = (node: Node): boolean => containsKind(node, MATRIX);

/**
 * The matrix that an expression of matrices comes to (sums, products, multiples, whole powers, transposes), or null
 * where shapes do not fit or something else is done to it.
 */
export function matrixValue(node: Node, budget: Budget): Rows | null {
  spend(budget, 1);
  switch (node.kind) {
    case 'matrix':
      return node.rows;
    case 'negate':
      return mapped(matrixValue(node.operand, budget), negation);
    case 'add':
      return node.terms.map((term) => matrixValue(term, budget)).reduce(sum);
    case 'multiply':
      return productOf(node.factors, budget);
    case 'divide':
      return hasMatrix(node.denominator)
        ? null
        : mapped(matrixValue(node.numerator, budget), (entry) => ({
            kind: 'divide',
            numerator: entry,
            denominator: node.denominator,
          }));
    case 'power':
      return powerOf(node, budget);
    default:
      return null;
  }
}

/** The determinant as an expression, by expansion along the first row; null beyond 4 × 4. */
export function determinant(rows: Rows): Node | null {
  if (rows.length === 0 || rows.length > 4 || rows.some((row) => row.length !== rows.length)) return null;
  if (rows.length === 1) return rows[0]![0]!;
  const terms = rows[0]!.map((entry, column) => {
    const minor = determinant(rows.slice(1).map((row) => row.filter((_, index) => index !== column)))!;
    const term = product([entry, minor]);
    return column % 2 === 0 ? term : negation(term);
  });
  return addition(terms);
}

const mapped = (rows: Rows | null, change: (entry: Node) => Node): Rows | null =>
  rows?.map((row) => row.map(change)) ?? null;

function sum(a: Rows | null, b: Rows | null): Rows | null {
  if (a === null || b === null || a.length !== b.length || a[0]!.length !== b[0]!.length) return null;
  return a.map((row, i) => row.map((entry, j) => addition([entry, b[i]![j]!])));
}

function productOf(factors: readonly Node[], budget: Budget): Rows | null {
  const scalars = factors.filter((factor) => !hasMatrix(factor));
  const matrices = factors.filter(hasMatrix).map((factor) => matrixValue(factor, budget));
  if (matrices.length === 0) return null;
  const result = matrices.reduce((a, b) => times(a, b, budget));
  if (result === null || scalars.length === 0) return result;
  return mapped(result, (entry) => product([...scalars, entry]));
}

function times(a: Rows | null, b: Rows | null, budget: Budget): Rows | null {
  if (a === null || b === null || a[0]!.length !== b.length) return null;
  spend(budget, a.length * b.length * b[0]!.length);
  return a.map((row) =>
    b[0]!.map((_, column) => addition(row.map((entry, index) => product([entry, b[index]![column]!])))),
  );
}

function powerOf(node: Node & { kind: 'power' }, budget: Budget): Rows | null {
  const base = matrixValue(node.base, budget);
  if (node.exponent.kind === 'symbol' && node.exponent.name === 'T') return base && transposed(base);
  const exponent = attempt(() => exactValue(node.exponent, NO_BINDINGS, budget));
  if (base !== null && exponent?.d === 1n && exponent.n === -1n) return inverse(base);
  if (base === null || exponent === null || exponent.d !== 1n || exponent.n < 1n || exponent.n > LARGEST_POWER)
    return null;
  let result: Rows | null = base;
  for (let count = 1n; count < exponent.n; count += 1n) result = times(result, base, budget);
  return result;
}

/** By cofactors, up to 4 × 4. */
function inverse(rows: Rows): Rows | null {
  const whole = determinant(rows);
  if (whole === null || rows.length < 2) return null;
  const cofactor = (i: number, j: number): Node => {
    const minor = determinant(
      rows.filter((_, row) => row !== i).map((row) => row.filter((_, column) => column !== j)),
    )!;
    return (i + j) % 2 === 0 ? minor : negation(minor);
  };
  return rows.map((row, i) => row.map((_, j) => ({ kind: 'divide', numerator: cofactor(j, i), denominator: whole })));
}

const transposed = (rows: Rows): Rows => rows[0]!.map((_, column) => rows.map((row) => row[column]!));
