import { fraction, type Node, negation, product, symbol } from '../../tree.ts';
import { rebuild } from '../../value/rebuild.ts';
import { isUnitName } from '../../value/units.ts';
import { ReadFailure, type Token } from '../tokens/token.ts';
import { FUNCTIONS, GREEK, OPERATORS } from '../tokens/vocabulary.ts';
import { plainWords, readText } from '../words/phrases.ts';
import { isBigOperator, readBigOperator } from './big-operators.ts';
import { readAngle, readGroup, readRound, readSet } from './brackets.ts';
import { readEnvironment } from './environments.ts';
import { readFunction } from './functions.ts';
import { readArgument } from './power.ts';
import { readPythonCall } from './python.ts';
import { expectMark, isCommand, isMark, nested, peek, type Reader, take, takeMark } from './reader.ts';
import { readSymbol, spelled, subscriptOf, takeBraces } from './symbols.ts';

const NUMBER_SETS: Readonly<Record<string, string>> = { R: 'R', Z: 'Z', N: 'N', Q: 'Q', C: 'C' };
const DECORATIONS: ReadonlySet<string> = new Set(
  'overline vec hat widehat tilde widetilde overrightarrow angle triangle sphericalangle measuredangle square Box odot dot overbrace underbrace stackrel'.split(
    ' ',
  ),
);

const INFINITIES: ReadonlySet<string> = new Set(['infty', 'infinity', 'inf', 'oo']);

/** One operand: a numeral, a symbol, a bracket, a function with its argument, a text. */
export const readAtom = (reader: Reader): Node => nested(reader, atomOf);

function atomOf(reader: Reader): Node {
  const token = peek(reader);
  if (token === undefined) throw new ReadFailure('the answer breaks off');
  if (token.kind === 'mark') return readMark(reader, token);
  if (token.kind === 'begin') return readEnvironment(reader);
  reader.at += 1;
  if (token.kind === 'number') return readNumber(reader, token);
  if (token.kind === 'letter') return readSymbol(reader, token.text);
  if (token.kind === 'command') return readCommand(reader, token.text);
  if (token.kind === 'end') throw new ReadFailure('an environment that was not begun');
  if (isUnitLetter(reader, token)) return { kind: 'unit', name: plainWords(token.text) };
  return readText(phraseFrom(reader, token));
}

function readMark(reader: Reader, token: Token): Node {
  if (token.text === '(' || token.text === '[') return readRound(reader);
  if (token.text === '{') return readGroup(reader);
  if (token.text === '\\{') return readSet(reader);
  if (token.text === '|') return readBars(reader);
  throw new ReadFailure(`${token.text} where an operand should be`);
}

function readBars(reader: Reader): Node {
  reader.at += 1;
  reader.bars += 1;
  const start = reader.at;
  let content = reader.grammar.sum(reader);
  if (!isMark(reader, '|')) {
    reader.at = start;
    content = reader.grammar.item(reader);
  }
  reader.bars -= 1;
  expectMark(reader, '|');
  // `|A \cup B|` counts members.
  return content.kind === 'combination'
    ? { kind: 'apply', name: 'cardinality', args: [content] }
    : { kind: 'call', name: 'abs', args: [content] };
}

/** A numeral; with a subscript one of another base: `1011_2`. */
function readNumber(reader: Reader, token: Token & { kind: 'number' }): Node {
  if (!isMark(reader, '_') || !/^\d+$/.test(token.text)) return token.number;
  const base = Number(/\d+/.exec(subscriptOf(reader))?.[0]);
  if (!(base >= 2 && base <= 36)) throw new ReadFailure('a base that cannot be read');
  return { kind: 'numeral', digits: token.text, base };
}

/** `5 \text{ m}`: an upright letter after a value is its unit, and so is one after its unit: `\mathrm{m}/\mathrm{s}`, `\mathrm{m}\cdot\mathrm{s}^{-1}`. */
function isUnitLetter(reader: Reader, token: Token): boolean {
  const [before, further] = [reader.tokens[reader.at - 2], reader.tokens[reader.at - 3]];
  const afterValue = before?.kind === 'number' || before?.text === '}' || before?.text === ')';
  const joined = before !== undefined && ['/', '*', 'cdot'].includes(before.text);
  const afterUnit = before?.kind === 'text' || (joined && (further?.kind === 'text' || further?.text === '}'));
  return (
    token.kind === 'text' &&
    (afterValue || (afterUnit && reader.tokens[0]!.kind === 'number')) &&
    /^[\s~]*[a-zA-Z][\s~]*$/.test(token.text) &&
    isUnitName(plainWords(token.text))
  );
}

/** Words side by side are one phrase: `square units`, `apples each day`. */
function phraseFrom(reader: Reader, first: Token): string {
  const words = [first.text];
  while (peek(reader)?.kind === 'word') words.push(take(reader).text);
  return words.join(' ');
}

function readCommand(reader: Reader, name: string): Node {
  if (name.endsWith('()')) return readPythonCall(reader, name.slice(0, -2));
  if (name === 'frac') return readFraction(reader);
  if (name === 'binom') return readBinomial(reader);
  if (FUNCTIONS.has(name)) return readFunction(reader, name);
  if (isBigOperator(name)) return readBigOperator(reader, name);
  if (name === 'lfloor' || name === 'lceil') return readStep(reader, name);
  if (name === 'langle') return readAngle(reader);
  if (name === 'mathbb' || name === 'Bbb') return readNumberSet(reader);
  return readNamed(reader, name);
}

