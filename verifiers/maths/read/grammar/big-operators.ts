import { type BigOperator, fraction, integerNode, type Node, symbol } from '../../tree.ts';
import { rebuild } from '../../value/rebuild.ts';
import { ReadFailure, type Token } from '../tokens/token.ts';
import { readArgument } from './power.ts';
import { isMark, newReader, type Reader, takeMark } from './reader.ts';
import { takeBraces } from './symbols.ts';

const OPERATORS: Readonly<Record<string, BigOperator['operator']>> = {
  sum: 'sum',
  prod: 'product',
  int: 'integral',
  lim: 'limit',
  iint: 'integral',
  oint: 'integral',
};

export const isBigOperator = (command: string): boolean => OPERATORS[command] !== undefined;

/** `\sum_{k=1}^{n} k`, `\prod`, `\int_0^1 x\,dx`, `\lim_{x \to 0}`: the command is taken already. */
export function readBigOperator(reader: Reader, command: string): Node {
  let bounds: { variable: string | null; lower: Node | null } = { variable: null, lower: null };
  let upper: Node | null = null;
  for (let count = 0; count < 2; count += 1) {
    if (takeMark(reader, '_')) bounds = lowerBound(reader);
    else if (takeMark(reader, '^')) upper = readArgument(reader, false);
  }
  const operator = OPERATORS[command]!;
  const body = withIndex(reader.grammar.term(reader), bounds.variable);
  if (operator !== 'integral') return { kind: 'big', operator, ...bounds, upper, body };
  return { kind: 'big', operator, ...integrand(body), lower: bounds.lower, upper };
}

/** `\sum_{i=1}^{3} i^2`: an index named i is not the imaginary unit, nor is an index e Euler's number. */
function withIndex(body: Node, index: string | null): Node {
  return rebuild(body, (node) => (node.kind === 'constant' && node.name === index ? symbol(node.name) : node));
}

function lowerBound(reader: Reader): { variable: string | null; lower: Node | null } {
  if (!isMark(reader, '{')) return { variable: null, lower: readArgument(reader, false) };
  const tokens = takeBraces(reader);
  const equals = tokens.findIndex(
    (token) => (token.kind === 'mark' && token.text === '=') || (token.kind === 'command' && token.text === 'to'),
  );
  if (equals < 0) return { variable: null, lower: readPart(reader, tokens) };
  if (equals !== 1) throw new ReadFailure('a bound that cannot be read');
  return { variable: tokens[0]!.text, lower: readPart(reader, tokens.slice(2)) };
}

function readPart(reader: Reader, tokens: Token[]): Node {
  const inner = newReader([...tokens], reader.grammar, reader.budget);
  inner.depth = reader.depth + 1;
  const node = reader.grammar.item(inner);
  if (inner.at < inner.tokens.length) throw new ReadFailure('a bound that cannot be read');
  return node;
}

/** The `dx` at an integrand's end, or above its fraction, names its variable. */
function integrand(body: Node): { variable: string | null; body: Node } {
  if (body.kind === 'divide') {
    const above = integrand(body.numerator);
    return { variable: above.variable, body: above.variable === null ? body : fraction(above.body, body.denominator) };
  }
  const factors = body.kind === 'multiply' ? body.factors : [body];
  const [differential, variable] = factors.slice(-2);
  if (differential?.kind !== 'symbol' || differential.name !== 'd' || variable?.kind !== 'symbol')
    return { variable: null, body };
  const rest = factors.slice(0, -2);
  return {
    variable: variable.name,
    body: rest.length === 0 ? integerNode(1) : rest.length === 1 ? rest[0]! : { kind: 'multiply', factors: rest },
  };
}
