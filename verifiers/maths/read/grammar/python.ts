import { addition, difference, fraction, integerNode, type Node, negation, product } from '../../tree.ts';
import { rebuild } from '../../value/rebuild.ts';
import { ReadFailure } from '../tokens/token.ts';
import { expectMark, isMark, type Reader, takeMark } from './reader.ts';

const call = (name: string, args: readonly Node[]): Node => ({ kind: 'call', name, args });

const interval =
  (open: '(' | '[', close: ')' | ']') =>
  ([low, high]: readonly Node[]): Node => {
    const left = isInfinite(low!) ? '(' : open;
    const right = isInfinite(high!) ? ')' : close;
    return { kind: 'tuple', open: left, close: right, items: [low!, high!] };
  };

const isInfinite = (node: Node): boolean =>
  node.kind === 'negate' ? isInfinite(node.operand) : node.kind === 'constant' && node.name === 'infinity';

const relation =
  (operator: '=' | '≠' | '<' | '≤' | '>' | '≥') =>
  (sides: readonly Node[]): Node => ({ kind: 'relation', operators: [operator], sides });

const combination =
  (operator: '∪' | '∩' | '∖') =>
  (operands: readonly Node[]): Node => ({ kind: 'combination', operator, operands });

const logarithm = (value: Node, base: number): Node => fraction(call('ln', [value]), call('ln', [integerNode(base)]));

const factorialOf = (operand: Node): Node => ({ kind: 'factorial', operand });

const isImaginaryUnit = (node: Node): boolean => node.kind === 'constant' && node.name === 'i';

/** As `Interval(0, 1, True, False)` says which ends are open. */
const isTrue = (node: Node | undefined): boolean => node?.kind === 'text' && node.words === 'yes';

const LARGEST_SIZE = 12;

function sizeOf(node: Node): number {
  const count = node.kind === 'number' && node.value.d === 1n ? Number(node.value.n) : 0;
  if (!(count >= 1 && count <= LARGEST_SIZE)) throw new ReadFailure('a matrix of no size');
  return count;
}

function matrixWith(rows: number, columns: number, entry: (row: number, column: number) => Node): Node {
  return {
    kind: 'matrix',
    rows: Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => entry(row, column))),
  };
}

const diagonal = (entries: readonly Node[]): Node =>
  matrixWith(entries.length, entries.length, (row, column) => (row === column ? entries[row]! : integerNode(0)));

const filledWith = (value: number, rows: Node, columns: Node): Node =>
  matrixWith(sizeOf(rows), sizeOf(columns), () => integerNode(value));

/** `Matrix(2, 2, [1, 2, 3, 4])` */
function inRows(rows: Node, columns: Node, entries: Node): Node {
  const [height, width] = [sizeOf(rows), sizeOf(columns)];
  if (entries.kind !== 'tuple' || entries.items.length !== height * width)
    throw new ReadFailure('a matrix that its entries do not fill');
  return matrixWith(height, width, (row, column) => entries.items[row * width + column]!);
}

/** `(x, x > 0)` of `Piecewise`, as a line of `cases` is read; the condition of the last may be `True`. */
function caseOf(item: Node): Node {
  if (item.kind !== 'tuple' || item.items.length !== 2) throw new ReadFailure('a piece without its condition');
  const [value, condition] = item.items;
  return isTrue(condition) ? { ...item, items: [value!, { kind: 'text', words: 'otherwise' }] } : item;
}

/** `Sum(k**2, (k, 1, n))` */
const series =
  (operator: 'sum' | 'product') =>
  ([body, range]: readonly Node[]): Node => {
    const [variable, lower, upper] = range?.kind === 'tuple' ? range.items : [];
    if (variable?.kind !== 'symbol' || upper === undefined) throw new ReadFailure('a sum without its range');
    return { kind: 'big', operator, variable: variable.name, lower: lower!, upper, body: body! };
  };

interface Form {
  readonly least: number;
  readonly most: number;
  readonly make: (args: readonly Node[]) => Node;
}

const form = (least: number, most: number, make: (args: readonly Node[]) => Node): Form => ({ least, most, make });

