import type { Comparison, Node } from '../../tree.ts';
import { ReadFailure } from '../tokens/token.ts';
import { isCommand, isCommandOf, isMark, nested, peek, type Reader, take } from './reader.ts';

const MARKS: Readonly<Record<string, Comparison>> = { '=': '=', '<': '<', '>': '>' };
const COMMANDS: Readonly<Record<string, Comparison>> = {
  le: '≤',
  ge: '≥',
  ne: '≠',
  in: '∈',
  approx: '≈',
  equiv: '≡',
  sim: '∼',
  cong: '≅',
  to: '→',
  mid: '∣',
  subset: '⊂',
  subseteq: '⊂',
  ll: '<',
  gg: '>',
  propto: '∝',
  nless: '≥',
  ngtr: '≤',
  nleq: '>',
  ngeq: '<',
  parallel: '∥',
  perp: '⊥',
};
/** Relations that say that another does not hold. */
const DENIED: Readonly<Record<string, Comparison>> = {
  nmid: '∣',
  nparallel: '∥',
  ncong: '≅',
  nsim: '∼',
  nsubseteq: '⊂',
};
const DENYING: ReadonlySet<string> = new Set(Object.keys(DENIED));
const SETS: Readonly<Record<string, '∪' | '∩' | '∖'>> = { cup: '∪', union: '∪', cap: '∩', setminus: '∖' };
const LOGIC: Readonly<Record<string, '∪' | '∩'>> = { vee: '∪', wedge: '∩' };

const OPPOSITES: Readonly<Partial<Record<Comparison, Comparison>>> = {
  '=': '≠',
  '∈': '∉',
  '<': '≥',
  '>': '≤',
  '≤': '>',
  '≥': '<',
};

/**
 * One item of an answer: sides joined by relations. What stands before an implication is how it was found, unless both
 * are propositions: `p \implies q`.
 */
export const readItem = (reader: Reader): Node => nested(reader, itemOf);

const FOLLOWS: ReadonlySet<string> = new Set(['implies', 'therefore']);
const QUANTIFIES: ReadonlySet<string> = new Set(['forall', 'exists']);
const IMPLIES: ReadonlySet<string> = new Set(['implies', 'iff', 'therefore']);

function itemOf(reader: Reader): Node {
  while (isCommandOf(reader, FOLLOWS)) reader.at += 1;
  if (isCommandOf(reader, QUANTIFIES)) return quantified(reader);
  let item = chain(reader);
  while (isCommandOf(reader, IMPLIES)) {
    const name = reader.tokens[reader.at]!.text;
    reader.at += 1;
    const next = chain(reader);
    item =
      isLogical(item) && isLogical(next) && name !== 'therefore' ? { kind: 'call', name, args: [item, next] } : next;
  }
  return item;
}

/** `\forall x \, P(x)` says more than P(x), `\forall x \in \mathbb{R}, f(x) = 2x` where an answer holds. */
function quantified(reader: Reader): Node {
  const name = take(reader).text;
  const alone = peek(reader, 1)?.kind !== 'command' && !['=', '<', '>'].includes(peek(reader, 1)?.text ?? '');
  const subject = alone ? reader.grammar.atom(reader) : chain(reader);
  if (isMark(reader, ',') || isMark(reader, ':')) reader.at += 1;
  const content = readItem(reader);
  return subject.kind === 'relation' && name === 'forall'
    ? { kind: 'qualified', content, condition: null }
    : { kind: 'apply', name, args: [subject, content] };
}

