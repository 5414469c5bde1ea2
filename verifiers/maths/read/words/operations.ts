import { BELOW_TWENTY } from '../../../claims/words/counts.ts';
import { addition, difference, fraction, integerNode, type Node, negation, product } from '../../tree.ts';
import { partsInWhole, readNumberWords } from './number-words.ts';
import { plainWords } from './phrases.ts';

const power = (base: Node, exponent: number): Node => ({ kind: 'power', base, exponent: integerNode(exponent) });
const root = (radicand: Node, index: number): Node => ({ kind: 'root', radicand, index: integerNode(index) });

type Operation = (value: Node) => Node;

/** Words in front of one value that calculate with it. */
const BEFORE: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['plus', (value) => value],
  ['minus', negation],
  ['negative', negation],
  ['positive', (value) => value],
  ['plus', (value) => value],
  ['negative of', negation],
  ['opposite of', negation],
  ['half of', (value) => fraction(value, integerNode(2))],
  ['one half of', (value) => fraction(value, integerNode(2))],
  ['twice', (value) => product([integerNode(2), value])],
  ['thrice', (value) => product([integerNode(3), value])],
  ['double of', (value) => product([integerNode(2), value])],
  ['triple of', (value) => product([integerNode(3), value])],
  ['double', (value) => product([integerNode(2), value])],
  ['triple', (value) => product([integerNode(3), value])],
  ['square of', (value) => power(value, 2)],
  ['cube of', (value) => power(value, 3)],
  ['square root of', (value) => root(value, 2)],
  ['root', (value) => root(value, 2)],
  ['cube root of', (value) => root(value, 3)],
  ['one over', (value) => fraction(integerNode(1), value)],
  ['factorial of', (operand) => ({ kind: 'factorial', operand })],
  ['reciprocal of', (value) => fraction(integerNode(1), value)],
]);

/** Words behind one value that calculate with it. */
const BEHIND: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['squared', (value) => power(value, 2)],
  ['cubed', (value) => power(value, 3)],
  ['factorial', (operand) => ({ kind: 'factorial', operand })],
]);

/** Words between two values. */
const BETWEEN: ReadonlyMap<string, (left: Node, right: Node) => Node> = new Map([
  ['plus', (left, right) => addition([left, right])],
  ['minus', difference],
  ['times', (left, right) => product([left, right])],
  ['multiplied by', (left, right) => product([left, right])],
  ['over', fraction],
  ['divided by', fraction],
  ['out of', fraction],
  ['root', (left, right) => product([left, root(right, 2)])],
  ['times square root of', (left, right) => product([left, root(right, 2)])],
  ['times the square root of', (left, right) => product([left, root(right, 2)])],
]);

/** An answer that calculates in words: `\text{minus } 3`, `half of 3`, `3 \text{ out of } 4`; any other as it is. */
export function withOperations(node: Node): Node {
  if (node.kind === 'add' && node.terms.length === 2) return between(node.terms[0]!, node.terms[1]!) ?? node;
  if (node.kind !== 'multiply') return node;
  const factors = node.factors.flatMap((factor) => (factor.kind === 'multiply' ? factor.factors : [factor]));
  const [first, second, third, ...more] = factors;
  if (more.length > 0 || second === undefined) return node;
  if (third !== undefined) return between({ kind: 'multiply', factors: [first!, second] }, third) ?? node;
  const before =
    first!.kind === 'unit'
      ? (BEFORE.get(phraseOf(first!)) ?? partTaken(phraseOf(first!)) ?? shifted(phraseOf(first!)))
      : undefined;
  if (before !== undefined && isValue(second)) return before(second);
  const behind =
    second.kind === 'unit'
      ? (BEHIND.get(phraseOf(second)) ??
        partNamed(phraseOf(second)) ??
        mixedWith(phraseOf(second)) ??
        calculatedWith(phraseOf(second)))
      : undefined;
  return behind !== undefined && isValue(first!) ? behind(first!) : node;
}

/** `a third of 3`, `two fifths of 3` */
function partTaken(words: string): Operation | undefined {
  const part = words.endsWith(' of')
    ? (readNumberWords(words.slice(0, -3)) ?? readNumberWords(`one ${words.slice(0, -3)}`))
    : null;
  return part?.kind === 'divide' ? (value) => product([part, value]) : undefined;
}

/** `one less than 8`, `five more than 8` */
function shifted(words: string): Operation | undefined {
  const [, by, way] = /^(\S.*) (more|greater|larger|less|fewer|smaller) than$/.exec(words) ?? [];
  const step = by === undefined ? null : readNumberWords(by);
  if (step === null) return undefined;
  return /^[mgl]/.test(way!) && way !== 'less'
    ? (value) => addition([value, step])
    : (value) => difference(value, step);
}

/** `2 thirds`; quarters are coins too, and stay a unit. */
function partNamed(word: string): Operation | undefined {
  const below = word.endsWith('s') && word !== 'quarters' ? partsInWhole(word) : undefined;
  return below === undefined ? undefined : (value) => fraction(value, integerNode(below));
}

/** `3 and a half` */
function mixedWith(words: string): Operation | undefined {
  const part = words.startsWith('and ') ? readNumberWords(words.slice(4).replace(/^an? /, 'one ')) : null;
  return part?.kind === 'divide' ? (value) => addition([value, part]) : undefined;
}

/** `144 minus one`, `3 point five` */
function calculatedWith(words: string): Operation | undefined {
  const [, sign, said] = /^(point|[a-z]+(?: by)?) (\S.*)$/.exec(words) ?? [];
  if (said === undefined) return undefined;
  const places = sign === 'point' ? digitsOf(said) : null;
  if (places !== null)
    return (value) => addition([value, fraction(integerNode(Number(places)), integerNode(10 ** places.length))]);
  const operation = BETWEEN.get(sign!);
  const operand = operation === undefined ? null : readNumberWords(said);
  return operand === null ? undefined : (value) => operation!(value, operand);
}

/** `five`, `two five`: each word one digit; null for others. */
function digitsOf(said: string): string | null {
  const digits = said.split(' ').map((word) => BELOW_TWENTY.indexOf(word));
  return digits.length <= MOST_PLACES && digits.every((digit) => digit >= 0 && digit < 10) ? digits.join('') : null;
}

const MOST_PLACES = 6;

/** `3 \text{ out of } 4` has been read as a product and what follows it. */
function between(left: Node, right: Node): Node | null {
  if (left.kind !== 'multiply' || left.factors.length !== 2 || !isValue(right)) return null;
  const [value, word] = left.factors as [Node, Node];
  const operation = word.kind === 'unit' ? BETWEEN.get(phraseOf(word)) : undefined;
  return operation !== undefined && isValue(value) ? operation(value, right) : null;
}

const phraseOf = (node: Node & { kind: 'unit' }): string =>
  plainWords(node.name)
    .toLowerCase()
    .replace(/^(?:the|a) /, '');

const isValue = (node: Node): boolean =>
  ['number', 'constant', 'symbol', 'root', 'divide', 'power', 'negate', 'factorial'].includes(node.kind);
