import { addition, fraction, integerNode, type Node, product, symbol } from '../../tree.ts';
import { ReadFailure, type Token } from '../tokens/token.ts';
import { FUNCTIONS } from '../tokens/vocabulary.ts';
import { readArgument } from './power.ts';
import { isCommandOf, isMark, isMarkOf, nested, peek, type Reader, take, takeMark } from './reader.ts';
import { subscriptOf } from './symbols.ts';
import { startsFactor } from './term.ts';

const SEVERAL: ReadonlySet<string> = new Set(['max', 'min', 'gcd', 'lcm', 'binom']);

/** `\sin x`, `\sin^2 x`, `\sin^{-1} x`, `\log_2 8`, `\max(a, b)`: the name is taken already. */
export function readFunction(reader: Reader, name: string): Node {
  if (name === 'sqrt' || name === 'cbrt') return readRoot(reader, name);
  if (name === 'log' || name === 'ln' || name === 'lg') return readLogarithm(reader, name);
  if ((name === 'max' || name === 'min') && !isOpening(reader)) return extremum(reader, name);
  const power = takePower(reader);
  const inverse = power !== null && isMinusOne(power);
  const call: Node = { kind: 'call', name: canonical(inverse ? `arc${name}` : name), args: argumentsOf(reader, name) };
  const raised: Node = power === null || inverse ? call : { kind: 'power', base: call, exponent: power };
  if (name === 'cis') return onUnitCircle(call.args[0]!);
  return name === 'exp' ? { kind: 'power', base: { kind: 'constant', name: 'e' }, exponent: call.args[0]! } : raised;
}

/** `\operatorname{cis} x` is `\cos x + i \sin x`. */
const onUnitCircle = (angle: Node): Node =>
  addition([
    { kind: 'call', name: 'cos', args: [angle] },
    product([
      { kind: 'constant', name: 'i' },
      { kind: 'call', name: 'sin', args: [angle] },
    ]),
  ]);

/** `\max = 5` names a value, `\max_{x} f(x)` one of a function. */
function extremum(reader: Reader, name: string): Node {
  const full = name + subscriptOf(reader);
  return startsFactor(reader) ? { kind: 'apply', name: full, args: [reader.grammar.term(reader)] } : symbol(full);
}

const SPELLINGS: Readonly<Record<string, string>> = { tg: 'tan', ctg: 'cot', arctg: 'arctan', arcctg: 'arccot' };

const canonical = (name: string): string => SPELLINGS[name] ?? name.replace(/^a(?=(?:sin|cos|tan|cot)h?$)/, 'arc');

function readRoot(reader: Reader, name: string): Node {
  const index = takeIndex(reader) ?? integerNode(name === 'cbrt' ? 3 : 2);
  return { kind: 'root', radicand: readArgument(reader, false), index };
}

function takeIndex(reader: Reader): Node | null {
  if (!isMark(reader, '[')) return null;
  reader.at += 1;
  const index = reader.grammar.sum(reader);
  if (!takeMark(reader, ']')) throw new ReadFailure('the index of a root is not closed');
  return index;
}

/** A bare `\log` keeps its name: whether it means ten or e is for the comparison to try. */
function readLogarithm(reader: Reader, name: string): Node {
  const glued = gluedLogarithm(reader);
  if (glued !== null) return glued;
  const base = takeMark(reader, '_') ? readArgument(reader, false) : name === 'lg' ? integerNode(10) : null;
  const power = takePower(reader);
  const args = argumentsOf(reader, name);
  const plain: Node = { kind: 'call', name: name === 'log' && base === null ? 'log' : 'ln', args };
  const call = base === null ? plain : fraction(plain, { kind: 'call', name: 'ln', args: [base] });
  return power === null ? call : { kind: 'power', base: call, exponent: power };
}

/** `\log_23` shows the logarithm of 3 to base 2: TeX lowers one digit only. Null where an argument follows. */
function gluedLogarithm(reader: Reader): Node | null {
  const digits = isMark(reader, '_') ? peek(reader, 1) : undefined;
  if (digits?.kind !== 'number' || !/^[2-9]\d+$/.test(digits.text)) return null;
  const start = reader.at;
  reader.at += 2;
  if (startsFactor(reader) || isMark(reader, '^')) {
    reader.at = start;
    return null;
  }
  const logarithm = (value: string): Node => ({ kind: 'call', name: 'ln', args: [integerNode(Number(value))] });
  return fraction(logarithm(digits.text.slice(1)), logarithm(digits.text[0]!));
}

function takePower(reader: Reader): Node | null {
  return takeMark(reader, '^') ? readArgument(reader, false) : null;
}

const isMinusOne = (node: Node): boolean =>
  node.kind === 'negate' &&
  node.operand.kind === 'number' &&
  node.operand.value.n === 1n &&
  node.operand.value.d === 1n;

function argumentsOf(reader: Reader, name: string): Node[] {
  const argument = nested(reader, argumentOf);
  const several = argument.kind === 'tuple' || argument.kind === 'list' || argument.kind === 'set';
  if (several && SEVERAL.has(name) && argument.items.length > 0) return [...argument.items];
  if (several) throw new ReadFailure(`several arguments of ${name}`);
  return [argument];
}

const argumentOf = (reader: Reader): Node => (isOpening(reader) ? readArgument(reader, false) : unbracketed(reader));

const OPENING: ReadonlySet<string> = new Set(['(', '[', '{', '|', '\\{']);
const isOpening = (reader: Reader): boolean => isMarkOf(reader, OPENING);

/** `\sin 2x \cos x`: an argument without brackets reaches over factors, up to the next function or bracket; so in `\ln 3/\ln 2`. */
function unbracketed(reader: Reader): Node {
  if (isMark(reader, '-')) {
    reader.at += 1;
    return { kind: 'negate', operand: unbracketed(reader) };
  }
  const factors = [reader.grammar.power(reader)];
  while (continues(reader)) factors.push(reader.grammar.power(reader));
  const whole = product(factors);
  const divides = isMark(reader, '/') && !reader.tokens[reader.at]!.spaced;
  if (!divides || isMark(reader, '(', 1) || isFunction(peek(reader, 1))) return whole;
  take(reader);
  return fraction(whole, reader.grammar.power(reader));
}

const BIG: ReadonlySet<string> = new Set(['sum', 'int', 'prod']);

const isFunction = (token: Token | undefined): boolean => token?.kind === 'command' && FUNCTIONS.has(token.text);

const FURTHEST_BACK = 60;

/** In `\int \ln x \, dx` the argument ends before the differential. */
const isDifferential = (reader: Reader): boolean =>
  peek(reader)!.text === 'd' &&
  peek(reader, 1)?.kind === 'letter' &&
  reader.tokens.slice(Math.max(0, reader.at - FURTHEST_BACK), reader.at).some(({ text }) => text === 'int');

function continues(reader: Reader): boolean {
  const token = peek(reader);
  if (token === undefined || !startsFactor(reader) || isDifferential(reader)) return false;
  if (token.kind === 'command') return !isFunction(token) && !isCommandOf(reader, BIG);
  return token.kind === 'letter' || token.kind === 'number';
}