/** A letter under a unit is one too: `\frac{\text{km}}{\text{h}}`. */
function readFraction(reader: Reader): Node {
  const above = readArgument(reader, true);
  const below = readArgument(reader, true);
  const isRate = above.kind === 'unit' && below.kind === 'symbol' && isUnitName(below.name);
  return fraction(above, isRate ? { kind: 'unit', name: below.name } : below);
}

function readNamed(reader: Reader, name: string): Node {
  if (name === 'pi') return { kind: 'constant', name: 'pi' };
  if (INFINITIES.has(name)) return { kind: 'constant', name: 'infinity' };
  if (name === 'neg') return { kind: 'call', name: 'not', args: [reader.grammar.power(reader)] };
  if (name === 'complement') return symbol(name);
  if (name === 'emptyset') return { kind: 'set', items: [] };
  if (name === 'ldots') return { kind: 'ellipsis' };
  if (name === 'circ' || name === 'degree') return { kind: 'unit', name: 'degree' };
  if (name === 'Omega' && reader.tokens[reader.at - 2]?.kind === 'number') return { kind: 'unit', name: 'ohm' };
  if (name === 'i' || name === 'j' || GREEK.has(name)) return readSymbol(reader, name);
  if (DECORATIONS.has(name)) return readDecorated(reader, name);
  if (OPERATORS.has(name)) return { kind: 'apply', name, args: [reader.grammar.power(reader)] };
  if (/^[RZNQC]$/.test(name)) return { kind: 'numberSet', name };
  throw new ReadFailure(`\\${name} is not known`);
}

/** `\binom{7}{3}`, and `\binom{4}{1,1,2}` as the factorials that it is made of. */
function readBinomial(reader: Reader): Node {
  const args = isMark(reader, '(')
    ? tupleItems(reader.grammar.atom(reader))
    : [readArgument(reader, true), readArgument(reader, true)];
  const [upper, lower] = args;
  if (lower?.kind !== 'set') return { kind: 'call', name: 'binom', args };
  const factorial = (operand: Node): Node => ({ kind: 'factorial', operand });
  return fraction(factorial(upper!), product(lower.items.map(factorial)));
}

const tupleItems = (node: Node): readonly Node[] => (node.kind === 'tuple' ? node.items : [node]);

function readStep(reader: Reader, name: string): Node {
  const content = reader.grammar.sum(reader);
  if (!isCommand(reader, name.replace('l', 'r'))) throw new ReadFailure(`\\${name} is not closed`);
  reader.at += 1;
  return { kind: 'call', name: name === 'lfloor' ? 'floor' : 'ceil', args: [content] };
}

function readNumberSet(reader: Reader): Node {
  const name = isMark(reader, '{') ? spelled(takeBraces(reader)) : take(reader).text;
  if (name === 'E' || name === 'P') return { kind: 'apply', name, args: [reader.grammar.power(reader)] };
  const sign = signOf(reader);
  if (NUMBER_SETS[name] === undefined) throw new ReadFailure('a set of numbers that is not known');
  if (takeMark(reader, '^')) return { kind: 'apply', name: `${name}^`, args: [readArgument(reader, false)] };
  return { kind: 'numberSet', name: name + sign };
}

/** `\mathbb{R}^+` and `\mathbb{Z}_{>0}` are the positive ones, to which `\mathbb{R}_{\ge 0}` and `\mathbb{R}_0^+` add zero. */
function signOf(reader: Reader): string {
  const shown = spelled(reader.tokens.slice(reader.at, reader.at + 5)).replace(/ /g, '');
  const zero = /^_\{(ge|le)0\}/.exec(shown);
  if (zero !== null) {
    reader.at += 5;
    return zero[1] === 'ge' ? '≥0' : '≤0';
  }
  const match = /^(?:[\^_]\{?([+-])\}?|_\{([><])0\})/.exec(shown);
  if (match === null) return '';
  reader.at += match[0].length;
  return match[1] ?? (match[2] === '>' ? '+' : '-');
}

const CALCULATES: ReadonlySet<string> = new Set(['+', '-', 'cup', 'cap', 'vee', 'wedge', 'neg', 'setminus']);

/** `\overline{A \cup B}` is a complement and `\overline{3-2i}` a conjugate; null for a name. */
function overlined(reader: Reader): Node | null {
  const start = reader.at;
  const tokens = takeBraces(reader);
  reader.at = start;
  if (!tokens.some(({ kind, text }) => kind !== 'text' && CALCULATES.has(text))) return null;
  reader.at += 1;
  const content = reader.grammar.item(reader);
  expectMark(reader, '}');
  if (!isExpression(content)) return { kind: 'call', name: 'not', args: [content] };
  return rebuild(content, (node) => (node.kind === 'constant' && node.name === 'i' ? negation(node) : node));
}

const isExpression = ({ kind }: Node): boolean => kind !== 'combination' && kind !== 'relation' && kind !== 'call';

/** `\vec{v}` and `\overline{AB}` are names. */
function readDecorated(reader: Reader, name: string): Node {
  if (name === 'overline' && isMark(reader, '{')) {
    const whole = overlined(reader);
    if (whole !== null) return whole;
  }
  const content = (isMark(reader, '{') ? spelled(takeBraces(reader)) : take(reader).text).replace(/^\{ (.*) \}$/, '$1');
  // A segment is called by its ends, with a bar or without.
  if (name === 'overline' && /^[A-Z]{2}$/.test(content)) return symbol(content);
  return symbol(`${name} ${content}${subscriptOf(reader)}`);
}
