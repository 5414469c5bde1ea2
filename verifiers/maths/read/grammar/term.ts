import { fraction, type Node, type NumberNode, negation, product } from '../../tree.ts';
import { isUnitName } from '../../value/units.ts';
import { ReadFailure, type Token } from '../tokens/token.ts';
import { isCommand, isCommandOf, isMark, nested, peek, type Reader } from './reader.ts';
import { readSigned } from './sum.ts';

/** Commands that end a product although they are no closing bracket. */
const ENDING: ReadonlySet<string> = new Set(
  'cdot times rfloor rceil rangle cup union cap setminus to le ge ne in notin approx equiv sim cong implies pm mp subset subseteq parallel perp propto mid pmod bmod mod over choose nmid nparallel ncong nsim nsubseteq nless ngtr nleq ngeq ll gg not quad wedge vee iff therefore'.split(
    ' ',
  ),
);

/** Divisions and percent signs nest the tree; a plain product does not. */
const MOST_NESTING = 60;

/** Factors joined by `\cdot`, `/` or nothing; `3 \frac12` is a mixed number. */
export const readTerm = (reader: Reader): Node => nested(reader, termOf);

function termOf(reader: Reader): Node {
  let left = readSigned(reader);
  for (let nesting = 0; nesting < MOST_NESTING; nesting += left.kind === 'multiply' ? 0 : 1) {
    const token = peek(reader);
    if (token === undefined) return left;
    if (isTimes(token)) {
      reader.at += 1;
      const right = readSigned(reader);
      left = (token.text === 'times' ? crossed(left, right) : null) ?? times(left, right);
    } else if (isMark(reader, '/')) {
      reader.at += 1;
      left = divided(reader, left);
    } else if (isMark(reader, '%')) {
      reader.at += 1;
      left = { kind: 'percent', operand: left };
    } else if (startsFactor(reader)) left = adjoined(reader, left);
    else return readModulus(reader, left);
  }
  throw new ReadFailure('too many operators in one product');
}

const isTimes = ({ kind, text }: Token): boolean =>
  kind === 'mark' ? text === '*' : kind === 'command' && (text === 'cdot' || text === 'times');

/** `\vec{b} \times \vec{a}` as `-(\vec{a} \times \vec{b})`; null for what is no product of two vectors. */
function crossed(left: Node, right: Node): Node | null {
  const [vector, ...scalars] = left.kind === 'multiply' ? left.factors.toReversed() : [left];
  if (!isVector(vector!) || !isVector(right)) return null;
  const product: Node = {
    kind: 'apply',
    name: '×',
    args: vector.name < right.name ? [vector, right] : [right, vector],
  };
  return scalars.reduce(times, vector.name < right.name ? product : negation(product));
}

const isVector = (node: Node): node is Node & { kind: 'symbol' } =>
  node.kind === 'symbol' && /^(?:vec|overrightarrow) [a-zA-Z]{1,2}$/.test(node.name);

/** A product that is being read is nobody else's yet: it grows in place, or a long one would be copied at each factor. */
function times(left: Node, right: Node): Node {
  if (left.kind !== 'multiply') return product([left, right]);
  (left.factors as Node[]).push(right);
  return left;
}

/** After a slash: one factor; `3 1/2` becomes three and a half here, where its second numeral meets its third. */
function divided(reader: Reader, left: Node): Node {
  const right = readSigned(reader);
  const perUnit = right.kind === 'symbol' && isUnitName(right.name) && endsInMeasure(left);
  return fraction(left, perUnit ? { kind: 'unit', name: right.name } : right);
}

export function startsFactor(reader: Reader): boolean {
  const token = peek(reader);
  if (token === undefined) return false;
  if (token.kind === 'mark')
    return '([{'.includes(token.text) || token.text === '\\{' || (token.text === '|' && reader.bars === 0);
  if (token.kind === 'command') return !ENDING.has(token.text);
  return token.kind !== 'end';
}

function adjoined(reader: Reader, left: Node): Node {
  const token = peek(reader)!;
  if (token.kind === 'number' && left.kind === 'number') return mixedWithSlash(reader, left);
  if (token.kind === 'number' && endsInUnit(left)) return { kind: 'add', terms: [left, reader.grammar.term(reader)] };
  if (token.kind === 'number' && !token.spaced && !mayPrecedeNumeral(lastOf(left)))
    throw new ReadFailure(`a numeral right after ${left.kind}`);
  const right = reader.grammar.power(reader);
  // `144 minus one`
  if (right.kind === 'negate' && (token.kind === 'text' || token.kind === 'word'))
    return { kind: 'add', terms: [left, right] };
  if (token.text !== 'frac') return times(left, right);
  if (isMixed(left, right)) return { kind: 'add', terms: [left, right] };
  const [part, ...units] = right.kind === 'multiply' ? right.factors : [right];
  return isMixed(left, part!) ? product([{ kind: 'add', terms: [left, part!] }, ...units]) : times(left, right);
}

/** `5% 3`, and `3 + i4` as engineers write it. */
const mayPrecedeNumeral = (node: Node): boolean =>
  ['percent', 'unit', 'factorial'].includes(node.kind) || (node.kind === 'constant' && node.name === 'i');

const lastOf = (node: Node): Node => (node.kind === 'multiply' ? node.factors.at(-1)! : node);

/** `10 km / h`: a letter under a unit is one too. */
function endsInMeasure(left: Node): boolean {
  const last = left.kind === 'multiply' ? left.factors.at(-1)! : left;
  return last.kind === 'unit' || (last.kind === 'power' && last.base.kind === 'unit');
}

/** `3 ft 6 in` is a sum. */
const endsInUnit = (left: Node): boolean =>
  left.kind === 'multiply' && left.factors[0]!.kind === 'number' && left.factors.at(-1)!.kind === 'unit';

function isMixed(left: Node, right: Node): boolean {
  if (left.kind !== 'number' || left.value.d !== 1n || left.decimals !== null || right.kind !== 'divide') return false;
  const { numerator, denominator } = right;
  return isWhole(numerator) && isWhole(denominator) && numerator.value.n < denominator.value.n;
}

const isWhole = (node: Node): node is NumberNode =>
  node.kind === 'number' && node.value.d === 1n && node.decimals === null;

/** `3 1/2`: two numerals side by side are only read where a fraction follows. */
function mixedWithSlash(reader: Reader, whole: NumberNode): Node {
  const numerator = reader.grammar.power(reader);
  if (!isMark(reader, '/')) throw new ReadFailure('two numerals side by side');
  reader.at += 1;
  const part = fraction(numerator, reader.grammar.power(reader));
  if (!isMixed(whole, part)) throw new ReadFailure('two numerals side by side');
  return { kind: 'add', terms: [whole, part] };
}

const MODULUS: ReadonlySet<string> = new Set(['pmod', 'bmod', 'mod']);

/** `17 \bmod 5` is a value, `17 \pmod{5}` a class of them. */
function readModulus(reader: Reader, left: Node): Node {
  if (!isCommandOf(reader, MODULUS)) return left;
  const name = isCommand(reader, 'pmod') ? 'congruent' : 'modulo';
  reader.at += 1;
  return { kind: 'call', name, args: [left, reader.grammar.power(reader)] };
}