/** The constructors of SymPy and the functions of Python's `math`, by what their arguments make. */
const FORMS: Readonly<Record<string, Form>> = {
  Rational: form(1, 2, ([above, below]) => (below === undefined ? above! : fraction(above!, below))),
  Fraction: form(1, 2, ([above, below]) => (below === undefined ? above! : fraction(above!, below))),
  Integer: form(1, 1, ([value]) => value!),
  Float: form(1, 1, ([value]) => value!),
  Abs: form(1, 1, (args) => call('abs', args)),
  Pow: form(2, 2, ([base, exponent]) => ({ kind: 'power', base: base!, exponent: exponent! })),
  Add: form(1, 40, addition),
  Mul: form(1, 40, product),
  log: form(1, 2, ([value, base]) =>
    base === undefined ? call('log', [value!]) : fraction(call('ln', [value!]), call('ln', [base])),
  ),
  Sqrt: form(1, 1, ([value]) => ({ kind: 'root', radicand: value!, index: integerNode(2) })),
  root: form(2, 2, ([value, index]) => ({ kind: 'root', radicand: value!, index: index! })),
  factorial: form(1, 1, ([value]) => ({ kind: 'factorial', operand: value! })),
  binomial: form(2, 2, (args) => call('binom', args)),
  ceiling: form(1, 1, (args) => call('ceil', args)),
  Max: form(1, 40, (args) => call('max', args)),
  Min: form(1, 40, (args) => call('min', args)),
  S: form(1, 1, ([value]) => value!),
  log10: form(1, 1, ([value]) => logarithm(value!, 10)),
  log2: form(1, 1, ([value]) => logarithm(value!, 2)),
  complex: form(1, 2, ([real, imaginary]) =>
    imaginary === undefined ? real! : addition([real!, product([imaginary, { kind: 'constant', name: 'i' }])]),
  ),
  Mod: form(2, 2, (args) => call('modulo', args)),
  perm: form(2, 2, ([n, k]) => fraction(factorialOf(n!), factorialOf(difference(n!, k!)))),
  sign: form(1, 1, (args) => call('sgn', args)),
  conjugate: form(1, 1, ([value]) => rebuild(value!, (node) => (isImaginaryUnit(node) ? negation(node) : node))),
  eye: form(1, 1, ([size]) => diagonal(Array.from({ length: sizeOf(size!) }, () => integerNode(1)))),
  Poly: form(1, 4, ([polynomial]) => polynomial!),
  Sum: form(2, 2, series('sum')),
  Product: form(2, 2, series('product')),
  Not: form(1, 1, (args) => call('not', args)),
  Implies: form(2, 2, (args) => call('implies', args)),
  EmptySet: form(0, 0, () => ({ kind: 'set', items: [] })),
  Interval: form(2, 4, ([low, high, ...open]) =>
    interval(isTrue(open[0]) ? '(' : '[', isTrue(open[1]) ? ')' : ']')([low!, high!]),
  ),
  'Interval.open': form(2, 2, interval('(', ')')),
  'Interval.Lopen': form(2, 2, interval('(', ']')),
  'Interval.Ropen': form(2, 2, interval('[', ')')),
  FiniteSet: form(0, 400, (items) => ({ kind: 'set', items })),
  Union: form(2, 40, combination('∪')),
  Intersection: form(2, 40, combination('∩')),
  Complement: form(2, 2, combination('∖')),
  Eq: form(2, 2, relation('=')),
  Ne: form(2, 2, relation('≠')),
  Lt: form(2, 2, relation('<')),
  Le: form(2, 2, relation('≤')),
  Gt: form(2, 2, relation('>')),
  Ge: form(2, 2, relation('≥')),
  And: form(1, 40, (items) => ({ kind: 'list', items, joint: 'and' })),
  Or: form(1, 40, (items) => ({ kind: 'list', items, joint: 'or' })),
  Tuple: form(2, 400, (items) => ({ kind: 'tuple', open: '(', close: ')', items })),
  Matrix: form(1, 3, ([first, columns, entries]) =>
    entries === undefined ? matrixOf(first!) : inRows(first!, columns!, entries),
  ),
  zeros: form(1, 2, ([rows, columns]) => filledWith(0, rows!, columns ?? rows!)),
  ones: form(1, 2, ([rows, columns]) => filledWith(1, rows!, columns ?? rows!)),
  diag: form(1, LARGEST_SIZE, diagonal),
  Piecewise: form(1, 12, (items) => ({ kind: 'list', items: items.map(caseOf) })),
};

const SAME: Readonly<Record<string, string>> = {
  ImmutableMatrix: 'Matrix',
  array: 'Matrix',
  matrix: 'Matrix',
  real_root: 'root',
  Log: 'log',
  sympify: 'S',
  float: 'S',
  pow: 'Pow',
  comb: 'binomial',
};

/** `Rational(5, 6)`, `Matrix([[1, 2], [3, 4]])`: the name is taken already, its brackets are not. */
export function readPythonCall(reader: Reader, name: string): Node {
  const { least, most, make } = FORMS[SAME[name] ?? name]!;
  const args = argumentsOf(reader);
  if (args.length < least || args.length > most) throw new ReadFailure(`${args.length} arguments of ${name}`);
  return make(args);
}

function argumentsOf(reader: Reader): Node[] {
  expectMark(reader, '(');
  const bars = reader.bars;
  reader.bars = 0;
  const args: Node[] = [];
  while (!isMark(reader, ')')) {
    args.push(reader.grammar.item(reader));
    if (!takeMark(reader, ',')) break;
  }
  expectMark(reader, ')');
  reader.bars = bars;
  return args;
}

/** Rows of entries; a plain list is a column, as SymPy has it. */
function matrixOf(rows: Node): Node {
  const items = rows.kind === 'tuple' ? rows.items : [rows];
  const entries = items.map((row) => (row.kind === 'tuple' ? row.items : [row]));
  if (entries.some((row) => row.length !== entries[0]!.length)) throw new ReadFailure('rows of different length');
  return { kind: 'matrix', rows: entries };
}