function chain(reader: Reader): Node {
  const operators: Comparison[] = [];
  const sides: Node[] = [takesRelation(reader) ? { kind: 'ellipsis' } : side(reader, true)];
  let denied = false;
  while (takesRelation(reader)) {
    const [operator, turned] = takeRelation(reader);
    denied ||= turned;
    operators.push(operator);
    sides.push(endsItem(reader) ? { kind: 'ellipsis' } : side(reader, operator === '→'));
  }
  if (operators.length === 0) return sides[0]!;
  const relation: Node = { kind: 'relation', operators, sides: operators.includes('≡') ? sides.map(asClass) : sides };
  if (denied && operators.length > 1) throw new ReadFailure('a chain of which a link is denied');
  return denied ? { kind: 'call', name: 'not', args: [relation] } : relation;
}

/** `a \equiv b \mod n` says what `a \equiv b \pmod n` says. */
const asClass = (side: Node): Node =>
  side.kind === 'call' && side.name === 'modulo' ? { ...side, name: 'congruent' } : side;

/** A relation may break off (`\sqrt{2} \approx`). */
const endsItem = (reader: Reader): boolean => peek(reader) === undefined || isMark(reader, '&');

function takesRelation(reader: Reader): boolean {
  if (isMark(reader, '&') && relationAt(reader, 1) !== null) reader.at += 1;
  return relationAt(reader, isCommand(reader, 'not') ? 1 : 0) !== null;
}

function relationAt(reader: Reader, ahead: number): Comparison | null {
  const token = peek(reader, ahead);
  if (token?.kind === 'mark') return MARKS[token.text] ?? null;
  if (token?.kind !== 'command') return null;
  return token.text === 'notin' ? '∉' : (COMMANDS[token.text] ?? DENIED[token.text] ?? null);
}

/** The relation, and whether it is denied and has no sign for that. */
function takeRelation(reader: Reader): readonly [Comparison, boolean] {
  const negated = isCommand(reader, 'not');
  if (negated) reader.at += 1;
  const relation = relationAt(reader, 0)!;
  const denied = isCommandOf(reader, DENYING);
  reader.at += 1;
  if (isMark(reader, '&')) reader.at += 1;
  const opposite = negated ? OPPOSITES[relation] : undefined;
  return opposite === undefined ? [relation, negated || denied] : [opposite, false];
}

/**
 * Sums joined by `\cup`, `\cap`, `\setminus`, or by `:` as a ratio, and propositions by `\lor`, `\land`, which
 * behind an equation part two answers.
 */
function side(reader: Reader, mayBeLogic: boolean): Node {
  let left = reader.grammar.sum(reader);
  for (;;) {
    const operator = operatorBehind(reader, left, mayBeLogic);
    if (operator === null) return isMark(reader, ':') ? ratio(reader, left) : left;
    reader.at += 1;
    const right = reader.grammar.sum(reader);
    left =
      left.kind === 'combination' && left.operator === operator
        ? { ...left, operands: [...left.operands, right] }
        : { kind: 'combination', operator, operands: [left, right] };
  }
}

function operatorBehind(reader: Reader, left: Node, mayBeLogic: boolean): '∪' | '∩' | '∖' | null {
  const token = peek(reader);
  if (token?.kind !== 'command') return null;
  return SETS[token.text] ?? (mayBeLogic && isLogical(left) ? LOGIC[token.text] : null) ?? null;
}

const LOGICAL: ReadonlySet<string> = new Set(['not', 'implies', 'iff']);

/** A letter for a proposition, or what operators of logic make of such. */
const isLogical = (node: Node): boolean =>
  node.kind === 'symbol' ||
  (node.kind === 'apply' && /^(?:[A-Z]|forall|exists)$/.test(node.name)) ||
  (node.kind === 'call' && LOGICAL.has(node.name)) ||
  (node.kind === 'relation' && node.operators.every((operator) => operator === '→') && node.sides.every(isLogical)) ||
  (node.kind === 'combination' && node.operands.every(isLogical));

function ratio(reader: Reader, first: Node): Node {
  const parts = [first];
  while (isMark(reader, ':')) {
    reader.at += 1;
    parts.push(reader.grammar.sum(reader));
  }
  return { kind: 'ratio', parts };
}
