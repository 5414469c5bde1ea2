import type { Rational } from './value/rational.ts';

/** What an answer means, as it was read. Expressions first, then the forms that hold several. */
export type Node = Expression | Structure;

export type Expression =
  | NumberNode
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'constant'; readonly name: 'pi' | 'e' | 'i' | 'infinity' }
  | { readonly kind: 'add'; readonly terms: readonly Node[] }
  | { readonly kind: 'multiply'; readonly factors: readonly Node[] }
  | { readonly kind: 'divide'; readonly numerator: Node; readonly denominator: Node }
  | { readonly kind: 'negate'; readonly operand: Node }
  | { readonly kind: 'power'; readonly base: Node; readonly exponent: Node }
  | { readonly kind: 'root'; readonly radicand: Node; readonly index: Node }
  | { readonly kind: 'factorial'; readonly operand: Node }
  | { readonly kind: 'percent'; readonly operand: Node }
  /** A function that is known by name (`sin`, `floor`, `binomial`). */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  /** A function that is only named (`f(x)`, `a_{n+1}`); equal arguments give equal values, no more is known. */
  | { readonly kind: 'apply'; readonly name: string; readonly args: readonly Node[] }
  | BigOperator
  | { readonly kind: 'plusMinus'; readonly sign: 1 | -1; readonly operand: Node }
  /** A unit as a factor, before `quantity` gathers it. */
  | { readonly kind: 'unit'; readonly name: string }
  | { readonly kind: 'matrix'; readonly rows: readonly (readonly Node[])[] };

export interface NumberNode {
  readonly kind: 'number';
  readonly value: Rational;
  /** Digits shown after the decimal point; null for an integer or an exact repeating decimal. */
  readonly decimals: number | null;
  /** Whether dots say that more decimals follow: `1.4142…`. */
  readonly cut?: boolean;
  /** The other reading of an ambiguous numeral: `100,200` is a number or a list, `3,14` a list or a decimal. */
  readonly listed?: readonly Rational[];
}

export interface BigOperator {
  readonly kind: 'big';
  readonly operator: 'sum' | 'product' | 'integral' | 'limit';
  readonly variable: string | null;
  readonly lower: Node | null;
  readonly upper: Node | null;
  readonly body: Node;
}

export type Comparison =
  | '='
  | '≠'
  | '<'
  | '>'
  | '≤'
  | '≥'
  | '∈'
  | '∉'
  | '≈'
  | '≡'
  | '∣'
  | '→'
  | '⊂'
  | '∼'
  | '≅'
  | '∥'
  | '⊥'
  | '∝';

export type Structure =
  /** How inequalities or words are joined, where that is said and counts: `x < 1 or x > 2`. */
  | { readonly kind: 'list'; readonly items: readonly Node[]; readonly joint?: 'and' | 'or' }
  | { readonly kind: 'set'; readonly items: readonly Node[] }
  | { readonly kind: 'setBuilder'; readonly element: Node; readonly condition: Node }
  /** Ordered, with its brackets: `(1,2)` is a point or an open interval until it is compared. */
  | { readonly kind: 'tuple'; readonly open: '(' | '['; readonly close: ')' | ']'; readonly items: readonly Node[] }
  | { readonly kind: 'combination'; readonly operator: '∪' | '∩' | '∖'; readonly operands: readonly Node[] }
  | { readonly kind: 'relation'; readonly operators: readonly Comparison[]; readonly sides: readonly Node[] }
  | { readonly kind: 'numberSet'; readonly name: string }
  | { readonly kind: 'ratio'; readonly parts: readonly Node[] }
  | { readonly kind: 'clock'; readonly minutes: number; readonly half: 'am' | 'pm' | null }
  | { readonly kind: 'numeral'; readonly digits: string; readonly base: number }
  | { readonly kind: 'ellipsis' }
  /** A choice with its content: `(C) 25`. */
  | { readonly kind: 'labelled'; readonly letter: string; readonly content: Node }
  /** An answer with the clause that says where it holds: `6 \text{ at } x = 2`; null for one that says "for all". */
  | { readonly kind: 'qualified'; readonly content: Node; readonly condition: Node | null }
  | { readonly kind: 'text'; readonly words: string }
  /** Neither maths that could be parsed nor words; equal only to itself. */
  | { readonly kind: 'unreadable'; readonly source: string; readonly why: string };

export const numberNode = (value: Rational, decimals: number | null = null): NumberNode => ({
  kind: 'number',
  value,
  decimals,
});
export const integerNode = (value: number): NumberNode => numberNode({ n: BigInt(value), d: 1n });
export const symbol = (name: string): Node => ({ kind: 'symbol', name });
export const addition = (terms: readonly Node[]): Node => (terms.length === 1 ? terms[0]! : { kind: 'add', terms });
export const product = (factors: readonly Node[]): Node =>
  factors.length === 1 ? factors[0]! : { kind: 'multiply', factors };
export const negation = (operand: Node): Node => ({ kind: 'negate', operand });
export const fraction = (numerator: Node, denominator: Node): Node => ({ kind: 'divide', numerator, denominator });
export const difference = (left: Node, right: Node): Node => ({ kind: 'add', terms: [left, negation(right)] });
