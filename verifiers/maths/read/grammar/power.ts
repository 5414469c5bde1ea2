import {
  addition,
  difference,
  fraction,
  integerNode,
  type Node,
  type NumberNode,
  negation,
  numberNode,
  product,
  symbol,
} from '../../tree.ts';
import { ReadFailure } from '../tokens/token.ts';
import { isMark, nested, peek, type Reader, take, takeMark } from './reader.ts';

/** Each sign nests the tree by one. */
const MOST_SIGNS = 30;

/** An atom with what is written after it: powers, factorials, primes, percent signs, degrees. */
export const readPower = (reader: Reader): Node => nested(reader, powerOf);

function powerOf(reader: Reader): Node {
  let base = reader.grammar.atom(reader);
  for (let count = 0; count < MOST_SIGNS; count += 1) {
    const next = postfix(reader, base);
    if (next === null) return base;
    base = next;
  }
  throw new ReadFailure('too many signs after one value');
}

function postfix(reader: Reader, base: Node): Node | null {
  const token = peek(reader);
  if (token?.kind === 'mark') {
    if (token.text === '^') return raised(reader, base);
    if (token.text === '!') {
      reader.at += 1;
      if (isMark(reader, '!') && !peek(reader)!.spaced && base.kind === 'number') {
        reader.at += 1;
        return doubleFactorial(base);
      }
      return { kind: 'factorial', operand: base };
    }
    if (token.text === "'") {
      reader.at += 1;
      return { kind: 'apply', name: "'", args: [base] };
    }
  } else if (token?.kind === 'command' && token.text === 'degree') {
    reader.at += 1;
    return withDegrees(base);
  }
  return null;
}

const LARGEST_DOUBLE = 300n;

/** `7!!` is 7 · 5 · 3 · 1. */
function doubleFactorial({ value }: NumberNode): Node {
  if (value.d !== 1n || value.n < 0n || value.n > LARGEST_DOUBLE) throw new ReadFailure('a double factorial too large');
  let product = 1n;
  for (let factor = value.n; factor > 1n; factor -= 2n) product *= factor;
  return numberNode({ n: product, d: 1n });
}

function raised(reader: Reader, base: Node): Node {
  reader.at += 1;
  const braced = isMark(reader, '{');
  const ahead = braced ? 1 : 0;
  const token = peek(reader, ahead);
  if (token?.kind === 'command' && (token.text === 'circ' || token.text === 'degree'))
    return degrees(reader, base, braced);
  if (isPrimes(reader, braced)) return primes(reader, base, braced);
  if (base.kind === 'power' && isPlainTower(reader))
    return {
      kind: 'power',
      base: base.base,
      exponent: { kind: 'power', base: base.exponent, exponent: exponent(reader) },
    };
  const by = exponent(reader);
  const chosen = base.kind === 'symbol' && by.kind === 'number' ? /^([CAP])_(\d{1,4})$/.exec(base.name) : null;
  if (chosen !== null) return counted(chosen[1]!, integerNode(Number(chosen[2])), by);
  const some = base.kind === 'symbol' ? CHOSEN_OF_LETTERS.exec(base.name) : null;
  if (some !== null && (by.kind === 'number' || by.kind === 'symbol')) return counted('C', countOf(some), by);
  return { kind: 'power', base, exponent: by };
}

/** `C_{n+1}^2`, `C_{2n}^n` */
const CHOSEN_OF_LETTERS = /^C_(\d{0,2})([nmkN])(?:([+-])(\d{1,2}))?$/;

function countOf([, factor, name, sign, more]: RegExpExecArray): Node {
  const multiple = factor === '' ? symbol(name!) : product([integerNode(Number(factor)), symbol(name!)]);
  if (more === undefined) return multiple;
  const shift = integerNode(Number(more));
  return sign === '-' ? difference(multiple, shift) : addition([multiple, shift]);
}

/** `C_{10}^3` chooses three of ten, `A_{10}^3` and `P_{10}^3` place them. */
function counted(sign: string, all: Node, some: Node): Node {
  if (sign === 'C') return { kind: 'call', name: 'binom', args: [all, some] };
  const factorial = (operand: Node): Node => ({ kind: 'factorial', operand });
  return fraction(factorial(all), factorial(difference(all, some)));
}

/** `2^3^2` is not LaTeX, but in plain text powers bind to the right. */
const isPlainTower = (reader: Reader): boolean =>
  reader.tokens[reader.at - 2]?.text !== '}' && reader.tokens[reader.at - 2]?.text !== ')';

/** `x^10` means ten here, as plain text does, and not LaTeX's `x^1 0`. */
function exponent(reader: Reader): Node {
  if (takeMark(reader, '-')) return negation(exponent(reader));
  if (takeMark(reader, '+')) return exponent(reader);
  return reader.grammar.atom(reader);
}

function degrees(reader: Reader, base: Node, braced: boolean): Node {
  reader.at += braced ? 3 : 1;
  const scale = peek(reader);
  const last = reader.at + 1 === reader.tokens.length;
  if (
    scale !== undefined &&
    (scale.kind === 'letter' || scale.kind === 'text') &&
    /^\s*[CF]\s*$/.test(scale.text) &&
    (last || !scale.spaced)
  ) {
    take(reader);
    return {
      kind: 'multiply',
      factors: [base, { kind: 'unit', name: scale.text.trim() === 'C' ? 'celsius' : 'fahrenheit' }],
    };
  }
  return withDegrees(base);
}

const withDegrees = (base: Node): Node => ({ kind: 'multiply', factors: [base, { kind: 'unit', name: 'degree' }] });

const isPrimes = (reader: Reader, braced: boolean): boolean => isMark(reader, "'", braced ? 1 : 0);

function primes(reader: Reader, base: Node, braced: boolean): Node {
  if (braced) reader.at += 1;
  while (takeMark(reader, "'")) base = { kind: 'apply', name: "'", args: [base] };
  if (braced) takeMark(reader, '}');
  return base;
}

/** An argument of `\frac` or `\sqrt`: a group, or one token; of a bare numeral the first digit where `oneDigit`. */
export function readArgument(reader: Reader, oneDigit: boolean): Node {
  const token = peek(reader);
  if (oneDigit && token?.kind === 'number' && /^\d\d/.test(token.text)) {
    const rest = token.text.slice(1);
    const value = BigInt(rest.replace(/\D/g, ''));
    reader.tokens[reader.at] = {
      ...token,
      text: rest,
      spaced: false,
      number: { kind: 'number', value: { n: value, d: 1n }, decimals: null },
    };
    return integerNode(Number(token.text[0]));
  }
  if (isMark(reader, '{') && isMark(reader, '}', 1)) throw new ReadFailure('an argument without content');
  if (isMark(reader, '-')) {
    reader.at += 1;
    return negation(readArgument(reader, oneDigit));
  }
  return reader.grammar.atom(reader);
}
