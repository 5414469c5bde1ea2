import { addition, type Node, negation } from '../../tree.ts';
import { sumOfProgression, sumUpToLetter } from './progressions.ts';
import { isCommand, isMark, nested, peek, type Reader } from './reader.ts';

/** Terms joined by `+`, `-`, `\pm`, `\mp`. */
export const readSum = (reader: Reader): Node => nested(reader, sumOf);

function sumOf(reader: Reader): Node {
  let start = reader.at;
  const terms = [signedTerm(reader)];
  while (isSign(reader)) {
    start = reader.at;
    terms.push(signedTerm(reader));
  }
  const last = terms.at(-1)!;
  if (!isModulus(last) || !isOpen(reader, start))
    return sumOfProgression(terms) ?? sumUpToLetter(terms, reader.budget) ?? addition(terms);
  return { ...last, args: [addition([...terms.slice(0, -1), last.args[0]!]), last.args[1]!] };
}

/** Whether a modulus since `start` stands in no bracket of its own: `n - (n \bmod 2)` is a difference. */
function isOpen({ tokens, at }: Reader, start: number): boolean {
  let depth = 0;
  for (const { kind, text } of tokens.slice(start, at)) {
    if (kind === 'mark' && '([{'.includes(text)) depth += 1;
    else if (kind === 'mark' && ')]}'.includes(text)) depth -= 1;
    else if (depth === 0 && kind === 'command' && /^[bp]?mod$/.test(text)) return true;
  }
  return false;
}

/** `2k + 3 \pmod 7` and `-4 \bmod 7` take all that stands before. */
const isModulus = (node: Node): node is Node & { kind: 'call' } =>
  node.kind === 'call' && (node.name === 'congruent' || node.name === 'modulo');

function isSign(reader: Reader): boolean {
  const token = peek(reader);
  if (token?.kind === 'mark') return token.text === '+' || token.text === '-';
  return token?.kind === 'command' && (token.text === 'pm' || token.text === 'mp');
}

function signedTerm(reader: Reader): Node {
  let negative = false;
  let either: 1 | -1 | null = null;
  while (isSign(reader)) {
    const { text } = reader.tokens[reader.at]!;
    if (text === '-') negative = !negative;
    if (text === 'pm' || text === 'mp') either = text === 'pm' ? 1 : -1;
    if (text === '+' && isMark(reader, '/', 1) && isMark(reader, '-', 2)) {
      either = 1;
      reader.at += 2;
    }
    reader.at += 1;
  }
  const start = reader.at;
  const term = reader.grammar.term(reader);
  const reaches = isModulus(term) && isOpen(reader, start);
  const signed = negative ? negated(term, reaches) : term;
  return either === null ? signed : withEither(signed, either, reaches);
}

function withEither(term: Node, sign: 1 | -1, reaches: boolean): Node {
  if (!reaches || !isModulus(term)) return { kind: 'plusMinus', sign, operand: term };
  return { ...term, args: [{ kind: 'plusMinus', sign, operand: term.args[0]! }, term.args[1]!] };
}

const negated = (term: Node, reaches: boolean): Node =>
  reaches && isModulus(term) ? { ...term, args: [negation(term.args[0]!), term.args[1]!] } : negation(term);

/** `-x` as a factor: `2 \cdot -x`, `a/-b`. */
export const readSigned = (reader: Reader): Node => nested(reader, signedOf);

function signedOf(reader: Reader): Node {
  if (isMark(reader, '-')) {
    reader.at += 1;
    return negation(readSigned(reader));
  }
  if (isMark(reader, '+')) reader.at += 1;
  if (isCommand(reader, 'pm')) {
    reader.at += 1;
    return { kind: 'plusMinus', sign: 1, operand: reader.grammar.power(reader) };
  }
  return reader.grammar.power(reader);
}
